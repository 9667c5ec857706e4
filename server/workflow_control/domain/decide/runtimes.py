"""Which runtime runs a schedule."""

from __future__ import annotations

from collections.abc import Set

from workflow_control.domain.errors import ScheduleRuntimeUnknown
from workflow_control.domain.schedule_contexts import runtime_of_context
from workflow_control.domain.schedules import Runtime


def runtime_of(
    schedule_name: str,
    *,
    context: str | None,
    named: Runtime | None,
    shown: Set[Runtime] = frozenset(),
    **place: str,
) -> Runtime | ScheduleRuntimeUnknown:
    """Return the runtime that wrote the stored context, or that the caller names, or that alone is shown by what else
    is in the database; or the error that says why none is known. `context` is None where there is no schedule yet.
    """
    owner = None if context is None else runtime_of_context(context)
    if owner is not None and named not in (None, owner):
        detail = f"The stored context is of {owner.name}, and the request names another one."
        return ScheduleRuntimeUnknown(schedule_name, detail, **place)
    known = owner or named
    if known is not None:
        return known
    if not shown:
        return ScheduleRuntimeUnknown(schedule_name, "Nothing in the database shows it: name it.", **place)
    first, *others = sorted(shown)
    if others:
        detail = f"Schedules and workflows of {', '.join(each.name for each in sorted(shown))} are there: name it."
        return ScheduleRuntimeUnknown(schedule_name, detail, **place)
    return first
