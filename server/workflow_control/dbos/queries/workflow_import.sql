-- Insert workflows as they were exported (dbos 3.2.0 `_sys_db.py:import_workflow`). What only means something in the database that they are
-- from stays unset: they are owned and were created by nobody.
INSERT INTO {dbos}.workflow_status (
  workflow_uuid
, status
, name
, class_name
, config_name
, authenticated_user
, assumed_role
, authenticated_roles
, request
, inputs --! workflow_input
, output --! workflow_output
, error --! workflow_output
, serialization --? workflow_status.serialization
, executor_id
, created_at
, updated_at
, application_version
, application_id
, recovery_attempts
, queue_name
, workflow_timeout_ms
, workflow_deadline_epoch_ms
, started_at_epoch_ms
, deduplication_id
, priority
, queue_partition_key
, forked_from
, parent_workflow_id
, delay_until_epoch_ms --? workflow_status.delay_until_epoch_ms
, was_forked_from --? workflow_status.was_forked_from
, rate_limited --? workflow_status.rate_limited
, completed_at --? workflow_status.completed_at
, attributes --? workflow_status.attributes
, schedule_name --? workflow_status.schedule_name
, debounce_deadline_epoch_ms --? workflow_status.debounce_deadline_epoch_ms
, is_debounced --? workflow_status.is_debounced
, application_name --? workflow_status.application_name
)
SELECT
  r.workflow_uuid
, r.status
, r.name
, r.class_name
, r.config_name
, r.authenticated_user
, r.assumed_role
, r.authenticated_roles
, r.request
, r.inputs --! workflow_input
, r.output --! workflow_output
, r.error --! workflow_output
, r.serialization --? workflow_status.serialization
, r.executor_id
, r.created_at
, r.updated_at
, r.application_version
, r.application_id
, r.recovery_attempts
, r.queue_name
, r.workflow_timeout_ms
, r.workflow_deadline_epoch_ms
, r.started_at_epoch_ms
, r.deduplication_id
, r.priority
, r.queue_partition_key
, r.forked_from
, r.parent_workflow_id
, r.delay_until_epoch_ms --? workflow_status.delay_until_epoch_ms
, coalesce(r.was_forked_from, FALSE) --? workflow_status.was_forked_from
, coalesce(r.rate_limited, FALSE) --? workflow_status.rate_limited
, r.completed_at --? workflow_status.completed_at
, r.attributes::jsonb --? workflow_status.attributes
, r.schedule_name --? workflow_status.schedule_name
, r.debounce_deadline_epoch_ms --? workflow_status.debounce_deadline_epoch_ms
, coalesce(r.is_debounced, FALSE) --? workflow_status.is_debounced
, r.application_name --? workflow_status.application_name
FROM unnest(
  %(workflow_uuid)s::text[]
, %(status)s::text[]
, %(name)s::text[]
, %(class_name)s::text[]
, %(config_name)s::text[]
, %(authenticated_user)s::text[]
, %(assumed_role)s::text[]
, %(authenticated_roles)s::text[]
, %(request)s::text[]
, %(inputs)s::text[] --! workflow_input
, %(output)s::text[] --! workflow_output
, %(error)s::text[] --! workflow_output
, %(serialization)s::text[] --? workflow_status.serialization
, %(executor_id)s::text[]
, %(created_at)s::bigint[]
, %(updated_at)s::bigint[]
, %(application_version)s::text[]
, %(application_id)s::text[]
, %(recovery_attempts)s::bigint[]
, %(queue_name)s::text[]
, %(workflow_timeout_ms)s::bigint[]
, %(workflow_deadline_epoch_ms)s::bigint[]
, %(started_at_epoch_ms)s::bigint[]
, %(deduplication_id)s::text[]
, %(priority)s::int[]
, %(queue_partition_key)s::text[]
, %(forked_from)s::text[]
, %(parent_workflow_id)s::text[]
, %(delay_until_epoch_ms)s::bigint[] --? workflow_status.delay_until_epoch_ms
, %(was_forked_from)s::bool[] --? workflow_status.was_forked_from
, %(rate_limited)s::bool[] --? workflow_status.rate_limited
, %(completed_at)s::bigint[] --? workflow_status.completed_at
, %(attributes)s::text[] --? workflow_status.attributes
, %(schedule_name)s::text[] --? workflow_status.schedule_name
, %(debounce_deadline_epoch_ms)s::bigint[] --? workflow_status.debounce_deadline_epoch_ms
, %(is_debounced)s::bool[] --? workflow_status.is_debounced
, %(application_name)s::text[] --? workflow_status.application_name
) AS r (
  workflow_uuid
, status
, name
, class_name
, config_name
, authenticated_user
, assumed_role
, authenticated_roles
, request
, inputs --! workflow_input
, output --! workflow_output
, error --! workflow_output
, serialization --? workflow_status.serialization
, executor_id
, created_at
, updated_at
, application_version
, application_id
, recovery_attempts
, queue_name
, workflow_timeout_ms
, workflow_deadline_epoch_ms
, started_at_epoch_ms
, deduplication_id
, priority
, queue_partition_key
, forked_from
, parent_workflow_id
, delay_until_epoch_ms --? workflow_status.delay_until_epoch_ms
, was_forked_from --? workflow_status.was_forked_from
, rate_limited --? workflow_status.rate_limited
, completed_at --? workflow_status.completed_at
, attributes --? workflow_status.attributes
, schedule_name --? workflow_status.schedule_name
, debounce_deadline_epoch_ms --? workflow_status.debounce_deadline_epoch_ms
, is_debounced --? workflow_status.is_debounced
, application_name --? workflow_status.application_name
)
