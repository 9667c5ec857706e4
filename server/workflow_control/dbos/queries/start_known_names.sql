-- Which names the newest workflows, and what is registered, know. The kinds are those of domain.new_workflows.NameKind.
WITH newest AS MATERIALIZED (
    SELECT
      w.name
    , w.queue_name
    , w.application_version
    , w.application_name --? workflow_status.application_name
    FROM {dbos}.workflow_status AS w
    ORDER BY w.created_at DESC
    LIMIT %(newest)s::int
)
SELECT
  n.kind
, n.name
FROM unnest(%(kinds)s::int[], %(names)s::text[]) AS n (kind, name)
WHERE CASE n.kind
    WHEN 1 THEN
        n.name IN (SELECT w.name FROM newest AS w)
    WHEN 2 THEN
        n.name IN (SELECT w.queue_name FROM newest AS w)
        OR n.name IN (SELECT q.name FROM {dbos}.queues AS q) --? queues
    WHEN 3 THEN
        n.name IN (SELECT w.application_version FROM newest AS w)
        OR n.name IN (SELECT v.version_name FROM {dbos}.application_versions AS v) --? application_versions
    WHEN 4 THEN
        FALSE
        OR n.name IN (SELECT w.application_name FROM newest AS w) --? workflow_status.application_name
        OR n.name IN (SELECT q.application_name FROM {dbos}.queues AS q) --? queues.application_name
        OR n.name IN (SELECT v.application_name FROM {dbos}.application_versions AS v) --? application_versions.application_name
END
