-- Whether row `h` of history or stream was written before the start step. Rows of before DBOS 2.5 all have function_id 0: where steps count
-- from 1 (Python) a fork from step 1 is one from the beginning, and must not take them.
  h.function_id < f.start_step
AND (
    f.start_step > 1
    OR EXISTS (SELECT FROM {dbos}.operation_outputs AS s WHERE s.workflow_uuid = f.source_id AND s.function_id = 0)
)
