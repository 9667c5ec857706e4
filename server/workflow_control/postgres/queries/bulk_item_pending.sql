-- The next workflows of an operation that have no outcome.
SELECT
  i.number
, i.workflow_id
FROM {control}.bulk_operation_item AS i
WHERE i.operation_id = %(operation_id)s
AND i.number > %(after)s::bigint
AND i.outcome IS NULL
ORDER BY i.number
LIMIT %(limit)s
