-- Copy the history of events below the start step.
INSERT INTO {dbos}.workflow_events_history (
  workflow_uuid
, function_id
, key
, value
, serialization --? workflow_events_history.serialization
)
SELECT
  f.workflow_id
, h.function_id
, h.key
, h.value
, h.serialization --? workflow_events_history.serialization
FROM unnest(%(workflow_ids)s::text[], %(source_ids)s::text[], %(start_steps)s::int[]) AS f (workflow_id, source_id, start_step)
JOIN {dbos}.workflow_events_history AS h ON h.workflow_uuid = f.source_id
WHERE {written_before}
