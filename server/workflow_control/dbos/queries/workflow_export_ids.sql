-- The workflow and, if asked for, its descendants to every depth, each with its parent.
WITH RECURSIVE tree (workflow_id, parent_id) AS (
    SELECT w.workflow_uuid, NULL::text FROM {dbos}.workflow_status AS w WHERE w.workflow_uuid = %(workflow_id)s
    UNION --? condition.children
    SELECT c.workflow_uuid, c.parent_workflow_id FROM tree AS t JOIN {dbos}.workflow_status AS c ON c.parent_workflow_id = t.workflow_id --? condition.children
)
SELECT
  t.workflow_id
, t.parent_id
FROM tree AS t
LIMIT %(limit)s
