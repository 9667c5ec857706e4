-- Workflows that run, created one per millisecond: each has what a cancel clears, in a queue's and in an executor's columns.
INSERT INTO dbos.workflow_status (
  workflow_uuid
, status
, name
, queue_name
, executor_id
, application_version
, created_at
, started_at_epoch_ms
, owner_xid
, recovery_attempts
)
SELECT
  %(prefix)s || i
, 'PENDING'
, 'process_order'
, 'orders'
, 'executor-' || i %% 100
, 'version-1'
, t.ms - %(count)s + i
, t.ms
, 'run-' || i
, 1
FROM generate_series(0, %(count)s - 1) AS i
CROSS JOIN LATERAL (SELECT (extract(epoch FROM now()) * 1000)::bigint AS ms) AS t
