-- Have a debounced workflow wait on with other arguments (dbos 3.4.0 `_sys_db.py:debounce_delayed_workflow`). The row is locked and decided
-- upon.
UPDATE {dbos}.workflow_status AS w
SET
  delay_until_epoch_ms = %(delay_until)s::bigint
, updated_at = %(now_ms)s::bigint
, serialization = %(serialization)s::text
, inputs = %(inputs)s::text --! workflow_input
, application_name = %(application_name)s::text --? workflow_status.application_name
WHERE w.workflow_uuid = %(workflow_id)s::text
AND w.status = 'DELAYED'
