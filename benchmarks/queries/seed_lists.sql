-- Workflows of every state and of a few names and queues, all over the time that they were created in; a few are in states of which there
-- are as many however large the table is.
INSERT INTO dbos.workflow_status (
  workflow_uuid
, status
, name
, queue_name
, executor_id
, application_version
, created_at
, updated_at
, started_at_epoch_ms
, recovery_attempts
)
SELECT
  'workflow-' || i
, s.status
, 'workflow_' || h / 20 %% 5
, CASE WHEN s.status NOT IN ('CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED') THEN 'queue-' || (h / 100 %% 10 < 7)::int END
, 'executor-' || i %% 100
, 'version-1'
, t.ms
, t.ms + 5
, CASE WHEN s.status NOT IN ('ENQUEUED', 'DELAYED') THEN t.ms + 3 END
, 1
FROM generate_series(1, %(rows)s) AS i
CROSS JOIN LATERAL (SELECT %(start_ms)s + %(span_ms)s / %(rows)s * i AS ms, abs(hashint4(i)) AS h) AS t
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN i %% (%(rows)s / %(few)s) = 3 THEN 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'
        WHEN i %% (%(rows)s / %(few)s) = 4 THEN 'DELAYED'
        ELSE (ARRAY['ERROR', 'PENDING', 'ENQUEUED'])[1 + h %% 20 / 3]
    END AS status
) AS few
CROSS JOIN LATERAL (SELECT coalesce(few.status, 'SUCCESS') AS status) AS s
