-- The workflows that a watched filter selects, the newest first, and the version of each row.
SELECT w.workflow_uuid, w.xmin::text AS version
FROM {dbos}.workflow_status AS w
WHERE {workflow_conditions}
ORDER BY w.created_at DESC, w.workflow_uuid DESC
LIMIT %(limit)s
