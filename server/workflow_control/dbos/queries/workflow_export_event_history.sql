-- The history of the events of workflows: the workflow, then the columns of domain.exports.ExportedEventHistory.
SELECT
  h.workflow_uuid
, h.function_id
, h.key
, h.value
, h.serialization --? workflow_events_history.serialization
, NULL::text AS serialization --! workflow_events_history.serialization
FROM {dbos}.workflow_events_history AS h
WHERE h.workflow_uuid = ANY (%(workflow_ids)s::text[])
ORDER BY h.workflow_uuid, h.function_id, h.key
