-- The descendants of a workflow, to every depth, without locks: for a preview.
WITH RECURSIVE tree (workflow_id) AS (
    SELECT c.workflow_uuid FROM {dbos}.workflow_status AS c WHERE c.parent_workflow_id = %(workflow_id)s
    UNION
    SELECT c.workflow_uuid FROM tree AS t JOIN {dbos}.workflow_status AS c ON c.parent_workflow_id = t.workflow_id
)
SELECT
  w.workflow_uuid
, w.status
FROM {dbos}.workflow_status AS w
WHERE w.workflow_uuid IN (SELECT t.workflow_id FROM tree AS t WHERE t.workflow_id <> %(workflow_id)s)
ORDER BY w.workflow_uuid
