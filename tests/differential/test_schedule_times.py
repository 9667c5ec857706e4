"""The times that we compute are those at which each DBOS release's own scheduler would fire."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime
from itertools import islice, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from tests.fixtures.dbos_releases import DbosRelease, ReleaseProcesses
from workflow_control.cron import Timetable, portable_fault

_WITH_TODAYS_LIBRARY: Final = DbosRelease.parse("3.3.0")
_FIRST: Final = DbosRelease.parse("2.14.0")
_CASES: Final = 250
_TIMES: Final = 12
_BOUNDS: Final = ((0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6))
_ZONES: Final = ("UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")
_STARTS: Final = (
    "2026-01-15T12:34:56.789+00:00",
    # Shortly before the clocks change: of Paris in spring and in autumn, of New York, of Lord Howe.
    "2026-03-28T22:10:00+00:00",
    "2026-10-25T00:10:00+00:00",
    "2026-03-08T05:30:00+00:00",
    "2026-11-01T04:30:00+00:00",
    "2026-04-04T13:30:00+00:00",
    "2028-02-28T23:59:59+00:00",
)


def _cases(seed: str) -> Iterator[tuple[str, str, str, int]]:
    """Generates expressions that are portable, with a zone and a beginning."""
    # Not the same cases each time that somebody adds one: the seed is the release.
    chance = random.Random(seed)
    while True:
        fields = [_field(chance, low, high) for low, high in _BOUNDS]
        fields[chance.choice((3, 5))] = "*"
        # Most days of the year, so that changes of the clock are met.
        if chance.random() < 0.7:
            fields[3] = fields[4] = fields[5] = "*"
        cron = " ".join(fields)
        if portable_fault(cron) is None:
            yield cron, chance.choice(_ZONES), chance.choice(_STARTS), _TIMES


def _field(chance: random.Random, low: int, high: int) -> str:
    kind = chance.random()
    if kind < 0.3:
        return "*"
    if kind < 0.45:
        return f"*/{chance.randint(1, high)}"
    return ",".join(_item(chance, low, high) for _ in range(chance.choice((1, 1, 2, 3))))


def _item(chance: random.Random, low: int, high: int) -> str:
    first, last = sorted((chance.randint(low, high), chance.randint(low, high)))
    if first == last or chance.random() < 0.5:
        return str(first)
    return f"{first}-{last}" if chance.random() < 0.6 else f"{first}-{last}/{chance.randint(1, high)}"


def test_they_are_those_of_its_scheduler(dbos_release: DbosRelease, release_process: ReleaseProcesses) -> None:
    if dbos_release < _FIRST:
        return
    cases = list(islice(_cases(str(dbos_release)), _CASES))
    answer = release_process(dbos_release).call("schedule_times", cases=cases)
    assert isinstance(answer, list)
    certain = uncertain = 0
    for (cron, zone, start, count), theirs in zip(cases, answer, strict=True):
        ours = list(islice(Timetable(cron, ZoneInfo(zone)).after(datetime.fromisoformat(start)), count))
        if dbos_release < _WITH_TODAYS_LIBRARY:
            # Around changes of the clock its copy of the library computes other times, which is why they are uncertain.
            uncertain += not all(each.certain for each in ours)
            ours = list(takewhile(lambda each: each.certain, ours))
        assert theirs is not None
        assert [each.time.isoformat() for each in ours] == theirs[: len(ours)], (cron, zone, start)
        certain += len(ours)
    assert certain > _CASES * _TIMES / 2
    assert dbos_release >= _WITH_TODAYS_LIBRARY or uncertain > 10
