-- Give another owner to what must move together (dbos 3.4.0 `_sys_db.py:rename_application`): a half-owned application would take work
-- whose version it cannot see. With `adopt_unclaimed` also to what nobody owns.
WITH queue AS (
    UPDATE {dbos}.queues AS q
    SET application_name = %(new_application_name)s::text
    WHERE q.application_name = %(application_name)s::text
    OR (%(adopt_unclaimed)s::boolean AND q.application_name IS NULL)
    RETURNING 1
)
, schedule AS (
    UPDATE {dbos}.workflow_schedules AS s
    SET application_name = %(new_application_name)s::text
    WHERE s.application_name = %(application_name)s::text
    OR (%(adopt_unclaimed)s::boolean AND s.application_name IS NULL)
    RETURNING 1
)
, version AS (
    UPDATE {dbos}.application_versions AS v
    SET application_name = %(new_application_name)s::text
    WHERE v.application_name = %(application_name)s::text
    OR (%(adopt_unclaimed)s::boolean AND v.application_name IS NULL)
    RETURNING 1
)
, workflow AS (
    UPDATE {dbos}.workflow_status AS w
    SET application_name = %(new_application_name)s::text
    WHERE (w.status IN ('ENQUEUED', 'PENDING') OR w.status = 'DELAYED')
    AND (
        w.application_name = %(application_name)s::text
        OR (%(adopt_unclaimed)s::boolean AND w.application_name IS NULL)
    )
    RETURNING 1
)
SELECT
  (SELECT count(*) FROM queue) AS queues
, (SELECT count(*) FROM schedule) AS schedules
, (SELECT count(*) FROM version) AS versions
, (SELECT count(*) FROM workflow) AS workflows
