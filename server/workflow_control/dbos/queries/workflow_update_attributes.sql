-- Replace the attributes of workflows, or merge others into them, as DBOS does (dbos 3.4.0 `_sys_db.py:update_workflow_attributes`): what is
-- no object counts as an empty one there.
UPDATE {dbos}.workflow_status AS w
SET
  attributes = CASE
    WHEN NOT c.merge THEN c.attributes
    WHEN jsonb_typeof(w.attributes) = 'object' THEN w.attributes || c.attributes
    ELSE c.attributes
  END
, updated_at = %(now_ms)s::bigint
FROM unnest(%(workflow_ids)s::text[], %(attributes)s::jsonb[], %(merges)s::bool[]) AS c (workflow_id, attributes, merge)
WHERE w.workflow_uuid = c.workflow_id
