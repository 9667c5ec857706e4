-- Insert schedules, as DBOS does (dbos 3.4.0 `_sys_db.py:create_schedule`). Who inserts one at the same time makes this fail, and be tried
-- again.
INSERT INTO {dbos}.workflow_schedules (
  schedule_id
, schedule_name
, workflow_name
, workflow_class_name
, schedule
, status
, context
, automatic_backfill --? workflow_schedules.automatic_backfill
, cron_timezone --? workflow_schedules.cron_timezone
, queue_name --? workflow_schedules.queue_name
, application_name --? workflow_schedules.application_name
)
SELECT
  n.schedule_id
, n.name
, n.workflow_name
, n.class_name
, n.cron
, n.status
, n.context
, n.automatic_backfill --? workflow_schedules.automatic_backfill
, n.time_zone --? workflow_schedules.cron_timezone
, n.queue_name --? workflow_schedules.queue_name
, n.application_name --? workflow_schedules.application_name
FROM unnest(
  %(schedule_id)s::text[]
, %(name)s::text[]
, %(workflow_name)s::text[]
, %(class_name)s::text[]
, %(cron)s::text[]
, %(status)s::text[]
, %(context)s::text[]
, %(automatic_backfill)s::boolean[]
, %(time_zone)s::text[]
, %(queue_name)s::text[]
, %(application_name)s::text[]
) AS n (
  schedule_id
, name
, workflow_name
, class_name
, cron
, status
, context
, automatic_backfill
, time_zone
, queue_name
, application_name
)
