-- Have Postgres notice within seconds that nothing comes through to us any more, and roll back what is open: it keeps its locks until then.
-- Over a Unix socket these settings do nothing.
SELECT
  pg_catalog.set_config('tcp_keepalives_idle', %(keepalives_idle)s, FALSE)
, pg_catalog.set_config('tcp_keepalives_interval', %(keepalives_interval)s, FALSE)
, pg_catalog.set_config('tcp_keepalives_count', %(keepalives_count)s, FALSE)
, pg_catalog.set_config('tcp_user_timeout', %(tcp_user_timeout)s, FALSE)
