-- What is stored of those of the batch's keys that were taken: in a statement after the claim, so that its snapshot has what the claim has
-- waited for. A row without an outcome is this transaction's own claim, and known already. At least one row comes, for the two values of
-- the whole batch: the time, and DBOS's migration number, since statements that were made for another schema would lose what it has more.
SELECT
{request_columns}
, r.response
, (SELECT max(m.version) FROM {dbos}.dbos_migrations AS m)::bigint AS migration --? dbos_migrations
, NULL::bigint AS migration --! dbos_migrations
, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms
, r.expires_at <= now() AS expired
FROM (VALUES (1)) AS batch (number)
LEFT JOIN (
    SELECT
      t.*
    FROM unnest(%(scopes)s::text[], %(request_keys)s::text[]) AS k (scope, request_key)
    JOIN {control}.request AS t ON t.scope = k.scope AND t.request_key = k.request_key
    WHERE t.outcome_code IS NOT NULL
) AS r ON TRUE
