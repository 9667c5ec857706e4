-- Bound what the transaction may wait for. Local to the transaction, so that a transaction pooler does not carry it over.
SELECT
  pg_catalog.set_config('lock_timeout', %(lock_timeout_ms)s, TRUE)
, pg_catalog.set_config('statement_timeout', %(statement_timeout_ms)s, TRUE)
, pg_catalog.set_config('idle_in_transaction_session_timeout', '5000', TRUE)
, pg_catalog.set_config('client_connection_check_interval', '1000', TRUE) --? client_connection_check_interval
