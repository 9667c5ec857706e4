"""Which cron expressions are accepted, and what they mean: as every runtime's own code has it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from workflow_control.cron import Timetable, cron_fault, plan_backfill, portable_fault, timetable_of, zone_fault
from workflow_control.domain.schedules import Runtime, ScheduleRow

_RECORDED: Final = Path(__file__).parents[1] / "fixtures" / "cron_runtimes" / "recorded.jsonl"
_RUNTIMES: Final = frozenset({"python", "python_before_3.3", "typescript", "go", "java"})


class Recorded:
    """What the runtimes made of an expression."""

    def __init__(self, line: str) -> None:
        case: dict[str, Any] = json.loads(line)
        self.cron: str = case["cron"]
        self.zone = ZoneInfo(case["zone"])
        self.start = datetime.fromisoformat(case["start"])
        self.times: Mapping[str, Sequence[int] | None] = {
            name: times for names, times in case["times"].items() for name in names.split()
        }

    def certain(self) -> list[int]:
        """Returns of our next eight times those before the first that is uncertain."""
        times = islice(Timetable(self.cron, self.zone).after(self.start), 8)
        return [int(time.timestamp()) for time, _ in takewhile(lambda each: each.certain, times)]


@pytest.fixture(scope="module")
def recorded() -> Sequence[Recorded]:
    return [Recorded(line) for line in _RECORDED.read_text().splitlines()]


def test_all_runtimes_agree_with_us_on_what_is_accepted(recorded: Sequence[Recorded]) -> None:
    compared = 0
    for case in recorded:
        assert case.times.keys() == _RUNTIMES
        if portable_fault(case.cron) is not None:
            continue
        ours = case.certain()
        for name, theirs in case.times.items():
            assert theirs is not None, (name, case.cron)
            assert ours == theirs[: len(ours)], (name, case.cron, case.zone, case.start)
            compared += len(ours)
    assert compared > 5000


def test_what_they_disagree_on_away_from_changes_of_the_clock_is_refused(recorded: Sequence[Recorded]) -> None:
    disagreed = [case for case in recorded if case.zone.key == "UTC" and len({*map(str, case.times.values())}) > 1]
    assert len(disagreed) > 20
    assert [case.cron for case in disagreed if portable_fault(case.cron) is None] == []


def test_around_changes_of_the_clock_they_disagree(recorded: Sequence[Recorded]) -> None:
    """Guards the tests above: certainty is not what makes them pass where nothing is uncertain."""
    cases = [case for case in recorded if portable_fault(case.cron) is None]
    differing = [case for case in cases if len({*map(str, case.times.values())}) > 1]
    assert len(differing) > 50
    assert all(len(case.certain()) < 8 for case in differing)


@pytest.mark.parametrize(
    ("cron", "part"),
    [
        ("", "0 fields"),
        ("* * * * *", "5 fields"),
        ("0 0 12 * * * 2026", "7 fields"),
        ("0  0 12 * * *", "one space"),
        (" 0 0 12 * * *", "one space"),
        ("0\t0 12 * * *", "one space"),
        ("@daily", "1 fields"),
        ("60 * * * * *", "second '60'"),
        ("0 */60 * * * *", "minute '*/60'"),
        ("0 5/15 * * * *", "minute '5/15'"),
        ("0 0 24 * * *", "hour '24'"),
        ("0 0 22-2 * * *", "hour '22-2'"),
        ("0 0 5-5 * * *", "hour '5-5'"),
        ("0 0 12 L * *", "day of the month 'L'"),
        ("0 0 12 ? * 1", "day of the month '?'"),
        ("0 0 12 0 * *", "day of the month '0'"),
        ("0 0 12 1,31 * *", "above 28"),
        ("0 0 12 */2 * *", "above 28"),
        ("0 0 12 30 2 *", "never"),
        ("0 0 12 31 4,6 *", "never"),
        ("0 0 12 * JAN *", "month 'JAN'"),
        ("0 0 12 * * 7", "Sunday is 0"),
        ("0 0 12 * * 1#2", "day of the week '1#2'"),
        ("0 0 12 * * mon", "day of the week 'mon'"),
        ("0 0 12 1 * 1", "both restricted"),
        ("0 0 12 */3 * 1", "both restricted"),
        ("٣ * * * * *", "second '٣'"),
        ("1,,2 * * * * *", "second '1,,2'"),
        ("-1 * * * * *", "second '-1'"),
    ],
)
def test_a_refusal_says_which_part_and_why(cron: str, part: str) -> None:
    fault = portable_fault(cron)
    assert fault is not None
    assert part in fault
    assert fault.endswith(".")


@pytest.mark.parametrize("cron", ["* * * * * *", "*/59 0 23 29-31 */12 *", "0 0 12 29 2 *", "0,5-9/2 0 0 * * 0-6"])
def test_accepted(cron: str) -> None:
    assert portable_fault(cron) is None
    for runtime in (None, *Runtime):
        assert cron_fault(cron, runtime) is None


@pytest.mark.parametrize(
    ("cron", "runtime", "accepted"),
    [
        ("*/5 * * * *", Runtime.PYTHON, True),
        ("0 0 12 L * mon", Runtime.PYTHON, True),
        ("0 0 12 R * *", Runtime.PYTHON, False),
        ("H 0 12 * * *", Runtime.PYTHON, False),
        ("0 0 12 * * * 2026", Runtime.PYTHON, False),
        ("61 * * * * *", Runtime.PYTHON, False),
        ("*/5 * * * *", Runtime.TYPESCRIPT, True),
        ("0 0 12 LW * 1#2", Runtime.TYPESCRIPT, True),
        ("0 0 12 LW * 1#2 2026", Runtime.TYPESCRIPT, False),
        ("*/5 * * * *", Runtime.GO, False),
        ("@every 10s", Runtime.GO, True),
        ("CRON_TZ=UTC 0 0 12 * * *", Runtime.GO, False),
        ("*/5 * * * *", Runtime.JAVA, False),
        ("0 0 12 ? * MON", Runtime.JAVA, True),
        ("0 0 12 ? * MON;", Runtime.JAVA, False),
    ],
)
def test_a_named_runtime_may_have_its_own(cron: str, runtime: Runtime, accepted: bool) -> None:
    assert (cron_fault(cron, runtime) is None) is accepted
    assert cron_fault(cron, None) is not None


@pytest.mark.parametrize("name", ["UTC", "Europe/Paris", "America/Argentina/Buenos_Aires"])
def test_zones(name: str) -> None:
    assert zone_fault(name) is None


@pytest.mark.parametrize(
    "name", ["", "Paris", "europe/paris", "UTC+1", "localtime", "Factory", "../etc/passwd", "/UTC"]
)
def test_no_zones(name: str) -> None:
    assert zone_fault(name) is not None


def row(cron: str, zone: str | None = "Europe/Paris", context: str = "gAROLg==") -> ScheduleRow:
    return ScheduleRow("id", "nightly", "order", None, cron, "ACTIVE", context, None, False, zone, None, None)


def plan(cron: str, start: str, end: str, zone: str | None = "Europe/Paris", runtime: Runtime = Runtime.PYTHON) -> Any:  # noqa: ANN401 - Runs, or why there are none.
    found = plan_backfill(
        row(cron, zone), runtime, None, datetime.fromisoformat(start), datetime.fromisoformat(end), 1000
    )
    return found.uncertainty or [run.time.isoformat() for run in found.runs]


def test_both_ends_are_exclusive() -> None:
    runs = plan("0 0 * * * *", "2026-01-05T00:00:00Z", "2026-01-05T03:00:00Z")
    assert runs == ["2026-01-05T02:00:00+01:00", "2026-01-05T03:00:00+01:00"]
    assert plan("0 0 * * * *", "2026-01-05T00:00:00Z", "2026-01-05T01:00:00Z") == []
    # A part of a second matters.
    assert len(plan("0 0 * * * *", "2026-01-04T23:59:59.5Z", "2026-01-05T01:00:00.000001Z")) == 2
    assert len(plan("0 0 * * * *", "2026-01-05T00:00:00.5Z", "2026-01-05T01:00:00.000001Z")) == 1


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # The clock of Paris skips 02:00 to 03:00 on 29 March 2026, and repeats that hour on 25 October.
        ("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"),
        ("2026-03-29T00:59:59Z", "2026-03-29T01:00:01Z"),
        ("2026-10-25T00:10:00Z", "2026-10-25T01:50:00Z"),
        # Nothing changes between these two, but this hour comes again.
        ("2026-10-25T00:10:00Z", "2026-10-25T00:50:00Z"),
        ("2026-03-28T12:00:00Z", "2026-11-29T12:00:00Z"),
    ],
)
def test_a_change_of_the_clock_is_refused(start: str, end: str) -> None:
    assert "The clock of Europe/Paris changes" in plan("0 30 2 * * *", start, end)


def test_around_a_change_of_the_clock() -> None:
    """What is refused as a whole is there in pieces."""
    before = plan("0 0 * * * *", "2026-10-24T21:00:00Z", "2026-10-25T00:00:00Z")
    after = plan("0 0 * * * *", "2026-10-25T02:00:00Z", "2026-10-25T04:00:00Z")
    assert before == ["2026-10-25T00:00:00+02:00", "2026-10-25T01:00:00+02:00"]
    assert after == ["2026-10-25T04:00:00+01:00"]


def test_no_zone_is_utc_for_python_and_unknown_for_the_others() -> None:
    window = ("2026-07-05T00:00:00Z", "2026-07-05T13:00:00Z")
    assert plan("0 0 12 * * *", *window, zone=None) == ["2026-07-05T12:00:00+00:00"]
    assert "no time zone" in plan("0 0 12 * * *", *window, zone=None, runtime=Runtime.TYPESCRIPT)


def test_no_more_runs_than_one_too_many_are_computed() -> None:
    runs = plan("* * * * * *", "2026-01-05T00:00:00Z", "2027-01-05T00:00:00Z", zone="UTC")
    assert len(runs) == 1001


@pytest.mark.parametrize(
    ("cron", "runtime", "told"),
    [
        ("0 0 12 ? * MON", Runtime.JAVA, False),
        ("0 0 12 1 * 1", Runtime.GO, False),
        ("0 0 12 1 * 1", Runtime.PYTHON, True),
        ("0 0 12 * * *", None, True),
        ("nonsense", Runtime.PYTHON, False),
    ],
)
def test_times_of_another_runtimes_own_expression_are_not_told(cron: str, runtime: Runtime | None, told: bool) -> None:
    assert isinstance(timetable_of(cron, "UTC", runtime), Timetable) is told


def test_times_in_no_known_zone_are_not_told() -> None:
    assert timetable_of("0 0 12 * * *", "Nowhere/Else", None) == "The time zone 'Nowhere/Else' is not known."


def test_a_day_that_comes_every_four_years() -> None:
    [first, second] = islice(Timetable("0 0 0 29 2 *", ZoneInfo("UTC")).after(datetime(2026, 1, 1, tzinfo=UTC)), 2)
    assert second.time - first.time == timedelta(days=1461)
