-- The messages to workflows, oldest first: the workflow, then the columns of domain.exports.ExportedNotification.
SELECT
  n.destination_uuid
, n.message_uuid
, n.topic
, n.message
, n.serialization --? notifications.serialization
, NULL::text AS serialization --! notifications.serialization
, n.created_at_epoch_ms
, n.consumed --? notifications.consumed
, NULL::boolean AS consumed --! notifications.consumed
, n.consumed_by_function_id --? notifications.consumed_by_function_id
, NULL::int AS consumed_by_function_id --! notifications.consumed_by_function_id
FROM {dbos}.notifications AS n
WHERE n.destination_uuid = ANY (%(workflow_ids)s::text[])
ORDER BY n.destination_uuid, n.created_at_epoch_ms, n.message_uuid, n.ctid
