-- Insert new workflows as DBOS's own clients do (dbos 2.11.0 `_client.py`, dbos 3.4.0 `_sys_db.py:_insert_workflow_status`). An id, or a
-- deduplication id, that was taken since it was looked for is a unique violation.
INSERT INTO {dbos}.workflow_status (
  workflow_uuid
, status
, name
, class_name
, config_name
, queue_name
, queue_partition_key
, priority
, deduplication_id
, authenticated_user
, assumed_role
, authenticated_roles
, application_version
, recovery_attempts
, created_at
, updated_at
, workflow_timeout_ms
, workflow_deadline_epoch_ms
, inputs --! workflow_input
, serialization --? workflow_status.serialization
, delay_until_epoch_ms --? workflow_status.delay_until_epoch_ms
, attributes --? workflow_status.attributes
, is_debounced --? workflow_status.is_debounced
, debounce_deadline_epoch_ms --? workflow_status.is_debounced
, schedule_name --? workflow_status.schedule_name
, application_name --? workflow_status.application_name
, creator_xid --? workflow_status.creator_xid
)
SELECT
  n.workflow_id
, n.status
, n.name
, n.class_name
, n.config_name
, n.queue_name
, n.queue_partition_key
, n.priority
, n.deduplication_id
, n.authenticated_user
, n.assumed_role
, n.authenticated_roles
, n.application_version
, 0
, n.created_at
, n.created_at
, n.timeout_ms
, n.deadline
, n.inputs --! workflow_input
, n.serialization --? workflow_status.serialization
, n.delay_until --? workflow_status.delay_until_epoch_ms
, n.attributes::jsonb --? workflow_status.attributes
, n.is_debounced --? workflow_status.is_debounced
, n.debounce_deadline --? workflow_status.is_debounced
, n.schedule_name --? workflow_status.schedule_name
, n.application_name --? workflow_status.application_name
, CASE WHEN NOT n.is_debounced AND n.schedule_name IS NULL THEN gen_random_uuid()::text END --? workflow_status.creator_xid
FROM unnest(
  %(workflow_id)s::text[]
, %(status)s::text[]
, %(name)s::text[]
, %(class_name)s::text[]
, %(config_name)s::text[]
, %(queue_name)s::text[]
, %(queue_partition_key)s::text[]
, %(priority)s::int[]
, %(deduplication_id)s::text[]
, %(authenticated_user)s::text[]
, %(assumed_role)s::text[]
, %(authenticated_roles)s::text[]
, %(application_version)s::text[]
, %(created_at)s::bigint[]
, %(timeout_ms)s::bigint[]
, %(deadline)s::bigint[]
, %(inputs)s::text[] --! workflow_input
, %(serializations)s::text[] --? workflow_status.serialization
, %(delay_until)s::bigint[] --? workflow_status.delay_until_epoch_ms
, %(attributes)s::text[] --? workflow_status.attributes
, %(is_debounced)s::boolean[] --? workflow_status.is_debounced
, %(debounce_deadlines)s::bigint[] --? workflow_status.is_debounced
, %(schedule_name)s::text[] --? workflow_status.schedule_name
, %(application_name)s::text[] --? workflow_status.application_name
) AS n (
  workflow_id
, status
, name
, class_name
, config_name
, queue_name
, queue_partition_key
, priority
, deduplication_id
, authenticated_user
, assumed_role
, authenticated_roles
, application_version
, created_at
, timeout_ms
, deadline
, inputs --! workflow_input
, serialization --? workflow_status.serialization
, delay_until --? workflow_status.delay_until_epoch_ms
, attributes --? workflow_status.attributes
, is_debounced --? workflow_status.is_debounced
, debounce_deadline --? workflow_status.is_debounced
, schedule_name --? workflow_status.schedule_name
, application_name --? workflow_status.application_name
)
ORDER BY n.workflow_id
