-- Set those events again to what they were before the start step, if anything. A statement of its own, after the other: it must not meet
-- the keys that are deleted.
INSERT INTO {dbos}.workflow_events (
  workflow_uuid
, key
, value
, serialization --? workflow_events.serialization
)
SELECT DISTINCT ON (h.workflow_uuid, h.key)
  h.workflow_uuid
, h.key
, h.value
, h.serialization --? workflow_events_history.serialization
FROM unnest(%(workflow_ids)s::text[], %(start_steps)s::int[]) AS c (workflow_id, start_step)
JOIN {dbos}.workflow_events_history AS h ON h.workflow_uuid = c.workflow_id AND h.function_id < c.start_step
WHERE EXISTS (
    SELECT
    FROM {dbos}.workflow_events_history AS d
    WHERE d.workflow_uuid = h.workflow_uuid AND d.key = h.key AND d.function_id >= c.start_step
)
ORDER BY h.workflow_uuid, h.key, h.function_id DESC
