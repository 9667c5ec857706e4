-- Forget the outcomes (dbos 3.0 and later).
DELETE FROM {dbos}.workflow_output AS o
WHERE o.workflow_uuid = ANY (%(workflow_ids)s::text[])
