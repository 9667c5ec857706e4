-- Change the priority of workflows that wait, as DBOS for TypeScript does (5.3.0 `system_database.js:setWorkflowPriority`).
UPDATE {dbos}.workflow_status AS w
SET
  priority = c.priority
, updated_at = %(now_ms)s::bigint
FROM unnest(%(workflow_ids)s::text[], %(priorities)s::int[]) AS c (workflow_id, priority)
WHERE w.workflow_uuid = c.workflow_id
AND coalesce(w.status, '') IN ('ENQUEUED', 'DELAYED')
