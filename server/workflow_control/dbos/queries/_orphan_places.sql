-- The places of those rows of `seen` whose workflow is gone.
SELECT s.place
FROM seen AS s
WHERE NOT EXISTS (SELECT FROM {dbos}.workflow_status AS w WHERE w.workflow_uuid = s.workflow_uuid)
