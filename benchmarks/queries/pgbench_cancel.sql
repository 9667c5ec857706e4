-- The floor of the database: one keyed cancel in one statement, which leaves the rows that CancelWorkflow leaves.
\set number :client_id * :repetitions + :done
\set done :done + 1
WITH claimed AS (
    INSERT INTO workflow_control.request (
      scope
    , request_key
    , action
    , workflow_id
    , fingerprint
    , fingerprint_version
    , execution_id
    , actor
    , reason
    , outcome_code
    , response
    , created_at
    , expires_at
    )
    SELECT
      'default'
    , w.id
    , 'CancelWorkflow'
    , w.id
    , sha256(w.id::bytea)
    , 1
    , gen_random_uuid()
    , '127.0.0.1'
    , ''
    , 0
    , decode(repeat('00', :response_bytes::integer), 'hex')
    , now()
    , now() + interval '7 days'
    FROM (SELECT :prefix::text || :number::text AS id) AS w
    ON CONFLICT (scope, request_key) DO NOTHING
    RETURNING
      workflow_id
)
UPDATE dbos.workflow_status AS w
SET
  status = 'CANCELLED'
, queue_name = NULL
, deduplication_id = NULL
, started_at_epoch_ms = NULL
, updated_at = (extract(epoch FROM now()) * 1000)::bigint
, owner_xid = NULL
, completed_at = (extract(epoch FROM now()) * 1000)::bigint
FROM claimed
WHERE w.workflow_uuid = claimed.workflow_id
AND w.status NOT IN ('SUCCESS', 'ERROR', 'CANCELLED');
