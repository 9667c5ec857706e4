-- Copy what was written to streams below the start step. `offset` is a reserved word: unquoted, this is a syntax error.
INSERT INTO {dbos}.streams (
  workflow_uuid
, key
, value
, "offset"
, function_id
, serialization --? streams.serialization
)
SELECT
  f.workflow_id
, h.key
, h.value
, h."offset"
, h.function_id
, h.serialization --? streams.serialization
FROM unnest(%(workflow_ids)s::text[], %(source_ids)s::text[], %(start_steps)s::int[]) AS f (workflow_id, source_id, start_step)
JOIN {dbos}.streams AS h ON h.workflow_uuid = f.source_id
WHERE {written_before}
