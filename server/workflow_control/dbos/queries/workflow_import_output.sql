-- Insert the outcomes of imported workflows that have one (dbos 3.0 and later).
INSERT INTO {dbos}.workflow_output (workflow_uuid, output, error, retention_timestamp)
SELECT
  r.workflow_uuid
, r.output
, r.error
, %(now_ms)s::bigint
FROM unnest(%(workflow_uuid)s::text[], %(output)s::text[], %(error)s::text[]) AS r (workflow_uuid, output, error)
WHERE r.output IS NOT NULL OR r.error IS NOT NULL
