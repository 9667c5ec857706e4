-- Insert the streams of imported workflows. `offset` is a reserved word: unquoted, this is a syntax error.
INSERT INTO {dbos}.streams (
  workflow_uuid
, key
, "offset"
, value
, serialization --? streams.serialization
, function_id
)
SELECT
  r.workflow_uuid
, r.key
, r."offset"
, r.value
, r.serialization --? streams.serialization
, r.function_id
FROM unnest(
  %(workflow_uuid)s::text[]
, %(key)s::text[]
, %(offsets)s::int[]
, %(value)s::text[]
, %(serialization)s::text[] --? streams.serialization
, %(function_id)s::int[]
) AS r (
  workflow_uuid
, key
, "offset"
, value
, serialization --? streams.serialization
, function_id
)
