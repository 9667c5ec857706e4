-- How many workflows are in a queue. The states are literals and apart, since DBOS's indexes on them are partial.
SELECT
{queue_depth_columns}
FROM {dbos}.workflow_status AS w
WHERE w.queue_name = %(queue_name)s::text
AND (w.status IN ('ENQUEUED', 'PENDING') OR w.status = 'DELAYED')
