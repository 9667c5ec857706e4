-- The number of the last migration that a DBOS runtime has applied.
SELECT max(m.version)::bigint
FROM {dbos}.dbos_migrations AS m
