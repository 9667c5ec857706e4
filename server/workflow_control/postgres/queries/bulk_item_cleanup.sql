-- Delete one batch of the workflows of operations that ended long ago, unless another process is at it.
DELETE FROM {control}.bulk_operation_item AS i
WHERE i.ctid = ANY (ARRAY(
    SELECT e.ctid
    FROM {control}.bulk_operation AS o
    JOIN {control}.bulk_operation_item AS e ON e.operation_id = o.operation_id
    WHERE o.ended_at <= now() - %(retention)s::interval
    AND (SELECT pg_catalog.pg_try_advisory_xact_lock(%(lock)s::bigint))
    LIMIT %(limit)s
))
