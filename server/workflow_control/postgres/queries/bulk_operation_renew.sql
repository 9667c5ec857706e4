-- Keep the operations that are still held. One that is not returned is lost: paused, stopped, or somebody else's.
UPDATE {control}.bulk_operation AS o
SET lease_expires_at = clock_timestamp() + %(lease)s::interval
FROM unnest(%(operation_ids)s::text[], %(fencing_tokens)s::bigint[]) AS l (operation_id, fencing_token)
WHERE o.operation_id = l.operation_id
AND o.fencing_token = l.fencing_token
AND o.state = 'RUNNING'
RETURNING o.operation_id
