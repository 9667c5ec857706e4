-- The version for which runs of a schedule are enqueued: the latest of its owner, or of all where it has none (dbos 3.4.0
-- `_sys_db.py:get_latest_application_version`).
SELECT v.version_name
FROM {dbos}.application_versions AS v
WHERE TRUE
AND (v.application_name = %(application_name)s::text OR v.application_name IS NULL OR %(application_name)s::text IS NULL) --? application_versions.application_name
ORDER BY v.version_timestamp DESC, v.version_id DESC
LIMIT 1
