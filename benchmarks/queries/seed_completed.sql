-- The rest of the table: workflows that have completed in the last days.
INSERT INTO dbos.workflow_status (
  workflow_uuid
, status
, name
, executor_id
, application_version
, created_at
, updated_at
, started_at_epoch_ms
, completed_at
, recovery_attempts
)
SELECT
  'completed-' || i
, 'SUCCESS'
, 'process_order'
, 'executor-' || i %% 100
, 'version-1'
, t.ms - 2000
, t.ms
, t.ms - 1000
, t.ms
, 1
FROM generate_series(1, %(count)s) AS i
CROSS JOIN LATERAL (SELECT (extract(epoch FROM now()) * 1000)::bigint - i * 1000 AS ms) AS t
