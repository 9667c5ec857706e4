-- Whether the database answers and takes writes: SELECT 1, and not from a standby or a read-only primary.
SELECT
  1
, NOT pg_catalog.pg_is_in_recovery() AND pg_catalog.current_setting('transaction_read_only') = 'off'
, to_regclass(%(workflow_status)s) IS NOT NULL
, to_regclass(%(request)s) IS NOT NULL
