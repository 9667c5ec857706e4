-- An event of a workflow, in the order of domain.communication.EventRow.
SELECT
  e.key
, e.serialization --? workflow_events.serialization
, NULL::text AS serialization --! workflow_events.serialization
, e.value
FROM {dbos}.workflow_events AS e
WHERE e.workflow_uuid = %(workflow_id)s
AND e.key = %(key)s
