-- The claims of a batch as rows `c`.
unnest(
  %(scopes)s::text[]
, %(request_keys)s::text[]
, %(actions)s::text[]
, %(workflow_ids)s::text[]
, %(fingerprints)s::bytea[]
, %(execution_ids)s::uuid[]
, %(actors)s::text[]
, %(reasons)s::text[]
, %(ttls)s::interval[]
) AS c (scope, request_key, action, workflow_id, fingerprint, execution_id, actor, reason, ttl)
