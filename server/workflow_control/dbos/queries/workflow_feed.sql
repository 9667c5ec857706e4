-- Which workflows were created, started or ended of late, by transactions that may not have been over at the last look. Each branch reads its
-- index from a time on; a schema without completed_at has no index on the start either.
SELECT w.workflow_uuid, w.xmin::text AS version
FROM {dbos}.workflow_status AS w
WHERE w.created_at >= %(since_ms)s::bigint AND age(w.xmin) <= age(%(since_xid)s::text::xid)
UNION --? workflow_status.completed_at
SELECT w.workflow_uuid, w.xmin::text AS version --? workflow_status.completed_at
FROM {dbos}.workflow_status AS w --? workflow_status.completed_at
WHERE w.started_at_epoch_ms >= %(since_ms)s::bigint AND age(w.xmin) <= age(%(since_xid)s::text::xid) --? workflow_status.completed_at
UNION --? workflow_status.completed_at
SELECT w.workflow_uuid, w.xmin::text AS version --? workflow_status.completed_at
FROM {dbos}.workflow_status AS w --? workflow_status.completed_at
WHERE w.completed_at >= %(since_ms)s::bigint AND age(w.xmin) <= age(%(since_xid)s::text::xid) --? workflow_status.completed_at
LIMIT %(limit)s
