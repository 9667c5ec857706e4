-- The columns of a domain.schedules.ScheduleRow, in its order, of a row of `workflow_schedules` named s.
  s.schedule_id
, s.schedule_name
, s.workflow_name
, s.workflow_class_name
, s.schedule
, s.status
, s.context
, s.last_fired_at --? workflow_schedules.last_fired_at
, NULL::text AS last_fired_at --! workflow_schedules.last_fired_at
, s.automatic_backfill --? workflow_schedules.automatic_backfill
, FALSE AS automatic_backfill --! workflow_schedules.automatic_backfill
, s.cron_timezone --? workflow_schedules.cron_timezone
, NULL::text AS cron_timezone --! workflow_schedules.cron_timezone
, s.queue_name --? workflow_schedules.queue_name
, NULL::text AS queue_name --! workflow_schedules.queue_name
, s.application_name --? workflow_schedules.application_name
, NULL::text AS application_name --! workflow_schedules.application_name
