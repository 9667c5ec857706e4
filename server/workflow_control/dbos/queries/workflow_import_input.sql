-- Write the inputs of imported workflows (dbos 3.0 and later), over those that a deleted workflow of the same id has left behind. They are
-- kept as long as if they were written now: by their own times they would be collected at once (dbos 3.2.0 `import_workflow`).
INSERT INTO {dbos}.workflow_input AS i (workflow_uuid, inputs, retention_timestamp)
SELECT
  r.workflow_uuid
, r.inputs
, %(now_ms)s::bigint
FROM unnest(%(workflow_uuid)s::text[], %(inputs)s::text[]) AS r (workflow_uuid, inputs)
ON CONFLICT (workflow_uuid) DO UPDATE
SET
  inputs = excluded.inputs
, retention_timestamp = excluded.retention_timestamp
