"""What mutations of schedules came to; as domain/outcomes.py, whose union these are part of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.schedules import PlannedRun, ScheduleRow


@dataclass(frozen=True, slots=True)
class CreateScheduleOutcome:
    """The response of `CreateSchedule`."""

    schedule: ScheduleRow


class ApplyResult(Enum):
    """What the application of a schedule came to, by the names of the proto enum."""

    CREATED = 1
    UPDATED = 2
    UNCHANGED = 3


@dataclass(frozen=True, slots=True)
class ApplySchedulesOutcome:
    """The response of `ApplySchedules`: what became of each, in the order of the request."""

    schedules: Sequence[tuple[ScheduleRow, ApplyResult]]


@dataclass(frozen=True, slots=True)
class UpdateScheduleOutcome:
    """The response of `UpdateSchedule`."""

    schedule: ScheduleRow


@dataclass(frozen=True, slots=True)
class PauseScheduleOutcome:
    """The response of `PauseSchedule`."""

    schedule: ScheduleRow
    was_paused: bool


@dataclass(frozen=True, slots=True)
class ResumeScheduleOutcome:
    """The response of `ResumeSchedule`."""

    schedule: ScheduleRow
    was_active: bool


@dataclass(frozen=True, slots=True)
class DeleteScheduleOutcome:
    """The response of `DeleteSchedule`."""

    schedule: ScheduleRow | None
    """As it was; None: it was missing."""


@dataclass(frozen=True, slots=True)
class TriggerScheduleOutcome:
    """The response of `TriggerSchedule`."""

    workflow: WorkflowRow


@dataclass(frozen=True, slots=True)
class BackfillScheduleOutcome:
    """The response of `BackfillSchedule`."""

    runs: Sequence[PlannedRun]
    """Those that are not taken were started."""


ScheduleOutcome = (
    CreateScheduleOutcome
    | ApplySchedulesOutcome
    | UpdateScheduleOutcome
    | PauseScheduleOutcome
    | ResumeScheduleOutcome
    | DeleteScheduleOutcome
    | TriggerScheduleOutcome
    | BackfillScheduleOutcome
)
