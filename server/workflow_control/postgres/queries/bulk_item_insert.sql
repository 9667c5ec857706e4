-- Write the workflows that an operation names, in their order.
INSERT INTO {control}.bulk_operation_item (operation_id, number, workflow_id)
SELECT
  %(operation_id)s
, w.number
, w.workflow_id
FROM unnest(%(workflow_ids)s::text[]) WITH ORDINALITY AS w (workflow_id, number)
