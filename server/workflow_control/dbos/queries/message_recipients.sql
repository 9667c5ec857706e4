-- Lock the destinations of messages and, where asked for, all that were forked from them, to every depth; return each with the destination
-- through which it was reached. In the order of their ids, so that two transactions cannot deadlock.
WITH RECURSIVE reached (destination_id, workflow_id, with_forks) AS (
    SELECT
      w.workflow_uuid
    , w.workflow_uuid
    , d.with_forks
    FROM unnest(%(destination_ids)s::text[], %(with_forks)s::bool[]) AS d (destination_id, with_forks)
    JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = d.destination_id
    UNION
    SELECT
      r.destination_id
    , f.workflow_uuid
    , r.with_forks
    FROM reached AS r
    JOIN {dbos}.workflow_status AS f ON f.forked_from = r.workflow_id
    WHERE r.with_forks
)
SELECT
  r.destination_id
, w.workflow_uuid
FROM reached AS r
JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = r.workflow_id
ORDER BY w.workflow_uuid
LIMIT %(limit)s
FOR NO KEY UPDATE OF w
