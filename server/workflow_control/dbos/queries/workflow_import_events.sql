-- Insert the latest events of imported workflows.
INSERT INTO {dbos}.workflow_events (
  workflow_uuid
, key
, value
, serialization --? workflow_events.serialization
)
SELECT
  r.workflow_uuid
, r.key
, r.value
, r.serialization --? workflow_events.serialization
FROM unnest(
  %(workflow_uuid)s::text[]
, %(key)s::text[]
, %(value)s::text[]
, %(serialization)s::text[] --? workflow_events.serialization
) AS r (
  workflow_uuid
, key
, value
, serialization --? workflow_events.serialization
)
