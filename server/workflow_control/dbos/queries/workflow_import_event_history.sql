-- Insert what the events of imported workflows were, step by step.
INSERT INTO {dbos}.workflow_events_history (
  workflow_uuid
, function_id
, key
, value
, serialization --? workflow_events_history.serialization
)
SELECT
  r.workflow_uuid
, r.function_id
, r.key
, r.value
, r.serialization --? workflow_events_history.serialization
FROM unnest(
  %(workflow_uuid)s::text[]
, %(function_id)s::int[]
, %(key)s::text[]
, %(value)s::text[]
, %(serialization)s::text[] --? workflow_events_history.serialization
) AS r (
  workflow_uuid
, function_id
, key
, value
, serialization --? workflow_events_history.serialization
)
