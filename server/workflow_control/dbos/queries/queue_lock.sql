-- Lock the registration of a queue; it exists from dbos 2.20 on.
SELECT
{queue_columns}
FROM {dbos}.queues AS q
WHERE q.name = %(queue_name)s::text
FOR UPDATE OF q
