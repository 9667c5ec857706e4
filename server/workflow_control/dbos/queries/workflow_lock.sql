-- Lock the workflows of the keys that this transaction has claimed, in the order of their ids so that two batches cannot deadlock.
-- A claimed key's row has no outcome yet, and only its own transaction sees such a row.
SELECT
{workflow_columns}
FROM {dbos}.workflow_status AS w
WHERE w.workflow_uuid IN (
    SELECT r.workflow_id
    FROM unnest(%(scopes)s::text[], %(request_keys)s::text[]) AS k (scope, request_key)
    JOIN {control}.request AS r ON r.scope = k.scope AND r.request_key = k.request_key
    WHERE r.outcome_code IS NULL
)
ORDER BY w.workflow_uuid
FOR NO KEY UPDATE OF w
