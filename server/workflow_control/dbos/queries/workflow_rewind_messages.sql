-- Delete the messages that forgotten steps received, or that nothing has received, and count them: the steps that run again get new ones.
WITH deleted AS (
    DELETE FROM {dbos}.notifications AS n
    USING unnest(%(workflow_ids)s::text[], %(start_steps)s::int[]) AS c (workflow_id, start_step)
    WHERE n.destination_uuid = c.workflow_id
    AND (n.consumed_by_function_id >= c.start_step OR NOT n.consumed)
    RETURNING n.destination_uuid
)
SELECT
  d.destination_uuid
, count(*)
FROM deleted AS d
GROUP BY d.destination_uuid
