-- The streams of workflows: the workflow, then the columns of domain.exports.ExportedStreamEntry. `offset` is a reserved word: unquoted,
-- this is a syntax error.
SELECT
  t.workflow_uuid
, t.key
, t."offset"
, t.value
, t.serialization --? streams.serialization
, NULL::text AS serialization --! streams.serialization
, t.function_id
FROM {dbos}.streams AS t
WHERE t.workflow_uuid = ANY (%(workflow_ids)s::text[])
ORDER BY t.workflow_uuid, t.key, t."offset"
