-- Lock the destinations of messages and, where asked for, all that were forked from them, to every depth, in the order of their ids; return
-- each with the destination through which it was reached. The limit comes first, or Postgres goes through all workflows in that order.
WITH RECURSIVE reached (destination_id, workflow_id, with_forks) AS (
    SELECT
      d.destination_id
    , d.destination_id
    , d.with_forks
    FROM unnest(%(destination_ids)s::text[], %(with_forks)s::bool[]) AS d (destination_id, with_forks)
    UNION
    SELECT
      r.destination_id
    , f.workflow_uuid
    , r.with_forks
    FROM reached AS r
    JOIN {dbos}.workflow_status AS f ON f.forked_from = r.workflow_id
    WHERE r.with_forks
)
, recipient AS MATERIALIZED (
    SELECT
      r.destination_id
    , r.workflow_id
    FROM reached AS r
    LIMIT %(limit)s
)
SELECT
  r.destination_id
, w.workflow_uuid
FROM recipient AS r
JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = r.workflow_id
ORDER BY w.workflow_uuid
FOR NO KEY UPDATE OF w
