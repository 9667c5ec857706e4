-- A page of workflows, without their payloads.
SELECT
{workflow_columns}
FROM {dbos}.workflow_status AS w
WHERE {workflow_conditions}
ORDER BY w.created_at, w.workflow_uuid --! condition.descending
ORDER BY w.created_at DESC, w.workflow_uuid DESC --? condition.descending
LIMIT %(limit)s
