-- How many operations are in each state, and how many workflows of those that go on have no outcome yet; for the metrics.
SELECT
  o.state
, count(*) AS operations
, coalesce(sum(o.found_count - o.applied_count - o.unchanged_count - o.failed_count), 0)::bigint AS pending
FROM {control}.bulk_operation AS o
GROUP BY o.state
