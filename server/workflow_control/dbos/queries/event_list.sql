-- A page of a workflow's events by key, in the order of domain.communication.EventRow.
SELECT
  e.key
, e.serialization --? workflow_events.serialization
, NULL::text AS serialization --! workflow_events.serialization
, e.value --? condition.values
, NULL::text AS value --! condition.values
FROM {dbos}.workflow_events AS e
WHERE e.workflow_uuid = %(workflow_id)s
AND e.key > %(after)s --? condition.after
ORDER BY e.key
LIMIT %(limit)s
