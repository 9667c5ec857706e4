-- Unset the events that were set at the start step or later; their history is the undo log.
DELETE FROM {dbos}.workflow_events AS e
USING unnest(%(workflow_ids)s::text[], %(start_steps)s::int[]) AS c (workflow_id, start_step)
WHERE e.workflow_uuid = c.workflow_id
AND EXISTS (
    SELECT
    FROM {dbos}.workflow_events_history AS h
    WHERE h.workflow_uuid = e.workflow_uuid AND h.key = e.key AND h.function_id >= c.start_step
)
