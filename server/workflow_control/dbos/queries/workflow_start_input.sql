-- Write the inputs of workflows (dbos 3.0 and later), over those that a deleted workflow of the same id has left behind.
INSERT INTO {dbos}.workflow_input AS i (workflow_uuid, inputs)
SELECT
  n.workflow_id
, n.inputs
FROM unnest(%(workflow_ids)s::text[], %(inputs)s::text[]) AS n (workflow_id, inputs)
ON CONFLICT (workflow_uuid) DO UPDATE SET inputs = excluded.inputs
