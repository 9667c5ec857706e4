-- Write the outcomes of the claimed keys.
UPDATE {control}.request AS r
SET
  outcome_code = c.outcome_code
, response = c.response
, error_reason = c.error_reason
, error_message = c.error_message
, error_metadata = c.error_metadata::jsonb
FROM unnest(
  %(scopes)s::text[]
, %(request_keys)s::text[]
, %(outcome_codes)s::smallint[]
, %(responses)s::bytea[]
, %(error_reasons)s::text[]
, %(error_messages)s::text[]
, %(error_metadatas)s::text[]
) AS c (scope, request_key, outcome_code, response, error_reason, error_message, error_metadata)
WHERE r.scope = c.scope
AND r.request_key = c.request_key
