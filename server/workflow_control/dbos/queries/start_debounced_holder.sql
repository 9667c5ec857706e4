-- Lock the workflow that holds a debounce key's deduplication id. A worker that has enqueued it meanwhile has given the id back.
SELECT
{workflow_columns}
, w.is_debounced
, w.debounce_deadline_epoch_ms
FROM {dbos}.workflow_status AS w
WHERE w.queue_name = %(queue_name)s::text
AND w.deduplication_id = %(deduplication_id)s::text
FOR NO KEY UPDATE OF w
