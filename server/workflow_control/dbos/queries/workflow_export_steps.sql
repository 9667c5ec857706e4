-- The steps of workflows: the workflow, then the columns of domain.exports.ExportedOperationOutput.
SELECT
  s.workflow_uuid
, s.function_id
, s.function_name
, s.output
, s.error
, s.serialization --? operation_outputs.serialization
, NULL::text AS serialization --! operation_outputs.serialization
, s.child_workflow_id
, s.started_at_epoch_ms
, s.completed_at_epoch_ms
, s.application_name --? operation_outputs.application_name
, NULL::text AS application_name --! operation_outputs.application_name
FROM {dbos}.operation_outputs AS s
WHERE s.workflow_uuid = ANY (%(workflow_ids)s::text[])
ORDER BY s.workflow_uuid, s.function_id
