"""What a server tells of itself that does not change while it runs: its limits, services and features.

A new limit that a caller may hit is one line in `Limits` of the contract, and one here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from workflow_control.domain import limits as domain
from workflow_control.rpc.convert_times import duration
from workflow_control.settings import Settings
from workflowcontrol.v1.server_control_pb2 import Feature, Limits

_MILLISECOND: Final = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class ServerFacts:
    """What `GetServerInfo` answers of the server itself."""

    version: str
    started: datetime
    limits: Limits
    services: Sequence[str]
    features: Sequence[Feature]


def features(settings: Settings, *, metrics: bool, tracing: bool) -> list[Feature]:
    """Return what is on and what is not."""
    enabled = {
        "reflection": settings.reflection,
        "metrics": metrics,
        "tracing": tracing,
        "prepared_statements": settings.prepared_statements,
        "shared_port": settings.processes > 1,
    }
    return [Feature(name=name, enabled=is_on) for name, is_on in enabled.items()]


def limits(settings: Settings) -> Limits:
    """Return what a caller may hit."""
    return Limits(
        max_request_key_bytes=domain.REQUEST_KEY_BYTES,
        max_name_bytes=domain.NAME_BYTES,
        max_request_bytes=settings.max_request_bytes,
        max_response_bytes=settings.max_response_bytes,
        max_page_size=domain.PAGE_SIZE_MAX,
        max_deadline=duration(settings.max_deadline),
        default_request_ttl=duration(settings.request_ttl),
        max_queued_mutations=settings.max_queued_mutations,
        max_watchers=settings.max_watchers,
        max_watched_workflows=settings.max_watched_workflows,
        max_selected_workflows=settings.max_selected_workflows,
        max_watched_filters=settings.max_watched_filters,
        max_watch_age=duration(settings.max_watch_age),
        max_reason_bytes=domain.REASON_BYTES,
        min_request_ttl=duration(domain.REQUEST_TTL_MIN),
        max_request_ttl=duration(domain.REQUEST_TTL_MAX),
        max_connections=settings.max_connections,
        max_concurrent_streams=settings.max_concurrent_streams,
        max_lock_wait=duration(settings.lock_timeout_ms * _MILLISECOND),
        max_statement_duration=duration(settings.statement_timeout_ms * _MILLISECOND),
        max_filter_values=domain.FILTER_VALUES_MAX,
        max_application_names=domain.APPLICATION_NAMES_MAX,
        max_started_workflows=domain.STARTED_WORKFLOWS_MAX,
        max_sent_messages=domain.MESSAGES_MAX,
        max_message_recipients=domain.SEND_RECIPIENTS_MAX,
        max_recovered_executors=domain.EXECUTORS_MAX,
        max_tree_workflows=domain.TREE_WORKFLOWS_MAX,
        max_tree_depth=domain.TREE_DEPTH_MAX,
        max_collected_workflows=domain.GARBAGE_WORKFLOWS_MAX,
        max_collected_rows=domain.COLLECTED_ROWS_MAX,
        max_kept_workflows=domain.KEEP_NEWEST_MAX,
        max_overdue_workflows=domain.OVERDUE_WORKFLOWS_MAX,
        max_applied_schedules=domain.APPLIED_SCHEDULES_MAX,
        max_schedule_context_bytes=domain.SCHEDULE_CONTEXT_BYTES,
        max_backfilled_runs=domain.BACKFILLED_RUNS_MAX,
        max_previewed_runs=domain.PREVIEWED_RUNS_MAX,
        max_bulk_workflow_ids=domain.BULK_WORKFLOW_IDS_MAX,
        max_bulk_per_second=domain.BULK_PER_SECOND_MAX,
    )
