-- A page of the journal, newest first; a condition's line is kept when the query has it. Of a workflow it has what bulk operations did too:
-- it is few. Without a workflow theirs would be most of the journal.
SELECT
{request_columns}
, NULL::bytea AS response
FROM {control}.request AS r
WHERE r.scope = %(scope)s --! condition.workflow_id
WHERE (r.scope = %(scope)s OR starts_with(r.scope, %(item_scopes)s)) --? condition.workflow_id
AND r.expires_at > now()
AND r.workflow_id = %(workflow_id)s --? condition.workflow_id
AND r.action = %(action)s --? condition.action
AND r.actor = %(actor)s --? condition.actor
AND r.created_at >= %(start)s --? condition.start
AND r.created_at < %(end)s --? condition.end
AND (r.created_at, r.request_key) < (%(after_executed_at)s, %(after_request_key)s) --? condition.after
ORDER BY r.created_at DESC, r.request_key DESC
LIMIT %(limit)s
