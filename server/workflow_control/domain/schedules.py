"""Schedules, as DBOS's table has them, and which runtime one is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

UTC_ZONE: Final = "UTC"


class Runtime(IntEnum):
    """DBOS for a programming language, by the numbers of the proto enum."""

    PYTHON = 1
    TYPESCRIPT = 2
    GO = 3
    JAVA = 4


class ScheduleStatus(StrEnum):
    """DBOS's words."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"


class ScheduleRow(NamedTuple):
    """A row of `workflow_schedules`; what the installed schema has no column for is None, or False."""

    schedule_id: str
    name: str
    workflow_name: str
    class_name: str | None
    cron: str
    status: str
    context: str
    last_fired_at: str | None
    """A time in ISO 8601, in the form of the runtime that wrote it."""
    automatic_backfill: bool
    time_zone: str | None
    queue_name: str | None
    application_name: str | None


class ContextValue(NamedTuple):
    """A decoded JSON value, to be stored in the runtime's own format."""

    value: object


class ContextText(NamedTuple):
    """What to store, as the caller says that the application writes it."""

    text: str


NewContext = ContextValue | ContextText


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """A schedule to create or to apply."""

    schedule_id: str
    """For a new row."""
    name: str
    workflow_name: str
    cron: str
    class_name: str | None = None
    time_zone: str = UTC_ZONE
    context: NewContext = field(default_factory=lambda: ContextValue(None))
    runtime: Runtime | None = None
    """None: find it out."""
    automatic_backfill: bool = False
    queue_name: str | None = None
    application_name: str | None = None


@dataclass(frozen=True, slots=True)
class ScheduleUpdate:
    """What to change of a schedule; None: nothing of that. Empty names are none."""

    workflow_name: str | None = None
    class_name: str | None = None
    cron: str | None = None
    time_zone: str | None = None
    context: NewContext | None = None
    automatic_backfill: bool | None = None
    queue_name: str | None = None


@dataclass(frozen=True, slots=True)
class ScheduleQuery:
    """A page of schedules, by name. Of each condition any value must hold; empty: all do."""

    limit: int
    names: Sequence[str] = ()
    name_prefixes: Sequence[str] = ()
    statuses: Sequence[str] = ()
    workflow_names: Sequence[str] = ()
    application_names: Sequence[str] = ()
    """Or none."""
    after: str | None = None


class StoredSchedule(NamedTuple):
    """A schedule, and when it was read."""

    row: ScheduleRow
    now: datetime
    """By the database's clock."""


class PlannedRun(NamedTuple):
    """A time of a schedule, and the id of its workflow."""

    time: datetime
    """In the schedule's time zone."""
    workflow_id: str
    is_taken: bool
    """Whether there is a workflow of that id, or of another id that the runtime gives to the same run."""


class BackfillPlan(NamedTuple):
    """The runs between two times, or why they cannot be told."""

    runs: Sequence[PlannedRun] = ()
    """At most one more than a backfill may have."""
    uncertainty: str = ""
    """Why the runs cannot be told; empty: they can."""
