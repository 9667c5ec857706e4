-- One workflow, with its payloads.
SELECT
{workflow_columns}
, {payload_columns}
FROM {dbos}.workflow_status AS w
{payload_tables}
WHERE w.workflow_uuid = %(workflow_id)s
