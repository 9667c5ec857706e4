-- What waits or runs, by queue and state, of the fullest queues; the rest counts as one. Each half reads the partial index that DBOS dequeues by,
-- or in older releases the one on states.
WITH loads AS (
    SELECT w.queue_name, w.status, count(*) AS workflows, min(w.created_at) AS oldest
    FROM {dbos}.workflow_status AS w
    WHERE w.status IN ('ENQUEUED', 'PENDING')
    GROUP BY w.queue_name, w.status
    UNION ALL
    SELECT w.queue_name, w.status, count(*), min(w.created_at)
    FROM {dbos}.workflow_status AS w
    WHERE w.status = 'DELAYED'
    GROUP BY w.queue_name, w.status
)
, queues AS (
    SELECT l.*, sum(l.workflows) OVER (PARTITION BY l.queue_name) AS depth
    FROM loads AS l
)
, places AS (
    SELECT q.*, dense_rank() OVER (ORDER BY q.depth DESC, q.queue_name) AS place
    FROM queues AS q
)
SELECT
  CASE WHEN p.place > %(limit)s THEN %(others)s::text ELSE coalesce(p.queue_name, %(no_queue)s::text) END AS queue_name
, p.status
, sum(p.workflows)::bigint
, min(p.oldest)
FROM places AS p
GROUP BY 1, 2
