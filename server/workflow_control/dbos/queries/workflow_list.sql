-- A page of workflows, without their payloads; {conditions}, {direction} and {after} come from workflow_filter.py.
SELECT
{workflow_columns}
FROM {dbos}.workflow_status AS w
WHERE {conditions}
ORDER BY w.created_at {direction}, w.workflow_uuid {direction}
LIMIT %(limit)s
