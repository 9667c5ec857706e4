-- The columns of a domain.queues.QueueRow, in its order, of a row of `queues` named q.
  q.name
, q.concurrency
, q.worker_concurrency
, q.rate_limit_max
, q.rate_limit_period_sec
, q.partition_queue
, q.partition_concurrency --? queues.partition_concurrency
, NULL::int AS partition_concurrency --! queues.partition_concurrency
, q.partition_worker_concurrency --? queues.partition_concurrency
, NULL::int AS partition_worker_concurrency --! queues.partition_concurrency
, q.partition_rate_limit_max --? queues.partition_concurrency
, NULL::int AS partition_rate_limit_max --! queues.partition_concurrency
, q.partition_rate_limit_period_sec --? queues.partition_concurrency
, NULL::float8 AS partition_rate_limit_period_sec --! queues.partition_concurrency
, q.polling_interval_sec
, q.priority_enabled
, q.application_name --? queues.application_name
, NULL::text AS application_name --! queues.application_name
, q.created_at
, q.updated_at
