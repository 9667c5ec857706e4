-- Copy the inputs (dbos 3.0 and later); a source of an older release has its own still in workflow_status.
INSERT INTO {dbos}.workflow_input AS n (workflow_uuid, inputs)
SELECT
  f.workflow_id
, coalesce(i.inputs, w.inputs)
FROM unnest(%(workflow_ids)s::text[], %(source_ids)s::text[]) AS f (workflow_id, source_id)
JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = f.source_id
LEFT JOIN {dbos}.workflow_input AS i ON i.workflow_uuid = f.source_id
ON CONFLICT (workflow_uuid) DO UPDATE SET inputs = excluded.inputs
