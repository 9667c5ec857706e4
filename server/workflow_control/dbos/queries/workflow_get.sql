-- One workflow, without its payloads.
SELECT
{workflow_columns}
FROM {dbos}.workflow_status AS w
WHERE w.workflow_uuid = %(workflow_id)s
