-- The events of workflows: the workflow, then the columns of domain.exports.ExportedEvent.
SELECT
  e.workflow_uuid
, e.key
, e.value
, e.serialization --? workflow_events.serialization
, NULL::text AS serialization --! workflow_events.serialization
FROM {dbos}.workflow_events AS e
WHERE e.workflow_uuid = ANY (%(workflow_ids)s::text[])
ORDER BY e.workflow_uuid, e.key
