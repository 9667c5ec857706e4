-- The rows of workflows, in the order of domain.exports.ExportedStatus. Attributes as text, since a reader might round their numbers.
SELECT
  w.workflow_uuid
, w.status
, w.name
, w.class_name
, w.config_name
, w.authenticated_user
, w.assumed_role
, w.authenticated_roles
, w.request
, coalesce(i.inputs, w.inputs) AS inputs --? workflow_input
, w.inputs --! workflow_input
, coalesce(o.output, w.output) AS output --? workflow_output
, w.output --! workflow_output
, coalesce(o.error, w.error) AS error --? workflow_output
, w.error --! workflow_output
, w.serialization --? workflow_status.serialization
, NULL::text AS serialization --! workflow_status.serialization
, w.executor_id
, w.created_at
, w.updated_at
, w.application_version
, w.application_id
, w.recovery_attempts
, w.queue_name
, w.workflow_timeout_ms
, w.workflow_deadline_epoch_ms
, w.started_at_epoch_ms
, w.deduplication_id
, w.priority
, w.queue_partition_key
, w.forked_from
, w.parent_workflow_id
, w.delay_until_epoch_ms --? workflow_status.delay_until_epoch_ms
, NULL::bigint AS delay_until_epoch_ms --! workflow_status.delay_until_epoch_ms
, w.was_forked_from --? workflow_status.was_forked_from
, NULL::boolean AS was_forked_from --! workflow_status.was_forked_from
, w.rate_limited --? workflow_status.rate_limited
, NULL::boolean AS rate_limited --! workflow_status.rate_limited
, w.completed_at --? workflow_status.completed_at
, NULL::bigint AS completed_at --! workflow_status.completed_at
, w.attributes::text --? workflow_status.attributes
, NULL::text AS attributes --! workflow_status.attributes
, w.schedule_name --? workflow_status.schedule_name
, NULL::text AS schedule_name --! workflow_status.schedule_name
, w.debounce_deadline_epoch_ms --? workflow_status.debounce_deadline_epoch_ms
, NULL::bigint AS debounce_deadline_epoch_ms --! workflow_status.debounce_deadline_epoch_ms
, w.is_debounced --? workflow_status.is_debounced
, NULL::boolean AS is_debounced --! workflow_status.is_debounced
, w.application_name --? workflow_status.application_name
, NULL::text AS application_name --! workflow_status.application_name
FROM {dbos}.workflow_status AS w
{payload_tables}
WHERE w.workflow_uuid = ANY (%(workflow_ids)s::text[])
