-- Write the inputs of new workflows (dbos 3.0 and later). What a deleted workflow of the same id has left behind, since nothing refers to it
-- there, must not become the new one's: its inputs are overwritten, its outcome and its steps go.
WITH outputs AS (
    DELETE FROM {dbos}.workflow_output AS o
    WHERE o.workflow_uuid = ANY (%(workflow_ids)s::text[])
)
, steps AS (
    DELETE FROM {dbos}.operation_outputs AS s
    WHERE s.workflow_uuid = ANY (%(workflow_ids)s::text[])
)
INSERT INTO {dbos}.workflow_input AS i (workflow_uuid, inputs)
SELECT
  n.workflow_id
, n.inputs
FROM unnest(%(workflow_ids)s::text[], %(inputs)s::text[]) AS n (workflow_id, inputs)
ON CONFLICT (workflow_uuid) DO UPDATE SET inputs = excluded.inputs
