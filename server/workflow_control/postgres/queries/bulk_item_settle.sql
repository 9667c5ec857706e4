-- Write the outcomes of workflows, and count them, if the operation is still held. No row: it is lost, and nothing was written; a transaction
-- that has changed workflows must be rolled back then. It sends this last, so that the operation is locked for no longer than a COMMIT takes.
WITH held AS (
    SELECT o.operation_id
    FROM {control}.bulk_operation AS o
    WHERE o.operation_id = %(operation_id)s
    AND o.fencing_token = %(fencing_token)s::bigint
    AND o.state = 'RUNNING'
    FOR NO KEY UPDATE OF o
), settled AS (
    UPDATE {control}.bulk_operation_item AS i
    SET
      outcome = s.outcome
    , result = s.result
    , new_workflow_id = s.new_workflow_id
    , error_reason = s.error_reason
    , error_message = s.error_message
    , settled_at = now()
    FROM unnest(
      %(operation_ids)s::text[]
    , %(numbers)s::bigint[]
    , %(outcomes)s::text[]
    , %(results)s::text[]
    , %(new_workflow_ids)s::text[]
    , %(error_reasons)s::text[]
    , %(error_messages)s::text[]
    ) AS s (operation_id, number, outcome, result, new_workflow_id, error_reason, error_message)
    WHERE i.operation_id = s.operation_id
    AND i.number = s.number
    AND i.outcome IS NULL
    AND EXISTS (SELECT FROM held)
    RETURNING i.outcome
), counted AS (
    SELECT
      count(*) FILTER (WHERE s.outcome = 'APPLIED') AS applied
    , count(*) FILTER (WHERE s.outcome = 'UNCHANGED') AS unchanged
    , count(*) FILTER (WHERE s.outcome = 'FAILED') AS failed
    FROM settled AS s
)
UPDATE {control}.bulk_operation AS o
SET
  applied_count = o.applied_count + c.applied
, unchanged_count = o.unchanged_count + c.unchanged
, failed_count = o.failed_count + c.failed
, updated_at = now()
FROM held AS h
CROSS JOIN counted AS c
WHERE o.operation_id = h.operation_id
RETURNING o.operation_id
