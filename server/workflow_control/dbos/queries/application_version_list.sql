-- A page of application versions, the latest first (dbos 3.4.0 `_sys_db.py:list_application_versions`).
SELECT
{version_columns}
FROM {dbos}.application_versions AS v
WHERE TRUE
AND (v.application_name = ANY (%(application_names)s::text[]) OR v.application_name IS NULL) --? condition.application_names
AND (v.version_timestamp, v.version_id) < (%(after_timestamp)s::bigint, %(after_version_id)s::text) --? condition.after
ORDER BY v.version_timestamp DESC, v.version_id DESC
LIMIT %(limit)s::int
