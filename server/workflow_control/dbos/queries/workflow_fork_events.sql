-- Each event as it stood at the start step: the latest of the history that was copied.
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
, h.serialization --? workflow_events.serialization
FROM {dbos}.workflow_events_history AS h
WHERE h.workflow_uuid = ANY (%(workflow_ids)s::text[])
ORDER BY h.workflow_uuid, h.key, h.function_id DESC
