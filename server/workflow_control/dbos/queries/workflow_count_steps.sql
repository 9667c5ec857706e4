-- How many steps a fork from some step would copy: for a preview.
SELECT count(*)
FROM {dbos}.operation_outputs AS s
WHERE s.workflow_uuid = %(workflow_id)s
AND s.function_id < %(before)s::int
