-- Which ids of messages are taken.
SELECT n.message_uuid
FROM {dbos}.notifications AS n
WHERE n.message_uuid = ANY (%(message_ids)s::text[])
