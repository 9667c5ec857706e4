-- Where steps have no foreign key (dbos 3.0 and later), those of a deleted workflow may have outlived it: the fork must not replay them.
DELETE FROM {dbos}.operation_outputs AS s
WHERE s.workflow_uuid = ANY (%(workflow_ids)s::text[])
