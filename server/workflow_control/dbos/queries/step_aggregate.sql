-- A page of groups of steps of all workflows, by keys, and with no difference of times that no clock tells, as in workflow_aggregate.sql.
WITH groups AS (
    SELECT
      s.function_name AS name --? condition.by_name
      NULL::text AS name --! condition.by_name
    , s.error IS NOT NULL AS failed --? condition.by_failed
    , NULL::boolean AS failed --! condition.by_failed
    , greatest(s.completed_at_epoch_ms, -9000000000000000000) - mod(mod(s.completed_at_epoch_ms, %(bucket_ms)s::bigint) + %(bucket_ms)s::bigint, %(bucket_ms)s::bigint) AS bucket --? condition.by_bucket
    , NULL::bigint AS bucket --! condition.by_bucket
    , count(*) AS steps
    , max(s.completed_at_epoch_ms - s.started_at_epoch_ms) FILTER (WHERE s.completed_at_epoch_ms >= 0 AND s.started_at_epoch_ms >= 0) AS longest_duration
    FROM {dbos}.operation_outputs AS s
    WHERE TRUE
    AND s.completed_at_epoch_ms >= %(completed_start)s::bigint --? condition.completed_start
    AND s.completed_at_epoch_ms < %(completed_end)s::bigint --? condition.completed_end
    AND s.function_name = ANY (%(names)s::text[]) --? condition.names
    AND EXISTS (SELECT FROM unnest(%(workflow_id_prefixes)s::text[]) AS p (prefix) WHERE starts_with(s.workflow_uuid, p.prefix)) --? condition.workflow_id_prefixes
    AND s.application_name = ANY (%(application_names)s::text[]) --? condition.application_names
    AND s.error IS NOT NULL --? condition.failed
    AND s.error IS NULL --? condition.not_failed
    GROUP BY ()
    , s.function_name --? condition.by_name
    , s.error IS NOT NULL --? condition.by_failed
    , bucket --? condition.by_bucket
)
SELECT
  k.key
, g.steps
, g.longest_duration
FROM groups AS g
CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(v.key[o.position] ORDER BY o.ordinality), ARRAY[]::text[]) COLLATE "C" AS key
    FROM (VALUES (ARRAY[
      g.name
    , g.failed::text
    , lpad((g.bucket + 9223372036854775808)::text, 20, '0')
    ])) AS v (key)
    CROSS JOIN unnest(%(positions)s::int[]) WITH ORDINALITY AS o (position)
) AS k
WHERE k.key > %(after)s::text[] --? condition.after
ORDER BY k.key
LIMIT %(limit)s
