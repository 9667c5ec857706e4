-- Bound what a transaction, or a session, may wait for. Behind a pooler of transactions it must be local: a session there is somebody else's next.
SELECT
  pg_catalog.set_config('lock_timeout', %(lock_timeout_ms)s, %(local)s)
, pg_catalog.set_config('statement_timeout', %(statement_timeout_ms)s, %(local)s)
, pg_catalog.set_config('idle_in_transaction_session_timeout', '5000', %(local)s)
, pg_catalog.set_config('transaction_timeout', %(transaction_timeout_ms)s, %(local)s) --? transaction_timeout
, pg_catalog.set_config('client_connection_check_interval', '1000', %(local)s) --? client_connection_check_interval
