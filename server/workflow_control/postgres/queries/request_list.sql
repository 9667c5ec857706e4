-- A page of the journal, newest first; {conditions} come from request_reader.py.
SELECT
{request_columns}
, NULL::bytea AS response
FROM {control}.request AS r
WHERE r.scope = %(scope)s
AND r.expires_at > now()
AND {conditions}
ORDER BY r.created_at DESC, r.request_key DESC
LIMIT %(limit)s
