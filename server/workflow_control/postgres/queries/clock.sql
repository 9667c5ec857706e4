-- The database's clock in DBOS's unit, after all locks are held, so that an update never looks older than the one it has waited for.
SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
