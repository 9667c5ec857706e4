-- Which queues are registered as partitioned (dbos 2.20 and later): workers take nothing without a partition key from them.
SELECT q.name
FROM {dbos}.queues AS q
WHERE q.name = ANY (%(queue_names)s::text[])
AND q.partition_queue
