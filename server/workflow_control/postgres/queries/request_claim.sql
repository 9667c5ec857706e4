-- Claim the keys that are free. Sorted, so that two batches cannot deadlock; a twin that is not committed yet is waited for. A key that is
-- taken is left untouched (DO UPDATE would lock and rewrite it), so that replays stay reads.
INSERT INTO {control}.request (
  scope
, request_key
, action
, workflow_id
, fingerprint
, fingerprint_version
, execution_id
, actor
, reason
, created_at
, expires_at
)
SELECT
  c.scope
, c.request_key
, c.action
, c.workflow_id
, c.fingerprint
, %(fingerprint_version)s::smallint
, c.execution_id
, c.actor
, c.reason
, now()
, now() + c.ttl
FROM
{request_claims}
ORDER BY c.scope COLLATE "C", c.request_key COLLATE "C"
ON CONFLICT (scope, request_key) DO NOTHING
RETURNING
  scope
, request_key
, created_at
, expires_at
