-- The operation whose state is to change, locked: whoever holds it is at most one COMMIT ahead.
SELECT
{bulk_operation_columns}
FROM {control}.bulk_operation AS o
WHERE o.operation_id = %(operation_id)s
AND o.scope = %(scope)s
FOR NO KEY UPDATE OF o
