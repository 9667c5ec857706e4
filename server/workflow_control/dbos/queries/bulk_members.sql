-- A page of the workflows that a bulk operation's filter selects, the oldest first: where they are, and no more of them.
SELECT
  w.created_at
, w.workflow_uuid
FROM {dbos}.workflow_status AS w
WHERE {workflow_conditions}
AND w.created_at < %(created_before)s::bigint
ORDER BY w.created_at, w.workflow_uuid
LIMIT %(limit)s
