-- How many rows were deleted and looked at, and the last one of the latter.
SELECT
  (SELECT count(*)::int FROM deleted)
, (SELECT count(*)::int FROM seen)
, (SELECT s.at FROM seen AS s ORDER BY s.at DESC, s.workflow_uuid DESC LIMIT 1)
, (SELECT s.workflow_uuid FROM seen AS s ORDER BY s.at DESC, s.workflow_uuid DESC LIMIT 1)
