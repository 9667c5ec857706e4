-- What shows which runtime a new schedule is of: the contexts of the application's other schedules, and the formats of the newest workflows
-- of its name.
WITH newest AS MATERIALIZED (
    SELECT
      w.name
    , w.serialization --? workflow_status.serialization
    , NULL::text AS serialization --! workflow_status.serialization
    FROM {dbos}.workflow_status AS w
    ORDER BY w.created_at DESC
    LIMIT %(newest)s::int
)
(
    SELECT
      s.context
    , NULL::text AS serialization
    FROM {dbos}.workflow_schedules AS s
    WHERE s.schedule_name <> %(schedule_name)s::text
    AND s.application_name IS NOT DISTINCT FROM %(application_name)s::text --? workflow_schedules.application_name
    ORDER BY s.schedule_name
    LIMIT %(schedules)s::int
)
UNION ALL
SELECT DISTINCT
  NULL::text AS context
, w.serialization
FROM newest AS w
WHERE w.name = %(workflow_name)s::text
AND w.serialization IS NOT NULL
