"""What is wrong with requests about schedules: definitive errors as well."""

from __future__ import annotations

from collections.abc import Mapping

from workflow_control.domain.errors.base import Code
from workflow_control.domain.errors.definitive import DefinitiveError


class ScheduleNotFound(DefinitiveError):
    """There is no such schedule."""

    code = Code.NOT_FOUND
    reason = "SCHEDULE_NOT_FOUND"

    def __init__(self, schedule_name: str) -> None:
        super().__init__(f"There is no schedule {schedule_name!r}.", schedule_name=schedule_name)


class ScheduleExists(DefinitiveError):
    """The name that a schedule is to be created with is taken."""

    code = Code.ALREADY_EXISTS
    reason = "SCHEDULE_EXISTS"

    def __init__(self, schedule_name: str) -> None:
        super().__init__(f"The schedule name {schedule_name!r} is taken.", schedule_name=schedule_name)


class ScheduleRuntimeUnknown(DefinitiveError):
    """Which runtime runs a schedule must be known, and is not."""

    code = Code.FAILED_PRECONDITION
    reason = "SCHEDULE_RUNTIME_UNKNOWN"

    def __init__(self, schedule_name: str, detail: str, **place: str) -> None:
        """`detail` is a sentence; `place` has the `index` of the schedule in a request of several."""
        super().__init__(
            f"{_at(place)}Which runtime runs the schedule {schedule_name!r} is not known. {detail}",
            schedule_name=schedule_name,
            detail=detail,
            **place,
        )


class ScheduleContextPrivate(DefinitiveError):
    """A schedule's context would have to be written anew, and only the application's own code can."""

    code = Code.FAILED_PRECONDITION
    reason = "SCHEDULE_CONTEXT_PRIVATE"

    def __init__(self, schedule_name: str, runtime: str) -> None:
        super().__init__(
            f"The context of the schedule {schedule_name!r} is no plain value of {runtime}: only the application's own"
            " client can start its runs.",
            schedule_name=schedule_name,
            runtime=runtime,
        )


class ScheduleTimesUncertain(DefinitiveError):
    """At which times a schedule's workers run it cannot be told."""

    code = Code.FAILED_PRECONDITION
    reason = "SCHEDULE_TIMES_UNCERTAIN"

    def __init__(self, schedule_name: str, detail: str) -> None:
        """The name is empty where an expression is asked about; `detail` is a sentence."""
        subject = f"the schedule {schedule_name!r}" if schedule_name else "the expression"
        super().__init__(
            f"At which times {subject} runs is uncertain. {detail}", schedule_name=schedule_name, detail=detail
        )


class BackfillTooLarge(DefinitiveError):
    """A schedule has more runs between two times than one request starts."""

    code = Code.FAILED_PRECONDITION
    reason = "BACKFILL_TOO_LARGE"

    def __init__(self, schedule_name: str, supplied: str, allowed: str) -> None:
        super().__init__(
            f"The schedule {schedule_name!r} has {supplied} runs in that time; {allowed} are allowed. Backfill it piece"
            " by piece.",
            schedule_name=schedule_name,
            supplied=supplied,
            allowed=allowed,
        )


def _at(place: Mapping[str, str]) -> str:
    return f"schedules[{place['index']}]: " if "index" in place else ""
