-- Of some workflows, those whose row is another version than the one that is known. A row's version is the transaction that wrote it: every
-- write gives it another, of whatever column, and whatever clock its writer has.
SELECT
  k.workflow_id AS known_id
, coalesce(w.xmin::text, 'gone') AS version
, {workflow_columns}
FROM unnest(%(workflow_ids)s::text[], %(versions)s::text[]) AS k (workflow_id, version)
LEFT JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = k.workflow_id
WHERE coalesce(w.xmin::text, 'gone') <> k.version
