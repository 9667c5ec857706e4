-- Insert messages where their ids are not taken, and return those inserted. From DBOS 2.13 on the ids are unique; before, what keeps them
-- apart is the second look under the recipients' locks.
INSERT INTO {dbos}.notifications (
  destination_uuid
, topic
, message
, created_at_epoch_ms
, message_uuid
, serialization --? notifications.serialization
)
SELECT
  d.recipient_id
, m.topic
, m.message
, d.created_at
, d.message_id
, m.serialization --? notifications.serialization
FROM unnest(
  %(numbers)s::int[]
, %(recipient_ids)s::text[]
, %(message_ids)s::text[]
, %(created_at)s::bigint[]
) AS d (number, recipient_id, message_id, created_at)
JOIN unnest(%(topics)s::text[], %(messages)s::text[], %(serializations)s::text[])
    WITH ORDINALITY AS m (topic, message, serialization, number)
    ON m.number = d.number
WHERE NOT EXISTS (
    SELECT FROM {dbos}.notifications AS n WHERE n.destination_uuid = d.recipient_id AND n.message_uuid = d.message_id
)
ORDER BY d.message_id
ON CONFLICT DO NOTHING
RETURNING
  destination_uuid
, message_uuid
