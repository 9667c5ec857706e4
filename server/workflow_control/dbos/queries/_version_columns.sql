-- The columns of a domain.queues.VersionRow, in its order, of a row of `application_versions` named v.
  v.version_id
, v.version_name
, v.version_timestamp
, v.created_at
, v.application_name --? application_versions.application_name
, NULL::text AS application_name --! application_versions.application_name
