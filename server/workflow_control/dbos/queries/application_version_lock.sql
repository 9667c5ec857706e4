-- Lock the versions of a name, in the order of domain.queues.VersionRow; they exist from dbos 2.14 on.
SELECT
{version_columns}
FROM {dbos}.application_versions AS v
WHERE v.version_name = %(application_version)s::text
ORDER BY v.version_id
FOR UPDATE OF v
