-- Change an operation's state. The next fencing token is nobody's: whoever holds the operation writes nothing more.
UPDATE {control}.bulk_operation AS o
SET
  state = %(state)s
, updated_at = %(updated_at)s::timestamptz
, ended_at = %(ended_at)s::timestamptz
, fencing_token = o.fencing_token + 1
, lease_expires_at = NULL
WHERE o.operation_id = %(operation_id)s
