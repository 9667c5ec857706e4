-- What is stored of the batch's keys: in a statement after the claim, so that its snapshot has what the claim has waited for. A row
-- without an outcome is this transaction's own claim. With it comes DBOS's migration number: statements that were made for another schema
-- would lose what it has more.
SELECT
{request_columns}
, r.response
, (SELECT max(m.version) FROM {dbos}.dbos_migrations AS m)::bigint AS migration --? dbos_migrations
, NULL::bigint AS migration --! dbos_migrations
, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms
, r.expires_at <= now() AS expired
FROM unnest(%(scopes)s::text[], %(request_keys)s::text[]) AS k (scope, request_key)
JOIN {control}.request AS r ON r.scope = k.scope AND r.request_key = k.request_key
