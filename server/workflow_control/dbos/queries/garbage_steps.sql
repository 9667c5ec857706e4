-- Delete rows of before a time whose workflow is gone (dbos 3.2.0 `_sys_db.py:garbage_collect_payloads`), of no more than some that are
-- looked at.
WITH seen AS MATERIALIZED (
    SELECT
      p.ctid AS place
    , p.workflow_uuid
    , p.retention_timestamp AS at
    FROM {dbos}.operation_outputs AS p
    WHERE p.retention_timestamp < %(cutoff)s::bigint
    AND (p.retention_timestamp, p.workflow_uuid) > (%(after)s::bigint, %(after_id)s::text)
    ORDER BY p.retention_timestamp, p.workflow_uuid
    LIMIT %(looked_at)s::int
)
, deleted AS (
    DELETE FROM {dbos}.operation_outputs AS d
    WHERE d.ctid = ANY (ARRAY({orphan_places}))
    RETURNING 1
)
{orphan_summary}
