-- As workflow_fork_orphan_steps.sql, for the outcome.
DELETE FROM {dbos}.workflow_output AS o
WHERE o.workflow_uuid = ANY (%(workflow_ids)s::text[])
