-- An operation.
SELECT
{bulk_operation_columns}
FROM {control}.bulk_operation AS o
WHERE o.operation_id = %(operation_id)s
AND o.scope = %(scope)s
