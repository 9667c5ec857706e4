-- The columns of domain.records.StoredRequest, in its order but for the response, which is last but one of them all.
  r.scope
, r.request_key
, r.action
, r.workflow_id
, r.fingerprint
, r.fingerprint_version
, r.execution_id::text
, r.actor
, r.reason
, r.created_at
, r.expires_at
, r.outcome_code
, r.error_reason
, r.error_message
, r.error_metadata
