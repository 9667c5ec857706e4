-- As workflow_steps.sql, with what they returned or raised.
SELECT
  s.function_id
, s.function_name
, s.child_workflow_id
, s.started_at_epoch_ms
, s.completed_at_epoch_ms
, s.error IS NOT NULL
, s.serialization --? operation_outputs.serialization
, NULL::text AS serialization --! operation_outputs.serialization
, s.output
, s.error
FROM {dbos}.operation_outputs AS s
WHERE s.workflow_uuid = %(workflow_id)s
AND s.function_id > %(after)s::int
ORDER BY s.function_id
LIMIT %(limit)s
