-- Count workflows from the newest on, up to a number; return the time of the oldest of them (dbos 2.11.0 and 3.2.0
-- `_sys_db.py:garbage_collect`), by their completion where they are collected by it.
SELECT
  count(*)
, min(n.at)
FROM (
    SELECT w.created_at AS at --! condition.by_completion
    SELECT w.completed_at AS at --? condition.by_completion
    FROM {dbos}.workflow_status AS w
    WHERE w.completed_at IS NOT NULL --? condition.by_completion
    ORDER BY w.created_at DESC --! condition.by_completion
    ORDER BY w.completed_at DESC --? condition.by_completion
    LIMIT %(keep)s::int
) AS n
