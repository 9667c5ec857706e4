-- Children and forks of some workflows, without those that are known, oldest first. They are found by index first and sorted then: asked
-- for the oldest few, Postgres might rather go through all workflows in the order of their creation.
WITH relative AS MATERIALIZED (
    SELECT NULL::text AS workflow_uuid, NULL::bigint AS created_at WHERE FALSE
    UNION SELECT w.workflow_uuid, w.created_at FROM {dbos}.workflow_status AS w WHERE w.parent_workflow_id = ANY (%(workflow_ids)s::text[]) --? condition.children
    UNION SELECT w.workflow_uuid, w.created_at FROM {dbos}.workflow_status AS w WHERE w.forked_from = ANY (%(workflow_ids)s::text[]) --? condition.forks
), nearest AS MATERIALIZED (
    SELECT r.workflow_uuid
    FROM relative AS r
    WHERE NOT EXISTS (SELECT FROM unnest(%(known_ids)s::text[]) AS k (id) WHERE k.id = r.workflow_uuid)
    ORDER BY r.created_at, r.workflow_uuid
    LIMIT %(limit)s
)
SELECT
{tree_columns}
FROM nearest AS n
JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = n.workflow_uuid
ORDER BY w.created_at, w.workflow_uuid
