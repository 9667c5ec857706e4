"""The tables and columns of DBOS that this release knows: those of 2.11.0 to 3.4.0, in whichever language.

A database that has more still works; `GetServerInfo` names what is unknown.
"""

from __future__ import annotations

from typing import Final

_TABLES: Final = {
    "application_versions": "version_id version_name version_timestamp created_at application_name",
    "dbos_migrations": "version",
    "event_dispatch_kv": "service_name workflow_fn_name key value update_seq update_time",
    "notifications": (
        "message_uuid destination_uuid topic message created_at_epoch_ms serialization consumed consumed_by_function_id"
    ),
    "operation_outputs": (
        "workflow_uuid function_id function_name output error child_workflow_id started_at_epoch_ms"
        " completed_at_epoch_ms serialization application_name retention_timestamp"
    ),
    "queues": (
        "queue_id name concurrency worker_concurrency rate_limit_max rate_limit_period_sec priority_enabled"
        " partition_queue polling_interval_sec created_at updated_at application_name partition_concurrency"
        " partition_worker_concurrency partition_rate_limit_max partition_rate_limit_period_sec"
    ),
    # Left behind by early releases of DBOS for TypeScript, whose later ones keep all this in `workflow_status`.
    "scheduler_state": "workflow_fn_name last_run_time",
    "streams": "workflow_uuid key value offset function_id serialization",
    # Of DBOS 2, and here only where an application's own database is the same.
    "transaction_outputs": (
        "workflow_uuid function_id output error txn_id txn_snapshot executor_id function_name created_at"
    ),
    "workflow_events": "workflow_uuid key value serialization",
    "workflow_events_history": "workflow_uuid function_id key value serialization",
    "workflow_input": "workflow_uuid inputs retention_timestamp",
    "workflow_inputs": "workflow_uuid inputs",
    "workflow_output": "workflow_uuid output error retention_timestamp",
    "workflow_queue": (
        "queue_name workflow_uuid created_at_epoch_ms started_at_epoch_ms completed_at_epoch_ms executor_id"
        " deduplication_id priority"
    ),
    "workflow_schedules": (
        "schedule_id schedule_name workflow_name workflow_class_name schedule status context last_fired_at"
        " automatic_backfill cron_timezone queue_name application_name"
    ),
    "workflow_status": (
        "workflow_uuid status name authenticated_user assumed_role authenticated_roles request output error executor_id"
        " created_at updated_at application_version application_id class_name config_name recovery_attempts queue_name"
        " workflow_timeout_ms workflow_deadline_epoch_ms inputs started_at_epoch_ms deduplication_id priority"
        " queue_partition_key forked_from owner_xid parent_workflow_id serialization delay_until_epoch_ms"
        " was_forked_from rate_limited completed_at attributes schedule_name debounce_deadline_epoch_ms is_debounced"
        " application_name creator_xid"
    ),
}

KNOWN_COLUMNS: Final = frozenset(_TABLES) | {
    f"{table}.{column}" for table, columns in _TABLES.items() for column in columns.split()
}
"""Every known table, and every known column as `table.column`."""
