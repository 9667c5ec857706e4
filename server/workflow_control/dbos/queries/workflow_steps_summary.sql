-- Where forks may begin: the last step, the last that failed and the last of a name, for each source.
SELECT
  f.workflow_id
, max(s.function_id)
, max(s.function_id) FILTER (WHERE s.error IS NOT NULL)
, max(s.function_id) FILTER (WHERE s.function_name = f.step_name)
FROM unnest(%(workflow_ids)s::text[], %(step_names)s::text[]) AS f (workflow_id, step_name)
LEFT JOIN {dbos}.operation_outputs AS s ON s.workflow_uuid = f.workflow_id
GROUP BY f.workflow_id
