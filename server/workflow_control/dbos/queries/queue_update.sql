-- Replace what is registered of a queue, as DBOS does (dbos 3.4.0 `_sys_db.py:upsert_queue`).
UPDATE {dbos}.queues AS q
SET
  concurrency = %(concurrency)s::int
, worker_concurrency = %(worker_concurrency)s::int
, rate_limit_max = %(rate_limit_max)s::int
, rate_limit_period_sec = %(rate_limit_period_s)s::float8
, partition_queue = %(partitioned)s::boolean
, partition_concurrency = %(partition_concurrency)s::int --? queues.partition_concurrency
, partition_worker_concurrency = %(partition_worker_concurrency)s::int --? queues.partition_concurrency
, partition_rate_limit_max = %(partition_rate_limit_max)s::int --? queues.partition_concurrency
, partition_rate_limit_period_sec = %(partition_rate_limit_period_s)s::float8 --? queues.partition_concurrency
, polling_interval_sec = %(polling_interval_s)s::float8
, priority_enabled = %(priority_enabled)s::boolean
, application_name = %(application_name)s::text --? queues.application_name
, updated_at = %(updated_at)s::bigint
WHERE q.name = %(name)s::text
