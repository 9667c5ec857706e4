-- Delete the operations that ended long ago, once they have no workflows any more.
DELETE FROM {control}.bulk_operation AS o
WHERE o.ended_at <= now() - %(retention)s::interval
AND NOT EXISTS (SELECT FROM {control}.bulk_operation_item AS i WHERE i.operation_id = o.operation_id)
