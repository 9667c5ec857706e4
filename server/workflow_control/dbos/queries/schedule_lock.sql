-- Lock schedules, in one order; the table exists from dbos 2.13 on.
SELECT
{schedule_columns}
FROM {dbos}.workflow_schedules AS s
WHERE s.schedule_name = ANY (%(schedule_names)s::text[])
ORDER BY s.schedule_name COLLATE "C"
FOR UPDATE OF s
