-- Claim keys whose time is over, cleanup or not. Whoever comes second finds them renewed and claims nothing. The clock is the volatile one,
-- so that the index on expires_at cannot serve: keys find these rows, however many others have expired.
UPDATE {control}.request AS r
SET
  action = c.action
, workflow_id = c.workflow_id
, fingerprint = c.fingerprint
, fingerprint_version = %(fingerprint_version)s::smallint
, execution_id = c.execution_id
, actor = c.actor
, reason = c.reason
, outcome_code = NULL
, response = NULL
, error_reason = NULL
, error_message = NULL
, error_metadata = NULL
, created_at = now()
, expires_at = now() + c.ttl
FROM (
    SELECT
      c.*
    FROM
    {request_claims}
    ORDER BY c.scope COLLATE "C", c.request_key COLLATE "C"
) AS c
WHERE r.scope = c.scope
AND r.request_key = c.request_key
AND r.expires_at <= clock_timestamp()
RETURNING
  r.scope
, r.request_key
, r.created_at
, r.expires_at
