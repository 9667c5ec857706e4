-- As workflow_list.sql, with the payloads.
SELECT
{workflow_columns}
, {payload_columns}
FROM {dbos}.workflow_status AS w
{payload_tables}
WHERE {workflow_conditions}
ORDER BY w.created_at, w.workflow_uuid --! condition.descending
ORDER BY w.created_at DESC, w.workflow_uuid DESC --? condition.descending
LIMIT %(limit)s
