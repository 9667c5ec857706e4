-- Register a queue, as DBOS does (dbos 3.4.0 `_sys_db.py:upsert_queue`). Who inserts it at the same time makes this fail, and be tried
-- again.
INSERT INTO {dbos}.queues (
  name
, concurrency
, worker_concurrency
, rate_limit_max
, rate_limit_period_sec
, partition_queue
, partition_concurrency --? queues.partition_concurrency
, partition_worker_concurrency --? queues.partition_concurrency
, partition_rate_limit_max --? queues.partition_concurrency
, partition_rate_limit_period_sec --? queues.partition_concurrency
, polling_interval_sec
, priority_enabled
, application_name --? queues.application_name
, created_at
, updated_at
)
VALUES (
  %(name)s::text
, %(concurrency)s::int
, %(worker_concurrency)s::int
, %(rate_limit_max)s::int
, %(rate_limit_period_s)s::float8
, %(partitioned)s::boolean
, %(partition_concurrency)s::int --? queues.partition_concurrency
, %(partition_worker_concurrency)s::int --? queues.partition_concurrency
, %(partition_rate_limit_max)s::int --? queues.partition_concurrency
, %(partition_rate_limit_period_s)s::float8 --? queues.partition_concurrency
, %(polling_interval_s)s::float8
, %(priority_enabled)s::boolean
, %(application_name)s::text --? queues.application_name
, %(created_at)s::bigint
, %(updated_at)s::bigint
)
