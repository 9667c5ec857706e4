-- Enqueue workflows again as DBOS does (dbos 2.11.0 `resume_workflow`, 3.4.0 `resume_workflows`). workflow_timeout_ms stays: the next
-- dequeue computes a new deadline from it.
UPDATE {dbos}.workflow_status AS w
SET
  status = 'ENQUEUED'
, queue_name = c.queue_name
, recovery_attempts = 0
, workflow_deadline_epoch_ms = NULL
, deduplication_id = NULL
, started_at_epoch_ms = NULL
, updated_at = %(now_ms)s::bigint
, owner_xid = NULL --? workflow_status.owner_xid
, completed_at = NULL --? workflow_status.completed_at
FROM unnest(%(workflow_ids)s::text[], %(queue_names)s::text[]) AS c (workflow_id, queue_name)
WHERE w.workflow_uuid = c.workflow_id
AND coalesce(w.status, '') NOT IN ('SUCCESS', 'ERROR')
