-- Enqueue terminal workflows again under their ids (dbos 3.2.0 `_sys_db.py:rewind_workflow`). workflow_timeout_ms stays: the next dequeue
-- computes a new deadline from it. The outcome of a row of before DBOS 3.0 is in the row itself.
UPDATE {dbos}.workflow_status AS w
SET
  status = 'ENQUEUED'
, application_version = c.application_version
, queue_name = c.queue_name
, queue_partition_key = c.queue_partition_key
, deduplication_id = NULL
, recovery_attempts = 0
, started_at_epoch_ms = NULL
, workflow_deadline_epoch_ms = NULL
, updated_at = %(now_ms)s::bigint
, output = NULL
, error = NULL
, owner_xid = NULL --? workflow_status.owner_xid
, completed_at = NULL --? workflow_status.completed_at
FROM unnest(
  %(workflow_ids)s::text[]
, %(application_versions)s::text[]
, %(queue_names)s::text[]
, %(queue_partition_keys)s::text[]
) AS c (workflow_id, application_version, queue_name, queue_partition_key)
WHERE w.workflow_uuid = c.workflow_id
AND coalesce(w.status, '') IN ('SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED')
