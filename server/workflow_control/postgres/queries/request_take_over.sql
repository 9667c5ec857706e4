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
      k.*
    FROM unnest(
      %(scopes)s::text[]
    , %(request_keys)s::text[]
    , %(actions)s::text[]
    , %(workflow_ids)s::text[]
    , %(fingerprints)s::bytea[]
    , %(execution_ids)s::uuid[]
    , %(actors)s::text[]
    , %(reasons)s::text[]
    , %(ttls)s::interval[]
    ) AS k (scope, request_key, action, workflow_id, fingerprint, execution_id, actor, reason, ttl)
    ORDER BY k.scope COLLATE "C", k.request_key COLLATE "C"
) AS c
WHERE r.scope = c.scope
AND r.request_key = c.request_key
AND r.expires_at <= clock_timestamp()
