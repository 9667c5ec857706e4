-- Forget the history of events from the start step on.
DELETE FROM {dbos}.workflow_events_history AS h
USING unnest(%(workflow_ids)s::text[], %(start_steps)s::int[]) AS c (workflow_id, start_step)
WHERE h.workflow_uuid = c.workflow_id
AND h.function_id >= c.start_step
