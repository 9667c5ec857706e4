-- Take the oldest operation that runs and that nobody holds. Its fencing token is a new one: whoever held it before, and wakes, writes
-- nothing more.
UPDATE {control}.bulk_operation AS o
SET
  fencing_token = o.fencing_token + 1
, lease_expires_at = clock_timestamp() + %(lease)s::interval
WHERE o.operation_id = (
    SELECT c.operation_id
    FROM {control}.bulk_operation AS c
    WHERE c.state = 'RUNNING'
    AND (c.lease_expires_at IS NULL OR c.lease_expires_at <= clock_timestamp())
    AND c.operation_id <> ALL (%(passed_over)s::text[])
    ORDER BY c.created_at
    LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED
)
RETURNING
{bulk_operation_columns}
, o.fencing_token
, extract(epoch FROM o.item_ttl)::double precision AS item_ttl_s
, o.created_before
, o.cursor_created_at
, o.cursor_workflow_id
