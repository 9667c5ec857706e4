-- What is stored of a key, with its response.
SELECT
{request_columns}
, r.response
FROM {control}.request AS r
WHERE r.scope = %(scope)s
AND r.request_key = %(request_key)s
AND r.expires_at > now()
