-- End an operation of whose workflows each has an outcome, if it is still held.
UPDATE {control}.bulk_operation AS o
SET
  state = 'COMPLETED'
, lease_expires_at = NULL
, updated_at = now()
, ended_at = now()
WHERE o.operation_id = %(operation_id)s
AND o.fencing_token = %(fencing_token)s::bigint
AND o.state = 'RUNNING'
AND o.selection_complete
AND o.applied_count + o.unchanged_count + o.failed_count = o.found_count
RETURNING o.operation_id
