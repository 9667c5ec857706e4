-- Leave an operation to whoever takes it next.
UPDATE {control}.bulk_operation AS o
SET lease_expires_at = NULL
WHERE o.operation_id = %(operation_id)s
AND o.fencing_token = %(fencing_token)s::bigint
AND o.state = 'RUNNING'
RETURNING o.operation_id
