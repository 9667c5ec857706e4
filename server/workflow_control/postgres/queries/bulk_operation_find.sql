-- Write the workflows that were found, and where to search on, if the operation is still held and the search where it was: repeated, this
-- writes nothing. Returns how many there were before; no row: nothing was written.
WITH held AS (
    UPDATE {control}.bulk_operation AS o
    SET
      found_count = o.found_count + cardinality(%(workflow_ids)s::text[])
    , selection_complete = %(selection_complete)s::boolean
    , cursor_created_at = %(cursor_created_at)s::bigint
    , cursor_workflow_id = %(cursor_workflow_id)s::text
    , updated_at = now()
    WHERE o.operation_id = %(operation_id)s
    AND o.fencing_token = %(fencing_token)s::bigint
    AND o.state = 'RUNNING'
    AND (o.cursor_created_at, o.cursor_workflow_id) IS NOT DISTINCT FROM (%(after_created_at)s::bigint, %(after_workflow_id)s::text)
    RETURNING o.operation_id, o.found_count - cardinality(%(workflow_ids)s::text[]) AS found_before
), found AS (
    INSERT INTO {control}.bulk_operation_item (operation_id, number, workflow_id)
    SELECT h.operation_id, h.found_before + w.number, w.workflow_id
    FROM held AS h
    CROSS JOIN unnest(%(workflow_ids)s::text[]) WITH ORDINALITY AS w (workflow_id, number)
)
SELECT h.found_before
FROM held AS h
