-- Cancel workflows as DBOS does (dbos 2.11.0 and 3.4.0 `_sys_db.py:cancel_workflows`). The cleared owner_xid is the fence that keeps a run
-- which is still going from writing its outcome. The rows are locked and decided upon; the guard only makes a fault visible as a count.
UPDATE {dbos}.workflow_status AS w
SET
  status = 'CANCELLED'
, queue_name = NULL
, deduplication_id = NULL
, started_at_epoch_ms = NULL
, updated_at = %(now_ms)s::bigint
, owner_xid = NULL --? workflow_status.owner_xid
, completed_at = %(now_ms)s::bigint --? workflow_status.completed_at
WHERE w.workflow_uuid = ANY (%(workflow_ids)s::text[])
AND coalesce(w.status, '') NOT IN ('SUCCESS', 'ERROR', 'CANCELLED')
