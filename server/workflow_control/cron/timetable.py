"""The times that a cron expression means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from croniter import CroniterBadDateError, croniter

from workflow_control.cron.dialects import portable_fault
from workflow_control.domain.scheduled_runs import run_ids
from workflow_control.domain.schedules import BackfillPlan, PlannedRun, Runtime, ScheduleRow

_NOT_PORTABLE: Final = "The expression is read by one runtime only, whose times this server does not compute: {fault}"
_NO_ZONE: Final = "It has no time zone, and so that of the process that runs it."


class Time(NamedTuple):
    """A time at which an expression runs."""

    time: datetime
    """In the expression's time zone."""
    certain: bool
    """False: the zone's clock changes between the one before, or the beginning, and this, or at this. All runtimes and
    releases agree on the others."""


class Timetable:
    """The times of an expression in a zone, as DBOS for Python from 3.3 on has them (dbos 3.4.0 `_scheduler.py`)."""

    def __init__(self, cron: str, zone: tzinfo) -> None:
        """Raises ValueError for an expression that means no times."""
        self._cron = cron
        self.zone = zone
        croniter.expand(cron, second_at_beginning=True)

    def after(self, start: datetime) -> Iterator[Time]:
        """Iterate over the times after `start`, without end unless there is a last one."""
        times = croniter(self._cron, start.astimezone(self.zone), second_at_beginning=True)
        offset = start.astimezone(self.zone).utcoffset()
        while True:
            try:
                time = times.get_next(datetime)
            except CroniterBadDateError:
                # None within fifty years.
                return
            # In UTC: times of one zone are compared by the readings of its clock.
            if time.astimezone(UTC) <= start.astimezone(UTC):
                continue
            certain = time.utcoffset() == offset and not _is_ambiguous(time)
            offset = time.utcoffset()
            yield Time(time, certain)


def timetable_of(cron: str, time_zone: str | None, runtime: Runtime | None) -> Timetable | str:
    """Return the times of a schedule of that runtime, or a sentence that says why they cannot be told."""
    fault = portable_fault(cron)
    if fault is not None and runtime is not Runtime.PYTHON:
        return _NOT_PORTABLE.format(fault=fault)
    if not time_zone and runtime is not Runtime.PYTHON:
        return _NO_ZONE
    try:
        # This very kind of UTC is what DBOS for Python passes on to the workflow then.
        return Timetable(cron, ZoneInfo(time_zone) if time_zone else UTC)
    except (ZoneInfoNotFoundError, OSError):
        return f"The time zone {time_zone!r} is not known."
    except ValueError:
        # Croniter's errors are such, too.
        return "The expression, or the time zone, is none."


def plan_backfill(
    row: ScheduleRow, runtime: Runtime, worker_zone: ZoneInfo | None, start: datetime, end: datetime, max_runs: int
) -> BackfillPlan:
    """Return the runs of a schedule after `start` and before `end`, at most one more than `max_runs`; none of them is
    looked up yet."""
    table = timetable_of(row.cron, row.time_zone, runtime)
    if isinstance(table, str):
        return BackfillPlan(uncertainty=table)
    changes = f"The clock of {table.zone} changes "
    if start.astimezone(table.zone).utcoffset() != end.astimezone(table.zone).utcoffset():
        return BackfillPlan(uncertainty=f"{changes}between {start.isoformat()} and {end.isoformat()}.")
    runs: list[PlannedRun] = []
    for time, certain in table.after(start):
        if time.astimezone(UTC) >= end.astimezone(UTC) or len(runs) > max_runs:
            break
        if not certain:
            return BackfillPlan(uncertainty=f"{changes}about {time.isoformat()}.")
        workflow_id, *_ = run_ids(runtime, row.name, time, worker_zone)
        runs.append(PlannedRun(time, workflow_id, is_taken=False))
    return BackfillPlan(runs)


def _is_ambiguous(time: datetime) -> bool:
    return time.replace(fold=0).utcoffset() != time.replace(fold=1).utcoffset()
