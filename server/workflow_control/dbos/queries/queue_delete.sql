-- Delete the registrations of queues, as DBOS does (dbos 3.4.0 `_sys_db.py:delete_queue`).
DELETE FROM {dbos}.queues AS q
WHERE q.name = ANY (%(queue_names)s::text[])
