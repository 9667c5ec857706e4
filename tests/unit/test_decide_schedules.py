"""What becomes of schedules, decided without a database."""

from __future__ import annotations

from typing import Final

import pytest

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import WriteSchedulesChange, WrittenSchedule
from workflow_control.domain.decide import decide
from workflow_control.domain.errors import ScheduleRuntimeUnknown, SchemaCapabilityMissing
from workflow_control.domain.facts import Facts, ScheduleFindings
from workflow_control.domain.schedule_commands import (
    ApplySchedules,
    CreateSchedule,
    PauseSchedule,
    ScheduleCommand,
    UpdateSchedule,
)
from workflow_control.domain.schedule_outcomes import CreateScheduleOutcome, UpdateScheduleOutcome
from workflow_control.domain.schedules import (
    ContextText,
    ContextValue,
    NewSchedule,
    Runtime,
    ScheduleRow,
    ScheduleUpdate,
)

ALL: Final = frozenset(Capability)
NOON: Final = "0 0 12 * * *"
ROW: Final = ScheduleRow(
    "id",
    "nightly",
    "report",
    "Shop",
    NOON,
    "PAUSED",
    "gAROLg==",
    "2026-01-01T12:00:00Z",
    True,
    "UTC",
    "reports",
    "shop",
)
NEW: Final = NewSchedule("new id", "nightly", "report", NOON, runtime=Runtime.PYTHON)


def facts(
    *rows: ScheduleRow, capabilities: frozenset[Capability] = ALL, runtimes: frozenset[Runtime] = frozenset()
) -> Facts:
    findings = ScheduleFindings({row.name: row for row in rows}, {"nightly": runtimes})
    return Facts(None, 1_768_000_000_000, capabilities, findings)


def written(command: ScheduleCommand, found: Facts) -> ScheduleRow | None:
    """Returns the one schedule that the command writes."""
    change = decide(command, found).change
    if change is None:
        return None
    assert isinstance(change, WriteSchedulesChange)
    [schedule] = change.schedules
    assert isinstance(schedule, WrittenSchedule)
    return schedule.row


@pytest.mark.parametrize(
    ("changes", "capability"),
    [
        ({}, Capability.SCHEDULES),
        ({"time_zone": "Europe/Paris"}, Capability.SCHEDULE_TIME_ZONE),
        ({"automatic_backfill": True}, Capability.SCHEDULE_TIME_ZONE),
        ({"queue_name": "reports"}, Capability.SCHEDULE_QUEUE),
        ({"application_name": "shop"}, Capability.APPLICATION_NAME),
    ],
)
def test_what_the_schema_lacks(changes: dict[str, object], capability: Capability) -> None:
    new = NewSchedule("new id", "nightly", "report", NOON, runtime=Runtime.PYTHON, **changes)  # type: ignore[arg-type]  # Typed by name only.
    commands: list[ScheduleCommand] = [CreateSchedule(new), ApplySchedules([new])]
    if capability is not Capability.APPLICATION_NAME:
        commands.append(UpdateSchedule("nightly", ScheduleUpdate(**changes), None, "new id"))  # type: ignore[arg-type]  # As above.
    for command in commands:
        with pytest.raises(SchemaCapabilityMissing, match=capability.first_release):
            decide(command, facts(ROW, capabilities=ALL - {capability}))


def test_a_zone_is_always_written_where_it_can_be() -> None:
    row = written(CreateSchedule(NEW), facts())
    assert row is not None
    assert row.time_zone == "UTC"
    row = written(CreateSchedule(NEW), facts(capabilities=ALL - {Capability.SCHEDULE_TIME_ZONE}))
    assert row is not None
    assert row.time_zone is None


def test_apply_replaces_the_definition_and_nothing_else() -> None:
    row = written(ApplySchedules([NEW]), facts(ROW))
    assert row == ROW._replace(class_name=None, automatic_backfill=False, queue_name=None)


def test_old_workers_notice_a_change_by_its_new_id() -> None:
    found = facts(ROW, capabilities=ALL - {Capability.DEBOUNCE})
    row = written(ApplySchedules([NEW]), found)
    assert row is not None
    assert (row.schedule_id, row.status, row.last_fired_at) == ("new id", ROW.status, ROW.last_fired_at)
    update = UpdateSchedule("nightly", ScheduleUpdate(cron="0 0 1 * * *"), None, "newer id")
    row = written(update, found)
    assert row == ROW._replace(cron="0 0 1 * * *", schedule_id="newer id")
    # Its state is noticed as it is, and no change is none.
    active = ROW._replace(status="ACTIVE")
    assert written(PauseSchedule("nightly"), facts(active, capabilities=ALL - {Capability.DEBOUNCE})) == ROW
    assert written(UpdateSchedule("nightly", ScheduleUpdate(cron=NOON), None, "newer id"), found) is None


@pytest.mark.parametrize(
    ("context", "named", "shown", "known"),
    [
        (None, Runtime.GO, set(), Runtime.GO),
        (None, Runtime.GO, {Runtime.PYTHON}, Runtime.GO),
        (None, None, {Runtime.JAVA}, Runtime.JAVA),
        (None, None, set(), None),
        (None, None, {Runtime.JAVA, Runtime.GO}, None),
        ("gAROLg==", None, {Runtime.JAVA}, Runtime.PYTHON),
        ("gAROLg==", Runtime.PYTHON, set(), Runtime.PYTHON),
        ("gAROLg==", Runtime.GO, set(), None),
        ("null", None, set(), None),
        ("null", Runtime.JAVA, set(), Runtime.JAVA),
    ],
)
def test_whose_the_schedule_is(
    context: str | None, named: Runtime | None, shown: set[Runtime], known: Runtime | None
) -> None:
    new = NewSchedule("id", "nightly", "report", NOON, runtime=named, context=ContextValue([1]))
    rows = () if context is None else (ROW._replace(context=context, application_name=None),)
    decision = decide(ApplySchedules([new]), facts(*rows, runtimes=frozenset(shown)))
    if known is None:
        assert isinstance(decision.outcome, ScheduleRuntimeUnknown)
        assert decision.change is None
    else:
        change = decision.change
        assert isinstance(change, WriteSchedulesChange)
        expected = {
            Runtime.PYTHON: "gASVBgAAAAAAAABdlEsBYS4=",
            Runtime.GO: "[1]",
            Runtime.JAVA: '["java.util.ArrayList",[1]]',
        }
        assert change.schedules[0].row.context == expected[known]


def test_a_text_is_stored_as_it_is() -> None:
    new = NewSchedule("id", "nightly", "report", NOON, runtime=Runtime.JAVA, context=ContextText("<own/>"))
    outcome = decide(CreateSchedule(new), facts()).outcome
    assert isinstance(outcome, CreateScheduleOutcome)
    assert outcome.schedule.context == "<own/>"


def test_an_update_clears_what_it_empties() -> None:
    update = ScheduleUpdate(class_name="", queue_name="", automatic_backfill=False, time_zone="Europe/Paris")
    outcome = decide(UpdateSchedule("nightly", update, None, "new id"), facts(ROW)).outcome
    assert isinstance(outcome, UpdateScheduleOutcome)
    assert outcome.schedule == ROW._replace(
        class_name=None, queue_name=None, automatic_backfill=False, time_zone="Europe/Paris"
    )
