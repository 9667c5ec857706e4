-- What an operation takes from the request that starts it, whose key this transaction has claimed; and whether an earlier one started it.
SELECT
  r.actor
, r.reason
, EXISTS (SELECT FROM {control}.bulk_operation AS o WHERE o.operation_id = %(operation_id)s) AS exists
FROM {control}.request AS r
WHERE r.scope = %(scope)s
AND r.request_key = %(request_key)s
