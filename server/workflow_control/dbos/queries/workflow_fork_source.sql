-- Remember that the sources have forks (dbos 2.16 and later). updated_at stays, as in DBOS.
UPDATE {dbos}.workflow_status AS w
SET was_forked_from = TRUE
WHERE w.workflow_uuid = ANY (%(source_ids)s::text[])
AND NOT w.was_forked_from
