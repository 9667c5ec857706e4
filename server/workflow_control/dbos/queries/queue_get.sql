-- The registration of a queue.
SELECT
{queue_columns}
FROM {dbos}.queues AS q
WHERE q.name = %(queue_name)s::text
