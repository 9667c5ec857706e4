-- The columns of domain.records.WorkflowRow, in its order; `w` is workflow_status.
  w.workflow_uuid
, w.status
, w.name
, w.class_name
, w.config_name
, w.queue_name
, w.queue_partition_key
, w.priority
, w.deduplication_id
, w.authenticated_user
, w.assumed_role
, w.authenticated_roles
, w.application_id
, w.application_version
, w.application_name --? workflow_status.application_name
, NULL::text AS application_name --! workflow_status.application_name
, w.executor_id
, w.recovery_attempts
, w.parent_workflow_id
, w.forked_from
, w.was_forked_from --? workflow_status.was_forked_from
, NULL::boolean AS was_forked_from --! workflow_status.was_forked_from
, w.schedule_name --? workflow_status.schedule_name
, NULL::text AS schedule_name --! workflow_status.schedule_name
, w.attributes --? workflow_status.attributes
, NULL::jsonb AS attributes --! workflow_status.attributes
, w.created_at
, w.updated_at
, w.started_at_epoch_ms
, w.completed_at --? workflow_status.completed_at
, NULL::bigint AS completed_at --! workflow_status.completed_at
, w.delay_until_epoch_ms --? workflow_status.delay_until_epoch_ms
, NULL::bigint AS delay_until_epoch_ms --! workflow_status.delay_until_epoch_ms
, w.workflow_timeout_ms
, w.workflow_deadline_epoch_ms
