-- A page of queues, by name: the registered ones, and the others that workflows are in. The states are literals and apart, since DBOS's
-- indexes on them are partial.
WITH depth AS MATERIALIZED (
    SELECT
      w.queue_name,
{queue_depth_columns}
    FROM {dbos}.workflow_status AS w
    WHERE w.queue_name IS NOT NULL
    AND (w.status IN ('ENQUEUED', 'PENDING') OR w.status = 'DELAYED')
    GROUP BY w.queue_name
)
SELECT
  coalesce(q.name, d.queue_name) AS queue_name
, d.enqueued
, d.pending
, d.delayed
, d.oldest_wait_ms
,
{queue_columns}
FROM {dbos}.queues AS q
FULL JOIN depth AS d ON d.queue_name = q.name
WHERE TRUE
AND (q.application_name = ANY (%(application_names)s::text[]) OR q.application_name IS NULL) --? condition.application_names
AND coalesce(q.name, d.queue_name) COLLATE "C" > %(after)s::text COLLATE "C" --? condition.after
ORDER BY coalesce(q.name, d.queue_name) COLLATE "C"
LIMIT %(limit)s::int
