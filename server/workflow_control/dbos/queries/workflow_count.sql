-- How many workflows a filter selects.
SELECT count(*)
FROM {dbos}.workflow_status AS w
WHERE {workflow_conditions}
