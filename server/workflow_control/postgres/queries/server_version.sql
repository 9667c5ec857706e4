-- The version of Postgres, such as 18.1.
SELECT pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1)
