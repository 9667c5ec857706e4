-- Insert forks as copies of their sources; an id that is taken is left alone and not returned. Inputs are copied as stored, never decoded.
INSERT INTO {dbos}.workflow_status (
  workflow_uuid
, status
, name
, class_name
, config_name
, queue_name
, queue_partition_key
, authenticated_user
, assumed_role
, authenticated_roles
, application_id
, application_version
, recovery_attempts
, forked_from
, created_at
, updated_at
, workflow_timeout_ms
, inputs --! workflow_input
, serialization --? workflow_status.serialization
, attributes --? workflow_status.attributes
, application_name --? workflow_status.application_name
)
SELECT
  f.workflow_id
, 'ENQUEUED'
, w.name
, w.class_name
, w.config_name
, f.queue_name
, f.queue_partition_key
, w.authenticated_user
, w.assumed_role
, w.authenticated_roles
, w.application_id
, f.application_version
, 0
, w.workflow_uuid
, %(now_ms)s::bigint
, %(now_ms)s::bigint
, f.timeout_ms
, w.inputs --! workflow_input
, w.serialization --? workflow_status.serialization
, w.attributes --? workflow_status.attributes
, w.application_name --? workflow_status.application_name
FROM unnest(
  %(workflow_ids)s::text[]
, %(source_ids)s::text[]
, %(queue_names)s::text[]
, %(queue_partition_keys)s::text[]
, %(application_versions)s::text[]
, %(timeouts_ms)s::bigint[]
) AS f (workflow_id, source_id, queue_name, queue_partition_key, application_version, timeout_ms)
JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = f.source_id
ORDER BY f.workflow_id
ON CONFLICT (workflow_uuid) DO NOTHING
RETURNING workflow_uuid
