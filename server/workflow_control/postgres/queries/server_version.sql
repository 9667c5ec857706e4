-- The version of Postgres, such as 18.1, and the last of our own migrations.
SELECT
  pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1)
, (SELECT max(m.version) FROM {control}.migration AS m)
