"""What reads ask for: filters, orders and the places where a page goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, NamedTuple

from workflow_control.domain.capabilities import Capability


@dataclass(frozen=True, slots=True)
class MillisecondRange:
    """A half-open range of DBOS's times, in milliseconds since the epoch; None: unbounded."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class WorkflowFilter:
    """Which workflows a read selects: all conditions ANDed, the values of one ORed; empty or None: no condition."""

    workflow_ids: tuple[str, ...] = ()
    workflow_id_prefixes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()
    config_names: tuple[str, ...] = ()
    queue_names: tuple[str, ...] = ()
    application_versions: tuple[str, ...] = ()
    application_names: tuple[str, ...] = ()
    executor_ids: tuple[str, ...] = ()
    authenticated_users: tuple[str, ...] = ()
    schedule_names: tuple[str, ...] = ()
    deduplication_ids: tuple[str, ...] = ()
    parent_workflow_ids: tuple[str, ...] = ()
    forked_from: tuple[str, ...] = ()
    has_parent: bool | None = None
    is_fork: bool | None = None
    was_forked_from: bool | None = None
    queued_only: bool = False
    attributes: Mapping[str, Any] | None = None
    created: MillisecondRange | None = None
    started: MillisecondRange | None = None
    completed: MillisecondRange | None = None


_NEEDS: Final[Mapping[str, Capability]] = {
    "application_names": Capability.APPLICATION_NAME,
    "schedule_names": Capability.SCHEDULE_NAME,
    "was_forked_from": Capability.WAS_FORKED_FROM,
    "attributes": Capability.ATTRIBUTES,
    "completed": Capability.COMPLETED_AT,
}


def conditions_in(selection: WorkflowFilter) -> Iterator[tuple[str, Any]]:
    """Yield the conditions that a filter has: the names of its fields, and their values."""
    for field in fields(WorkflowFilter):
        value = getattr(selection, field.name)
        if not (value is None or value == () or (value is False and field.name == "queued_only")):
            yield field.name, value


def needed_capabilities(selection: WorkflowFilter) -> Iterator[Capability]:
    """Yield what the installed DBOS schema must have for a filter."""
    for name, _ in conditions_in(selection):
        if name in _NEEDS:
            yield _NEEDS[name]


class WorkflowCursor(NamedTuple):
    """The last workflow of a page."""

    created_at: int
    workflow_id: str


@dataclass(frozen=True, slots=True)
class WorkflowQuery:
    """A page of workflows by (created_at, workflow_id)."""

    filter: WorkflowFilter
    limit: int
    descending: bool = True
    after: WorkflowCursor | None = None
    payloads: bool = False


class RequestCursor(NamedTuple):
    """The last request of a page."""

    executed_at: datetime
    request_key: str


@dataclass(frozen=True, slots=True)
class RequestQuery:
    """A page of the journal, newest first; None: no condition."""

    scope: str
    limit: int
    workflow_id: str | None = None
    action: str | None = None
    actor: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    after: RequestCursor | None = None
