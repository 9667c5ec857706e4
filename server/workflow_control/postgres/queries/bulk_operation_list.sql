-- A page of operations, newest first; a condition's line is kept when the query has it.
SELECT
{bulk_operation_columns}
FROM {control}.bulk_operation AS o
WHERE o.scope = %(scope)s
AND o.state = ANY (%(states)s::text[]) --? condition.states
AND (o.created_at, o.operation_id) < (%(after_created_at)s, %(after_operation_id)s) --? condition.after
ORDER BY o.created_at DESC, o.operation_id DESC
LIMIT %(limit)s
