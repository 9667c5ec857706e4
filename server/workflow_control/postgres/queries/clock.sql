-- The database's clock in DBOS's unit: for a preview.
SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint
