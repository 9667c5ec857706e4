-- Which of some workflows have children or forks beside those that are known.
SELECT NULL::text WHERE FALSE
UNION SELECT f.id FROM unnest(%(workflow_ids)s::text[]) AS f (id) CROSS JOIN LATERAL (SELECT FROM {dbos}.workflow_status AS w WHERE w.parent_workflow_id = f.id AND w.workflow_uuid <> ALL (%(known_ids)s::text[]) LIMIT 1) AS more --? condition.children
UNION SELECT f.id FROM unnest(%(workflow_ids)s::text[]) AS f (id) CROSS JOIN LATERAL (SELECT FROM {dbos}.workflow_status AS w WHERE w.forked_from = f.id AND w.workflow_uuid <> ALL (%(known_ids)s::text[]) LIMIT 1) AS more --? condition.forks
