-- The columns of domain.records.StoredPayloads, in its order. From DBOS 3.0 on new rows have theirs in tables of their own, old rows keep
-- them where they were.
  w.serialization --? workflow_status.serialization
  NULL::text AS serialization --! workflow_status.serialization
, coalesce(i.inputs, w.inputs) AS inputs --? workflow_input
, w.inputs --! workflow_input
, coalesce(o.output, w.output) AS output --? workflow_output
, w.output --! workflow_output
, coalesce(o.error, w.error) AS error --? workflow_output
, w.error --! workflow_output
