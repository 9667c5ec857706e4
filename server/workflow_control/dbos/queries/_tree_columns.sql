-- The columns of domain.trees.TreeRow, in its order; `w` is workflow_status.
  w.workflow_uuid
, w.status
, w.name
, w.queue_name
, w.parent_workflow_id
, w.forked_from
, w.created_at
, w.completed_at --? workflow_status.completed_at
, NULL::bigint AS completed_at --! workflow_status.completed_at
