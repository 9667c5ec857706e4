-- What became of awaited events, as dbos.communication_polls reads it: of those that are set, as many as fit and at least one; of those whose
-- workflow is gone or complete; and of those of which the caller knows nothing. The sizes are known without reading the values.
SELECT
  r.place
, r.workflow_exists
, r.is_complete
, r.key
, r.serialization
, r.size
, CASE WHEN r.size <= %(max_value_bytes)s::bigint THEN r.value END AS value
FROM (
    SELECT
      a.place
    , w.workflow_uuid IS NOT NULL AS workflow_exists
    , w.status = ANY (%(complete)s::text[]) AS is_complete
    , e.key
    , e.serialization --? workflow_events.serialization
    , NULL::text AS serialization --! workflow_events.serialization
    , e.value
    , octet_length(e.value) AS size
    , sum(octet_length(e.value)) OVER (ORDER BY a.place ROWS UNBOUNDED PRECEDING) AS total
    FROM unnest(%(workflow_ids)s::text[], %(keys)s::text[], %(is_new)s::boolean[])
        WITH ORDINALITY AS a (workflow_id, key, is_new, place)
    LEFT JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = a.workflow_id
    LEFT JOIN {dbos}.workflow_events AS e ON e.workflow_uuid = a.workflow_id AND e.key = a.key
    WHERE e.key IS NOT NULL
    OR w.workflow_uuid IS NULL
    OR w.status = ANY (%(complete)s::text[])
    OR a.is_new
) AS r
WHERE r.size IS NULL OR r.total <= %(max_bytes)s::bigint OR r.total = r.size
ORDER BY r.place
