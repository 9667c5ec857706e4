-- Insert the recorded steps of imported workflows. They are kept as long as if they were recorded now, like everything with a retention.
INSERT INTO {dbos}.operation_outputs (
  workflow_uuid
, function_id
, function_name
, output
, error
, serialization --? operation_outputs.serialization
, child_workflow_id
, started_at_epoch_ms
, completed_at_epoch_ms
, application_name --? operation_outputs.application_name
, retention_timestamp --? operation_outputs.retention_timestamp
)
SELECT
  r.workflow_uuid
, r.function_id
, r.function_name
, r.output
, r.error
, r.serialization --? operation_outputs.serialization
, r.child_workflow_id
, r.started_at_epoch_ms
, r.completed_at_epoch_ms
, r.application_name --? operation_outputs.application_name
, %(now_ms)s::bigint --? operation_outputs.retention_timestamp
FROM unnest(
  %(workflow_uuid)s::text[]
, %(function_id)s::int[]
, %(function_name)s::text[]
, %(output)s::text[]
, %(error)s::text[]
, %(serialization)s::text[] --? operation_outputs.serialization
, %(child_workflow_id)s::text[]
, %(started_at_epoch_ms)s::bigint[]
, %(completed_at_epoch_ms)s::bigint[]
, %(application_name)s::text[] --? operation_outputs.application_name
) AS r (
  workflow_uuid
, function_id
, function_name
, output
, error
, serialization --? operation_outputs.serialization
, child_workflow_id
, started_at_epoch_ms
, completed_at_epoch_ms
, application_name --? operation_outputs.application_name
)
