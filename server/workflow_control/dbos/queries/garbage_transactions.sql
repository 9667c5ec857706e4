-- Delete rows of before a time whose workflow is gone (dbos 2.11.0 `_app_db.py:garbage_collect`), of no more than some that are
-- looked at.
WITH seen AS MATERIALIZED (
    SELECT
      p.ctid AS place
    , p.workflow_uuid
    , p.created_at AS at
    FROM {dbos}.transaction_outputs AS p
    WHERE p.created_at < %(cutoff)s::bigint
    AND (p.created_at, p.workflow_uuid) > (%(after)s::bigint, %(after_id)s::text)
    ORDER BY p.created_at, p.workflow_uuid
    LIMIT %(looked_at)s::int
)
, deleted AS (
    DELETE FROM {dbos}.transaction_outputs AS d
    WHERE d.ctid = ANY (ARRAY({orphan_places}))
    RETURNING 1
)
{orphan_summary}
