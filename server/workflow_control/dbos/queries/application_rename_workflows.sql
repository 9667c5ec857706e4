-- Give another owner to some of the workflows that are left after application_rename: those that have ended.
WITH moved AS (
    UPDATE {dbos}.workflow_status AS w
    SET application_name = %(new_application_name)s::text
    WHERE w.workflow_uuid = ANY (ARRAY(
        SELECT o.workflow_uuid
        FROM {dbos}.workflow_status AS o
        WHERE o.application_name = %(application_name)s::text
        OR (%(adopt_unclaimed)s::boolean AND o.application_name IS NULL)
        LIMIT %(limit)s::int
        FOR NO KEY UPDATE OF o
    ))
    RETURNING 1
)
SELECT count(*) AS workflows
FROM moved
