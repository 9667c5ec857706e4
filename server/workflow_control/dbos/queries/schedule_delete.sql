-- Delete schedules, as DBOS does (dbos 3.4.0 `_sys_db.py:delete_schedule`).
DELETE FROM {dbos}.workflow_schedules AS s
WHERE s.schedule_name = ANY (%(schedule_names)s::text[])
