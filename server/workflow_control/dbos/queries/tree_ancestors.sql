-- A workflow, its parent, its parent's parent, and so on, nearest first. The distance ends a cycle, which no constraint of DBOS's forbids.
WITH RECURSIVE chain (workflow_id, distance) AS (
    SELECT %(workflow_id)s::text, 0
    UNION ALL
    SELECT w.parent_workflow_id, c.distance + 1
    FROM chain AS c
    JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = c.workflow_id
    WHERE c.distance < %(max_distance)s::int
)
SELECT
{tree_columns}
FROM chain AS c
JOIN {dbos}.workflow_status AS w ON w.workflow_uuid = c.workflow_id
ORDER BY c.distance
