-- A page of an operation's workflows, in the order in which they were found.
SELECT
  i.number
, i.workflow_id
, coalesce(i.outcome, 'PENDING') AS outcome
, i.result
, i.new_workflow_id
, i.error_reason
, i.error_message
, i.settled_at
FROM {control}.bulk_operation AS o
JOIN {control}.bulk_operation_item AS i ON i.operation_id = o.operation_id
WHERE o.operation_id = %(operation_id)s
AND o.scope = %(scope)s
AND i.number > %(after)s
AND coalesce(i.outcome, 'PENDING') = ANY (%(outcomes)s::text[]) --? condition.outcomes
ORDER BY i.number
LIMIT %(limit)s
