-- Delete workflows and what belongs to them, in every table (dbos 3.4.0 `_sys_db.py:_delete_workflows`). Payloads and steps have no foreign
-- key from DBOS 3.0 on, and would replay in a workflow that gets the id; the others have one so far, but need not in every database.
WITH steps AS (DELETE FROM {dbos}.operation_outputs AS s WHERE s.workflow_uuid = ANY (%(workflow_ids)s::text[]))
, inputs AS (DELETE FROM {dbos}.workflow_input AS i WHERE i.workflow_uuid = ANY (%(workflow_ids)s::text[])) --? workflow_input
, outputs AS (DELETE FROM {dbos}.workflow_output AS o WHERE o.workflow_uuid = ANY (%(workflow_ids)s::text[])) --? workflow_output
, transactions AS (DELETE FROM {dbos}.transaction_outputs AS x WHERE x.workflow_uuid = ANY (%(workflow_ids)s::text[])) --? transaction_outputs
, messages AS (DELETE FROM {dbos}.notifications AS n WHERE n.destination_uuid = ANY (%(workflow_ids)s::text[]))
, events AS (DELETE FROM {dbos}.workflow_events AS e WHERE e.workflow_uuid = ANY (%(workflow_ids)s::text[]))
, event_history AS (DELETE FROM {dbos}.workflow_events_history AS h WHERE h.workflow_uuid = ANY (%(workflow_ids)s::text[]))
, entries AS (DELETE FROM {dbos}.streams AS t WHERE t.workflow_uuid = ANY (%(workflow_ids)s::text[]))
DELETE FROM {dbos}.workflow_status AS w
WHERE w.workflow_uuid = ANY (%(workflow_ids)s::text[])
