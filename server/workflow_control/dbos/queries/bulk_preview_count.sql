-- How many workflows a bulk operation would be applied to, as far as it is worth counting.
SELECT count(*)
FROM (
    SELECT
    FROM {dbos}.workflow_status AS w
    WHERE {workflow_conditions}
    LIMIT %(limit)s
) AS counted
