-- Replace the inputs of a debounced workflow (dbos 3.0 and later); one that an older worker inserted has them in workflow_status still.
INSERT INTO {dbos}.workflow_input AS i (workflow_uuid, inputs)
VALUES (%(workflow_id)s::text, %(inputs)s::text)
ON CONFLICT (workflow_uuid) DO UPDATE SET inputs = excluded.inputs
