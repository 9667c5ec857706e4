-- Lock workflows that ended before a time, the oldest first, to delete them (dbos 2.11.0 and 3.2.0 `_sys_db.py:garbage_collect`). No more than
-- some rows are looked at, some workflows taken, and some rows of theirs; the first is taken however many it has. What another transaction
-- holds is passed over: a worker's messages to it hold it, too.
WITH seen AS MATERIALIZED (
    SELECT
      w.workflow_uuid
    , w.created_at AS at --! condition.by_completion
    , w.completed_at AS at --? condition.by_completion
    , w.status IN ('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')
      AND w.completed_at IS NULL AND w.updated_at < %(cutoff)s::bigint --? condition.undated
      AS is_garbage
    FROM {dbos}.workflow_status AS w
    WHERE w.created_at < %(cutoff)s::bigint --! condition.by_completion
    AND (w.created_at, w.workflow_uuid) > (%(after)s::bigint, %(after_id)s::text) --! condition.by_completion
    ORDER BY w.created_at, w.workflow_uuid --! condition.by_completion
    WHERE w.completed_at < %(cutoff)s::bigint --? condition.by_completion
    AND (w.completed_at, w.workflow_uuid) > (%(after)s::bigint, %(after_id)s::text) --? condition.by_completion
    ORDER BY w.completed_at, w.workflow_uuid --? condition.by_completion
    LIMIT %(looked_at)s::int
)
, numbered AS (
    SELECT
      s.workflow_uuid
    , s.at
    , s.is_garbage
    , row_number() OVER place AS number
    , count(*) FILTER (WHERE s.is_garbage) OVER place AS taken
    FROM seen AS s
    WINDOW place AS (ORDER BY s.at, s.workflow_uuid ROWS UNBOUNDED PRECEDING)
)
, weighed AS (
    SELECT
      n.workflow_uuid
    , n.at
    , n.number
    , n.is_garbage
    , CASE WHEN n.is_garbage THEN
        (SELECT count(*) FROM (SELECT FROM {dbos}.operation_outputs AS o WHERE o.workflow_uuid = n.workflow_uuid LIMIT %(rows)s::int) AS o)
      + (SELECT count(*) FROM (SELECT FROM {dbos}.workflow_events_history AS h WHERE h.workflow_uuid = n.workflow_uuid LIMIT %(rows)s::int) AS h)
      + (SELECT count(*) FROM (SELECT FROM {dbos}.streams AS t WHERE t.workflow_uuid = n.workflow_uuid LIMIT %(rows)s::int) AS t)
      + (SELECT count(*) FROM (SELECT FROM {dbos}.notifications AS m WHERE m.destination_uuid = n.workflow_uuid LIMIT %(rows)s::int) AS m)
      ELSE 0 END AS rows
    FROM numbered AS n
    WHERE n.taken <= %(workflows)s::int
)
, summed AS (
    SELECT
      g.workflow_uuid
    , g.at
    , g.number
    , g.is_garbage
    , g.rows
    , sum(g.rows) OVER (ORDER BY g.number ROWS UNBOUNDED PRECEDING) - g.rows AS rows_before
    FROM weighed AS g
)
, chosen AS MATERIALIZED (
    SELECT
      u.workflow_uuid
    , u.at
    , u.number
    , u.is_garbage
    , u.rows
    FROM summed AS u
    WHERE u.rows_before < %(rows)s::int
)
, locked AS MATERIALIZED (
    SELECT
      w.workflow_uuid
    , w.created_at AS at --! condition.by_completion
    , w.completed_at AS at --? condition.by_completion
    FROM {dbos}.workflow_status AS w
    WHERE w.workflow_uuid = ANY (ARRAY(SELECT c.workflow_uuid FROM chosen AS c WHERE c.is_garbage))
    AND w.status IN ('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')
    AND w.completed_at < %(cutoff)s::bigint --? condition.by_completion
    AND w.completed_at IS NULL AND w.updated_at < %(cutoff)s::bigint --? condition.undated
    FOR UPDATE OF w SKIP LOCKED
)
SELECT
  coalesce((SELECT array_agg(l.workflow_uuid ORDER BY l.at, l.workflow_uuid) FROM locked AS l), ARRAY[]::text[])
, (SELECT count(*)::int FROM chosen AS c WHERE c.is_garbage)
, (SELECT coalesce(sum(c.rows), 0)::int FROM chosen AS c)
, (SELECT count(*)::int FROM seen)
, (SELECT count(*)::int FROM chosen)
, (SELECT c.at FROM chosen AS c ORDER BY c.number DESC LIMIT 1)
, (SELECT c.workflow_uuid FROM chosen AS c ORDER BY c.number DESC LIMIT 1)
