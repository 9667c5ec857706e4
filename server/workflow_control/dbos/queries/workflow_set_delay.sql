-- Change from when on delayed workflows may be taken, as DBOS does (dbos 3.4.0 `_sys_db.py:set_workflow_delay`).
UPDATE {dbos}.workflow_status AS w
SET
  delay_until_epoch_ms = c.delay_until
, updated_at = %(now_ms)s::bigint
FROM unnest(%(workflow_ids)s::text[], %(delays_until)s::bigint[]) AS c (workflow_id, delay_until)
WHERE w.workflow_uuid = c.workflow_id
AND coalesce(w.status, '') IN ('DELAYED')
