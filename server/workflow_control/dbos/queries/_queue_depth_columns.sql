-- How many workflows are in a queue, and for how long the oldest has waited, of rows of `workflow_status` named w. A time may be any
-- BIGINT, and the wait since then more than one.
  count(*) FILTER (WHERE w.status = 'ENQUEUED') AS enqueued
, count(*) FILTER (WHERE w.status = 'PENDING') AS pending
, count(*) FILTER (WHERE w.status = 'DELAYED') AS delayed
, max(
    least(
      9223372036854775807
    , greatest(
        0
      , floor(extract(epoch FROM statement_timestamp()) * 1000)
        - greatest(
            w.created_at
          , w.delay_until_epoch_ms --? workflow_status.delay_until_epoch_ms
          )
      )
    )::bigint
  ) FILTER (WHERE w.status = 'ENQUEUED') AS oldest_wait_ms
