-- Insert the inboxes of imported workflows.
INSERT INTO {dbos}.notifications (
  destination_uuid
, message_uuid
, topic
, message
, serialization --? notifications.serialization
, created_at_epoch_ms
, consumed --? notifications.consumed
, consumed_by_function_id --? notifications.consumed_by_function_id
)
SELECT
  r.destination_uuid
, r.message_uuid
, r.topic
, r.message
, r.serialization --? notifications.serialization
, r.created_at_epoch_ms
, coalesce(r.consumed, FALSE) --? notifications.consumed
, r.consumed_by_function_id --? notifications.consumed_by_function_id
FROM unnest(
  %(destination_uuid)s::text[]
, %(message_uuid)s::text[]
, %(topic)s::text[]
, %(message)s::text[]
, %(serialization)s::text[] --? notifications.serialization
, %(created_at_epoch_ms)s::bigint[]
, %(consumed)s::bool[] --? notifications.consumed
, %(consumed_by_function_id)s::int[] --? notifications.consumed_by_function_id
) AS r (
  destination_uuid
, message_uuid
, topic
, message
, serialization --? notifications.serialization
, created_at_epoch_ms
, consumed --? notifications.consumed
, consumed_by_function_id --? notifications.consumed_by_function_id
)
