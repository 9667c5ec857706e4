-- Which ids are taken.
SELECT w.workflow_uuid
FROM {dbos}.workflow_status AS w
WHERE w.workflow_uuid = ANY (%(workflow_ids)s::text[])
