-- A page of the messages to a workflow, oldest first, in the order of domain.communication.MessageRow. No key before DBOS 2.13 makes ids
-- unique: the row's place tells twins apart there, where no row is ever updated. Later ids are a key, and places move.
SELECT
  m.message_id
, m.topic
, m.created_at
, m.consumed
, m.consumed_by_step
, m.serialization
, m.message --? condition.texts
, NULL::text AS message --! condition.texts
, m.place::text
FROM (
    SELECT
      n.message_uuid AS message_id
    , n.topic
    , n.created_at_epoch_ms AS created_at
    , n.consumed --? notifications.consumed
    , FALSE AS consumed --! notifications.consumed
    , n.consumed_by_function_id AS consumed_by_step --? notifications.consumed_by_function_id
    , NULL::int AS consumed_by_step --! notifications.consumed_by_function_id
    , n.serialization --? notifications.serialization
    , NULL::text AS serialization --! notifications.serialization
    , n.message
    , n.ctid AS place
    FROM {dbos}.notifications AS n
    WHERE n.destination_uuid = %(workflow_id)s
) AS m
WHERE TRUE
AND m.topic = %(topic)s --? condition.topic
AND (m.topic IS NULL OR m.topic = %(topic)s) --? condition.no_topic
AND m.consumed = %(consumed)s --? condition.consumed
AND (m.created_at, m.message_id) > (%(after_created_at)s, %(after_message_id)s) --? condition.after
AND (m.created_at, m.message_id, m.place) > (%(after_created_at)s, %(after_message_id)s, %(after_place)s::tid) --? condition.after_place
ORDER BY m.created_at, m.message_id, m.place
LIMIT %(limit)s
