-- As queue_list, for a schema in which no queue can be registered (before dbos 2.20).
SELECT
  w.queue_name,
{queue_depth_columns}
FROM {dbos}.workflow_status AS w
WHERE w.queue_name IS NOT NULL
AND (w.status IN ('ENQUEUED', 'PENDING') OR w.status = 'DELAYED')
AND w.queue_name COLLATE "C" > %(after)s::text COLLATE "C" --? condition.after
GROUP BY w.queue_name
ORDER BY w.queue_name COLLATE "C"
LIMIT %(limit)s::int
