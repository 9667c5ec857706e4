"""A workflow with everything that belongs to it, as DBOS's tables have it: what an export reads and an import writes.

The fields are named after DBOS's columns. Times are milliseconds since the Unix epoch, texts are exact, None is SQL's
NULL or a column that the schema lacks. Left out, as by DBOS's own export, is what means something in its own database
only: `owner_xid`, `creator_xid`, `retention_timestamp`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from workflow_control.domain.errors import ResponseTooLarge


class ExportedStatus(NamedTuple):
    """A row of `workflow_status`, with its payloads, in whichever table the database keeps those."""

    workflow_uuid: str
    status: str | None
    name: str | None
    class_name: str | None
    config_name: str | None
    authenticated_user: str | None
    assumed_role: str | None
    authenticated_roles: str | None
    request: str | None
    inputs: str | None
    output: str | None
    error: str | None
    serialization: str | None
    executor_id: str | None
    created_at: int
    updated_at: int
    application_version: str | None
    application_id: str | None
    recovery_attempts: int | None
    queue_name: str | None
    workflow_timeout_ms: int | None
    workflow_deadline_epoch_ms: int | None
    started_at_epoch_ms: int | None
    deduplication_id: str | None
    priority: int
    queue_partition_key: str | None
    forked_from: str | None
    parent_workflow_id: str | None
    delay_until_epoch_ms: int | None
    was_forked_from: bool | None
    rate_limited: bool | None
    completed_at: int | None
    attributes: str | None
    """The JSON as text."""
    schedule_name: str | None
    debounce_deadline_epoch_ms: int | None
    is_debounced: bool | None
    application_name: str | None


class ExportedOperationOutput(NamedTuple):
    """A row of `operation_outputs`."""

    function_id: int
    function_name: str
    output: str | None
    error: str | None
    serialization: str | None
    child_workflow_id: str | None
    started_at_epoch_ms: int | None
    completed_at_epoch_ms: int | None
    application_name: str | None


class ExportedEvent(NamedTuple):
    """A row of `workflow_events`."""

    key: str
    value: str
    serialization: str | None


class ExportedEventHistory(NamedTuple):
    """A row of `workflow_events_history`."""

    function_id: int
    key: str
    value: str
    serialization: str | None


class ExportedStreamEntry(NamedTuple):
    """A row of `streams`."""

    key: str
    offset: int
    value: str
    serialization: str | None
    function_id: int


class ExportedNotification(NamedTuple):
    """A row of `notifications`."""

    message_uuid: str
    topic: str | None
    message: str
    serialization: str | None
    created_at_epoch_ms: int
    consumed: bool | None
    consumed_by_function_id: int | None


@dataclass(frozen=True, slots=True)
class ExportedWorkflow:
    """One workflow, without its descendants: each of them is one of its own."""

    workflow_status: ExportedStatus
    operation_outputs: tuple[ExportedOperationOutput, ...] = ()
    """By step."""
    workflow_events: tuple[ExportedEvent, ...] = ()
    """By key."""
    workflow_events_history: tuple[ExportedEventHistory, ...] = ()
    """By step and key."""
    streams: tuple[ExportedStreamEntry, ...] = ()
    """By key and offset."""
    notifications: tuple[ExportedNotification, ...] = ()
    """Oldest first; none where they were not asked for."""


@dataclass(frozen=True, slots=True)
class ExportQuery:
    """What to export, and how many bytes of it at most."""

    workflow_id: str
    children: bool
    messages: bool
    max_bytes: int


def export_too_large(query: ExportQuery, size: int) -> ResponseTooLarge:
    """Return the error that says what to leave out."""
    left_out = [
        name for name, asked in (("include_children", query.children), ("include_messages", query.messages)) if asked
    ]
    advice = (
        f"Export without {' and '.join(left_out)}."
        if left_out
        else "Raise the server's WORKFLOW_CONTROL_MAX_RESPONSE_BYTES, or read it by its lists and streams."
    )
    return ResponseTooLarge(query.workflow_id, size, query.max_bytes, advice)
