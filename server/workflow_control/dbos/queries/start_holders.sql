-- The workflows that hold deduplication ids: whatever their state, since that is what the unique key counts.
SELECT
{workflow_columns}
FROM unnest(%(queue_names)s::text[], %(deduplication_ids)s::text[]) AS h (queue_name, deduplication_id)
JOIN {dbos}.workflow_status AS w ON w.queue_name = h.queue_name AND w.deduplication_id = h.deduplication_id
