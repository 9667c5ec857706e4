-- Open the streams again that were closed at the start step or later. Their entries stay: readers may have them already.
DELETE FROM {dbos}.streams AS s
USING unnest(%(workflow_ids)s::text[], %(start_steps)s::int[]) AS c (workflow_id, start_step)
WHERE s.workflow_uuid = c.workflow_id
AND s.function_id >= c.start_step
AND s.value = ANY (%(closing_texts)s::text[])
