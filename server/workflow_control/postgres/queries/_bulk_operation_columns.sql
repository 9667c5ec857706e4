-- The columns of domain.bulk.BulkOperationRow, in its order.
  o.operation_id
, o.scope
, o.request_key
, o.action
, o.definition
, o.by_filter
, o.max_workflows
, o.max_per_second
, o.actor
, o.reason
, o.state
, o.selection_complete
, o.found_count
, o.applied_count
, o.unchanged_count
, o.failed_count
, o.created_at
, o.updated_at
, o.ended_at
