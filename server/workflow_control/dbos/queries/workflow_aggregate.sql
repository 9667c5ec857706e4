-- A page of groups of workflows. A group's key is an array in the order that the caller groups by: arrays compare element by element, and
-- NULL, for workflows without the value, comes last. A time bucket is written as text whose order is that of the numbers.
-- Of times that no clock tells, which an import may bring, the difference may be more than a bigint holds.
WITH groups AS (
    SELECT
      w.status AS state --? condition.by_state
      NULL::text AS state --! condition.by_state
    , w.name --? condition.by_name
    , NULL::text AS name --! condition.by_name
    , w.queue_name --? condition.by_queue
    , NULL::text AS queue_name --! condition.by_queue
    , w.application_version --? condition.by_version
    , NULL::text AS application_version --! condition.by_version
    , w.executor_id --? condition.by_executor
    , NULL::text AS executor_id --! condition.by_executor
    , w.application_name --? condition.by_application
    , NULL::text AS application_name --! condition.by_application
    , greatest(w.created_at, -9000000000000000000) - mod(mod(w.created_at, %(bucket_ms)s::bigint) + %(bucket_ms)s::bigint, %(bucket_ms)s::bigint) AS bucket --? condition.by_bucket
    , NULL::bigint AS bucket --! condition.by_bucket
    , count(*) AS workflows
    , min(w.created_at) AS oldest
    , max(w.started_at_epoch_ms - w.created_at) FILTER (WHERE w.started_at_epoch_ms >= 0 AND w.created_at >= 0) AS longest_queue_wait
    , max(w.completed_at - w.created_at) FILTER (WHERE w.completed_at >= 0 AND w.created_at >= 0) AS longest_latency --? workflow_status.completed_at
    , NULL::bigint AS longest_latency --! workflow_status.completed_at
    FROM {dbos}.workflow_status AS w
    WHERE {workflow_conditions}
    GROUP BY ()
    , w.status --? condition.by_state
    , w.name --? condition.by_name
    , w.queue_name --? condition.by_queue
    , w.application_version --? condition.by_version
    , w.executor_id --? condition.by_executor
    , w.application_name --? condition.by_application
    , bucket --? condition.by_bucket
)
SELECT
  k.key
, g.workflows
, g.oldest
, g.longest_queue_wait
, g.longest_latency
FROM groups AS g
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(v.key[o.position] ORDER BY o.ordinality), ARRAY[]::text[]) COLLATE "C" AS key
    FROM (VALUES (ARRAY[
      g.state
    , g.name
    , g.queue_name
    , g.application_version
    , g.executor_id
    , g.application_name
    , lpad((g.bucket + 9223372036854775808)::text, 20, '0')
    ])) AS v (key)
    CROSS JOIN unnest(%(positions)s::int[]) WITH ORDINALITY AS o (position)
) AS k
WHERE k.key > %(after)s::text[] --? condition.after
ORDER BY k.key
LIMIT %(limit)s
