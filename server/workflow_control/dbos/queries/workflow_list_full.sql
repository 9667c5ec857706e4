-- As workflow_list.sql, with the payloads.
SELECT
{workflow_columns}
, {payload_columns}
FROM {dbos}.workflow_status AS w
{payload_tables}
WHERE {conditions}
ORDER BY w.created_at {direction}, w.workflow_uuid {direction}
LIMIT %(limit)s
