-- Lock active workflows of a time or before (dbos 3.2.0 `_sys_db.py:list_timed_out_workflow_ids`), to cancel them; return which, and how many
-- were found. Each state is read in the order of the index that has only active workflows: the one of creation leads through all history.
-- What another transaction holds is passed over.
WITH pending AS MATERIALIZED (
    SELECT w.workflow_uuid
    FROM {dbos}.workflow_status AS w
    WHERE w.status = 'PENDING'
    AND w.created_at <= %(cutoff)s::bigint
    AND (w.application_name = ANY (%(application_names)s::text[]) OR w.application_name IS NULL) --? condition.by_application
    ORDER BY w.created_at
    LIMIT %(workflows)s::int
)
, enqueued AS MATERIALIZED (
    SELECT w.workflow_uuid
    FROM {dbos}.workflow_status AS w
    WHERE w.status = 'ENQUEUED'
    AND w.created_at <= %(cutoff)s::bigint
    AND (w.application_name = ANY (%(application_names)s::text[]) OR w.application_name IS NULL) --? condition.by_application
    ORDER BY w.queue_name, w.status, w.priority, w.created_at
    LIMIT %(workflows)s::int
)
, delayed AS MATERIALIZED (
    SELECT w.workflow_uuid
    FROM {dbos}.workflow_status AS w
    WHERE w.status = 'DELAYED'
    AND w.created_at <= %(cutoff)s::bigint
    AND (w.application_name = ANY (%(application_names)s::text[]) OR w.application_name IS NULL) --? condition.by_application
    ORDER BY w.delay_until_epoch_ms --? workflow_status.delay_until_epoch_ms
    LIMIT %(workflows)s::int
)
, found AS MATERIALIZED (
    SELECT p.workflow_uuid FROM pending AS p
    UNION ALL
    SELECT e.workflow_uuid FROM enqueued AS e
    UNION ALL
    SELECT d.workflow_uuid FROM delayed AS d
    LIMIT %(workflows)s::int
)
, locked AS MATERIALIZED (
    SELECT w.workflow_uuid
    FROM {dbos}.workflow_status AS w
    WHERE w.workflow_uuid = ANY (ARRAY(SELECT f.workflow_uuid FROM found AS f))
    AND (w.status IN ('ENQUEUED', 'PENDING') OR w.status = 'DELAYED')
    FOR NO KEY UPDATE OF w SKIP LOCKED
)
SELECT
  coalesce((SELECT array_agg(l.workflow_uuid ORDER BY l.workflow_uuid COLLATE "C") FROM locked AS l), ARRAY[]::text[])
, (SELECT count(*)::int FROM found)
