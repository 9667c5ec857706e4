-- Forget the steps from the start step on, and count them.
WITH deleted AS (
    DELETE FROM {dbos}.operation_outputs AS s
    USING unnest(%(workflow_ids)s::text[], %(start_steps)s::int[]) AS c (workflow_id, start_step)
    WHERE s.workflow_uuid = c.workflow_id
    AND s.function_id >= c.start_step
    RETURNING s.workflow_uuid
)
SELECT
  d.workflow_uuid
, count(*)
FROM deleted AS d
GROUP BY d.workflow_uuid
