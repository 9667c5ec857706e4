"""What callers ask for of schedules; as domain/commands.py, whose union these are part of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from workflow_control.domain.schedules import NewSchedule, Runtime, ScheduleUpdate


@dataclass(frozen=True, slots=True)
class CreateSchedule:
    """Create a schedule."""

    workflow_id: ClassVar[str] = ""
    schedule: NewSchedule


@dataclass(frozen=True, slots=True)
class ApplySchedules:
    """Create schedules, or give them other definitions, all or none; no two have the same name."""

    workflow_id: ClassVar[str] = ""
    schedules: Sequence[NewSchedule]


@dataclass(frozen=True, slots=True)
class UpdateSchedule:
    """Change what a schedule is to start, or when."""

    workflow_id: ClassVar[str] = ""
    schedule_name: str
    update: ScheduleUpdate
    runtime: Runtime | None
    """None: the one that wrote the stored context; likewise below."""
    schedule_id: str
    """The new id, where workers notice no change without one."""


@dataclass(frozen=True, slots=True)
class PauseSchedule:
    """Have a schedule start nothing."""

    workflow_id: ClassVar[str] = ""
    schedule_name: str


@dataclass(frozen=True, slots=True)
class ResumeSchedule:
    """Have a schedule start workflows again."""

    workflow_id: ClassVar[str] = ""
    schedule_name: str


@dataclass(frozen=True, slots=True)
class DeleteSchedule:
    """Delete a schedule."""

    workflow_id: ClassVar[str] = ""
    schedule_name: str
    allow_missing: bool = False


@dataclass(frozen=True, slots=True)
class TriggerSchedule:
    """Start a schedule's workflow now."""

    workflow_id: ClassVar[str] = ""
    schedule_name: str
    runtime: Runtime | None = None


@dataclass(frozen=True, slots=True)
class BackfillSchedule:
    """Start a schedule's workflow for each of its times between two."""

    workflow_id: ClassVar[str] = ""
    schedule_name: str
    start: datetime
    """Exclusive, as the next; both aware."""
    end: datetime
    runtime: Runtime | None = None
    worker_time_zone: str | None = None
    """Of the workers' processes, with Go only."""


ScheduleCommand = (
    CreateSchedule
    | ApplySchedules
    | UpdateSchedule
    | PauseSchedule
    | ResumeSchedule
    | DeleteSchedule
    | TriggerSchedule
    | BackfillSchedule
)
