-- Make a version the latest, as DBOS does (dbos 3.4.0 `_sys_db.py:update_application_version_timestamp`).
UPDATE {dbos}.application_versions AS v
SET
  version_timestamp = %(timestamp)s::bigint
, application_name = %(application_name)s::text --? application_versions.application_name
WHERE v.version_id = %(version_id)s::text
