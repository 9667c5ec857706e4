-- Give schedules another definition or state, as DBOS does (dbos 3.4.0 `_sys_db.py:upsert_schedule`, `_set_schedule_status`). When one fired last
-- is its workers' to write.
UPDATE {dbos}.workflow_schedules AS s
SET
  schedule_id = n.schedule_id
, workflow_name = n.workflow_name
, workflow_class_name = n.class_name
, schedule = n.cron
, status = n.status
, context = n.context
, automatic_backfill = n.automatic_backfill --? workflow_schedules.automatic_backfill
, cron_timezone = n.time_zone --? workflow_schedules.cron_timezone
, queue_name = n.queue_name --? workflow_schedules.queue_name
, application_name = n.application_name --? workflow_schedules.application_name
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
WHERE s.schedule_name = n.name
