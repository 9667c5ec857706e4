-- A page of schedules, by name (dbos 3.4.0 `_sys_db.py:list_schedules`), and when it was read.
SELECT
{schedule_columns}
, clock_timestamp() AS now
FROM {dbos}.workflow_schedules AS s
WHERE TRUE
AND s.schedule_name = ANY (%(names)s::text[]) --? condition.names
AND EXISTS (SELECT 1 FROM unnest(%(name_prefixes)s::text[]) AS p (prefix) WHERE starts_with(s.schedule_name, p.prefix)) --? condition.name_prefixes
AND s.status = ANY (%(statuses)s::text[]) --? condition.statuses
AND s.workflow_name = ANY (%(workflow_names)s::text[]) --? condition.workflow_names
AND (s.application_name = ANY (%(application_names)s::text[]) OR s.application_name IS NULL) --? condition.application_names
AND s.schedule_name COLLATE "C" > %(after)s::text COLLATE "C" --? condition.after
ORDER BY s.schedule_name COLLATE "C"
LIMIT %(limit)s::int
