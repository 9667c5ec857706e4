-- Copy the steps below the start step, with replaced children, and count them.
WITH copied AS (
    INSERT INTO {dbos}.operation_outputs (
      workflow_uuid
    , function_id
    , function_name
    , output
    , error
    , child_workflow_id
    , started_at_epoch_ms
    , completed_at_epoch_ms
    , serialization --? operation_outputs.serialization
    , application_name --? operation_outputs.application_name
    )
    SELECT
      f.workflow_id
    , s.function_id
    , s.function_name
    , s.output
    , s.error
    , coalesce(r.new_child_id, s.child_workflow_id)
    , s.started_at_epoch_ms
    , s.completed_at_epoch_ms
    , s.serialization --? operation_outputs.serialization
    , n.application_name --? operation_outputs.application_name
    FROM unnest(%(workflow_ids)s::text[], %(source_ids)s::text[], %(start_steps)s::int[]) AS f (workflow_id, source_id, start_step)
    JOIN {dbos}.workflow_status AS n ON n.workflow_uuid = f.workflow_id
    JOIN {dbos}.operation_outputs AS s ON s.workflow_uuid = f.source_id AND s.function_id < f.start_step
    LEFT JOIN unnest(%(replaced_in)s::text[], %(old_child_ids)s::text[], %(new_child_ids)s::text[])
        AS r (workflow_id, old_child_id, new_child_id)
        ON r.workflow_id = f.workflow_id AND r.old_child_id = s.child_workflow_id
    RETURNING workflow_uuid
)
SELECT
  c.workflow_uuid
, count(*)
FROM copied AS c
GROUP BY c.workflow_uuid
