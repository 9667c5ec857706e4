-- Whether there is a workflow.
SELECT TRUE
FROM {dbos}.workflow_status AS w
WHERE w.workflow_uuid = %(workflow_id)s
