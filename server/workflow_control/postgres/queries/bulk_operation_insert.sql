-- Write a new operation. How long the keys of its workflows are honoured is said by its own.
INSERT INTO {control}.bulk_operation (
  operation_id
, scope
, request_key
, action
, definition
, by_filter
, max_workflows
, max_per_second
, actor
, reason
, item_ttl
, state
, created_before
, selection_complete
, found_count
, created_at
, updated_at
)
SELECT
  %(operation_id)s
, r.scope
, r.request_key
, %(action)s
, %(definition)s::bytea
, %(by_filter)s::boolean
, %(max_workflows)s::bigint
, %(max_per_second)s::integer
, r.actor
, r.reason
, r.expires_at - r.created_at
, %(state)s
, %(created_before)s::bigint
, %(selection_complete)s::boolean
, %(found_count)s::bigint
, %(created_at)s::timestamptz
, %(created_at)s::timestamptz
FROM {control}.request AS r
WHERE r.scope = %(scope)s
AND r.request_key = %(request_key)s
