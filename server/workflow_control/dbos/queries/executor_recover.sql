-- Give the workflows of dead workers to the living (dbos 3.4.0 `_sys_db.py:reenqueue_for_recovery`); return how many, and the first by id. They
-- are locked in the order of their ids; one that has changed by the time that its lock is had is not recovered.
WITH abandoned AS MATERIALIZED (
    SELECT w.workflow_uuid
    FROM {dbos}.workflow_status AS w
    WHERE w.status = 'PENDING'
    AND w.executor_id = ANY (%(executor_ids)s::text[])
    AND (%(application_version)s::text IS NULL OR w.application_version = %(application_version)s::text)
    ORDER BY w.workflow_uuid
    FOR NO KEY UPDATE OF w
)
, recovered AS (
    UPDATE {dbos}.workflow_status AS w
    SET
      status = 'ENQUEUED'
    , queue_name = coalesce(w.queue_name, %(queue_name)s::text)
    , started_at_epoch_ms = NULL
    , updated_at = %(now_ms)s::bigint
    , owner_xid = NULL --? workflow_status.owner_xid
    FROM abandoned AS a
    WHERE w.workflow_uuid = a.workflow_uuid
    RETURNING w.workflow_uuid
)
SELECT
  count(*)::int
, (array_agg(r.workflow_uuid ORDER BY r.workflow_uuid COLLATE "C"))[:%(listed)s::int]
FROM recovered AS r
