-- Where this database is in its history. The name of the history changes when a standby takes over, and when the database is restored elsewhere.
SELECT
  (SELECT system_identifier FROM pg_control_system())::text
  || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())::text
  || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) AS history
, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest_running_xid
, pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next_xid
, (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms
