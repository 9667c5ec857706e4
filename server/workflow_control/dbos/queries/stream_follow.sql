-- What there is to tell to those who follow streams, as dbos.communication_polls reads it: the next entries of those that have any, as many as
-- fit and at least one; the workflows that are gone or terminal; and the streams of which the caller knows nothing. All as of one instant.
WITH told AS MATERIALIZED (
    SELECT
      f.place
    , f.workflow_id
    , f.key
    , f.from_offset
    , w.workflow_uuid IS NOT NULL AS workflow_exists
    , w.status = ANY (%(terminal)s::text[]) AS is_terminal
    , s."offset" IS NOT NULL AS is_written
    FROM unnest(%(workflow_ids)s::text[], %(keys)s::text[], %(from_offsets)s::integer[], %(is_new)s::boolean[])
        WITH ORDINALITY AS f (workflow_id, key, from_offset, is_new, place)
    LEFT JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = f.workflow_id
    LEFT JOIN {dbos}.streams AS s ON s.workflow_uuid = f.workflow_id AND s.key = f.key AND s."offset" = f.from_offset
    WHERE s."offset" IS NOT NULL
    OR w.workflow_uuid IS NULL
    OR w.status = ANY (%(terminal)s::text[])
    OR f.is_new
)
SELECT
  r.place
, r.workflow_exists
, r.is_terminal
, EXISTS (
    SELECT
    FROM {dbos}.streams AS n
    WHERE n.workflow_uuid = r.workflow_id AND n.key = r.key AND n."offset" = r."offset"::bigint + 1
  ) AS goes_on
, r."offset"
, r.function_id
, r.serialization
, r.size
, CASE WHEN r.size <= %(max_value_bytes)s::bigint THEN r.value END AS value
FROM (
    SELECT
      told.place
    , told.workflow_id
    , told.key
    , told.workflow_exists
    , told.is_terminal
    , e."offset"
    , e.function_id
    , e.serialization
    , e.value
    , e.size
    , sum(e.size) OVER (ORDER BY told.place, e."offset" ROWS UNBOUNDED PRECEDING) AS total
    FROM told
    LEFT JOIN LATERAL (
        SELECT
          o."offset"
        , o.function_id
        , o.serialization
        , o.value
        , o.size
        FROM (
            SELECT
              t."offset"
            , t.function_id
            , t.serialization --? streams.serialization
            , NULL::text AS serialization --! streams.serialization
            , t.value
            , octet_length(t.value) AS size
            , sum(octet_length(t.value)) OVER (ORDER BY t."offset" ROWS UNBOUNDED PRECEDING) AS so_far
            FROM {dbos}.streams AS t
            WHERE told.is_written
            AND t.workflow_uuid = told.workflow_id
            AND t.key = told.key
            AND t."offset" >= told.from_offset
            ORDER BY t."offset"
            LIMIT (SELECT greatest(1, %(limit)s::bigint / nullif(count(*), 0)) FROM told AS sharing WHERE sharing.is_written)
        ) AS o
        WHERE o.so_far <= %(max_bytes_each)s::bigint OR o.so_far = o.size
    ) AS e ON TRUE
) AS r
WHERE r.size IS NULL OR r.total <= %(max_bytes)s::bigint OR r.total = r.size
ORDER BY r.place, r."offset"
