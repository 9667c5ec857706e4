-- The next entries of a stream, in the order of domain.communication.StreamEntry: the first, and those after it that fit. The sizes are
-- known without reading the values. `offset` is a reserved word: unquoted, this is a syntax error.
SELECT
  s."offset"
, s.function_id
, s.serialization
, s.size
, CASE WHEN s.size <= %(max_value_bytes)s::bigint THEN s.value END AS value
FROM (
    SELECT
      t."offset"
    , t.function_id
    , t.serialization --? streams.serialization
    , NULL::text AS serialization --! streams.serialization
    , t.value
    , octet_length(t.value) AS size
    , sum(octet_length(t.value)) OVER (ORDER BY t."offset" ROWS UNBOUNDED PRECEDING) AS total
    FROM {dbos}.streams AS t
    WHERE t.workflow_uuid = %(workflow_id)s
    AND t.key = %(key)s
    AND t."offset" >= %(from_offset)s
    ORDER BY t."offset"
    LIMIT %(limit)s
) AS s
WHERE s.total <= %(max_bytes)s::bigint OR s.total = s.size
ORDER BY s."offset"
