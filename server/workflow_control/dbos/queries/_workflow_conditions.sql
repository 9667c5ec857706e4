-- The conditions of a domain.queries.WorkflowQuery; each line is kept when the query has that condition. Row-wise comparison lets a page
-- begin inside the index on created_at, however deep it is. States are literals where they can be: DBOS's indexes on them are partial, and
-- a plan for any parameter could not use those. For the same reason queued_only has an OR: there is an index for each of its sides.
TRUE
AND w.workflow_uuid = ANY (%(workflow_ids)s::text[]) --? condition.workflow_ids
AND EXISTS (SELECT FROM unnest(%(workflow_id_prefixes)s::text[]) AS p (prefix) WHERE starts_with(w.workflow_uuid, p.prefix)) --? condition.workflow_id_prefixes
AND w.status = ANY (%(statuses)s::text[]) --? condition.statuses
AND w.status = 'PENDING' --? condition.status_pending
AND w.status = 'ENQUEUED' --? condition.status_enqueued
AND w.status = 'DELAYED' --? condition.status_delayed
AND w.status = 'SUCCESS' --? condition.status_success
AND w.status = 'ERROR' --? condition.status_error
AND w.status = 'CANCELLED' --? condition.status_cancelled
AND w.status = 'MAX_RECOVERY_ATTEMPTS_EXCEEDED' --? condition.status_max_recovery_attempts_exceeded
AND w.name = ANY (%(names)s::text[]) --? condition.names
AND w.class_name = ANY (%(class_names)s::text[]) --? condition.class_names
AND w.config_name = ANY (%(config_names)s::text[]) --? condition.config_names
AND w.queue_name = ANY (%(queue_names)s::text[]) --? condition.queue_names
AND w.application_version = ANY (%(application_versions)s::text[]) --? condition.application_versions
AND w.application_name = ANY (%(application_names)s::text[]) --? condition.application_names
AND w.executor_id = ANY (%(executor_ids)s::text[]) --? condition.executor_ids
AND w.authenticated_user = ANY (%(authenticated_users)s::text[]) --? condition.authenticated_users
AND w.schedule_name = ANY (%(schedule_names)s::text[]) --? condition.schedule_names
AND w.deduplication_id = ANY (%(deduplication_ids)s::text[]) --? condition.deduplication_ids
AND w.parent_workflow_id = ANY (%(parent_workflow_ids)s::text[]) --? condition.parent_workflow_ids
AND w.forked_from = ANY (%(forked_from)s::text[]) --? condition.forked_from
AND w.parent_workflow_id IS NOT NULL --? condition.has_parent
AND w.parent_workflow_id IS NULL --? condition.has_no_parent
AND w.forked_from IS NOT NULL --? condition.is_fork
AND w.forked_from IS NULL --? condition.is_no_fork
AND w.was_forked_from --? condition.was_forked_from
AND NOT w.was_forked_from --? condition.was_not_forked_from
AND w.queue_name IS NOT NULL AND (w.status IN ('PENDING', 'ENQUEUED') OR w.status = 'DELAYED') --? condition.queued_only
AND w.attributes @> %(attributes)s::jsonb --? condition.attributes
AND w.created_at >= %(created_start)s::bigint --? condition.created_start
AND w.created_at < %(created_end)s::bigint --? condition.created_end
AND w.started_at_epoch_ms >= %(started_start)s::bigint --? condition.started_start
AND w.started_at_epoch_ms < %(started_end)s::bigint --? condition.started_end
AND w.completed_at >= %(completed_start)s::bigint --? condition.completed_start
AND w.completed_at < %(completed_end)s::bigint --? condition.completed_end
AND (w.created_at, w.workflow_uuid) > (%(after_created_at)s::bigint, %(after_workflow_id)s::text) --? condition.after_ascending
AND (w.created_at, w.workflow_uuid) < (%(after_created_at)s::bigint, %(after_workflow_id)s::text) --? condition.after_descending
