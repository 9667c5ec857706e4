-- Give another owner to some of the recorded steps, by their place, since a workflow may have any number of them.
WITH moved AS (
    UPDATE {dbos}.operation_outputs AS s
    SET application_name = %(new_application_name)s::text
    WHERE s.ctid = ANY (ARRAY(
        SELECT o.ctid
        FROM {dbos}.operation_outputs AS o
        WHERE o.application_name = %(application_name)s::text
        OR (%(adopt_unclaimed)s::boolean AND o.application_name IS NULL)
        LIMIT %(limit)s::int
        FOR NO KEY UPDATE OF o
    ))
    RETURNING 1
)
SELECT count(*) AS steps
FROM moved
