"""Where changes are looked for: nothing that a transaction was still to commit may lie outside of the window."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_control.domain.errors import ControlError, Overloaded
from workflow_control.domain.watches import Bookmark, ChangeKind, WorkflowChange
from workflow_control.watching.filters import FilterMailbox
from workflow_control.watching.history import History, Place, Window
from workflow_control.watching.ticker import Ticker

SLACK_MS = 10
MINUTE_MS = 60_000


def windows(places: Iterable[Place]) -> list[Window | None]:
    """Return the window of each tick that finds the database at these places."""
    coming = iter(places)

    async def locate() -> Place:
        return next(coming)

    history = History(Ticker(1, 1), locate, SLACK_MS)

    async def tick_all() -> list[Window | None]:
        found = []
        for _ in places:
            await history.tick()
            found.append(history.window)
        return found

    return asyncio.run(tick_all())


def place(xid: int, next_xid: int, now_ms: int, history: str = "here") -> Place:
    return Place(Bookmark(history, xid), next_xid, now_ms)


def test_a_window_goes_back_to_the_last_tick() -> None:
    assert windows([place(5, 5, 1000), place(7, 7, 2000), place(7, 7, 3000)]) == [
        None,
        Window(Bookmark("here", 5), 1000 - SLACK_MS),
        Window(Bookmark("here", 7), 2000 - SLACK_MS),
    ]


def test_a_transaction_that_does_not_end_keeps_it_open() -> None:
    # Number 6 began after the second tick, and commits between the last two.
    found = windows([place(5, 5, 1000), place(6, 6, 2000), place(6, 9, 3000), place(6, 12, 4000), place(12, 12, 5000)])
    assert found[-1] == Window(Bookmark("here", 6), 2000 - SLACK_MS)


def test_but_not_for_ever() -> None:
    stuck = [place(5, 5 + minute, minute * MINUTE_MS) for minute in range(30)]
    assert windows(stuck)[-1] == Window(Bookmark("here", 5), 18 * MINUTE_MS - SLACK_MS)


def test_another_history_begins_anew() -> None:
    found = windows([place(5, 5, 1000), place(7, 7, 2000, "there"), place(8, 8, 3000, "there")])
    assert found == [None, None, Window(Bookmark("there", 7), 2000 - SLACK_MS)]


def test_so_does_one_at_which_nobody_has_looked_for_long() -> None:
    assert windows([place(5, 5, 1000), place(9, 9, 1000 + 11 * MINUTE_MS)]) == [None, None]


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 6)), min_size=1, max_size=12))
def test_whatever_is_committed_late_is_in_a_window(transactions: list[tuple[int, int]]) -> None:
    """Each transaction begins between two ticks, with the next number and the time of then, and lasts some ticks."""
    begun: list[tuple[int, int, int]] = []  # Number, time, and the tick before which it has ended.
    places = []
    tick = 0
    for number, (pause, length) in enumerate(transactions, start=1):
        for _ in range(pause):
            places.append((tick, number))
            tick += 1
        begun.append((number, tick * 1000 - 500, tick + length))
    for _ in range(8):
        places.append((tick, len(transactions) + 1))
        tick += 1

    def running(at: int) -> list[int]:
        return [number for number, time_ms, end in begun if time_ms < at * 1000 and end > at]

    found = windows([place(min(running(at), default=following), following, at * 1000) for at, following in places])
    for number, time_ms, end in begun:
        window = found[min(end, len(found) - 1)]
        assert window is not None
        assert window.since.xid <= number
        assert window.since_ms <= time_ms


@given(st.integers(0, 2**40), st.integers(0, 2**30))
def test_a_bookmark_tells_before_from_after(xid: int, age: int) -> None:
    bookmark, now = Bookmark("here", xid), Bookmark("here", xid + age)
    assert not bookmark.is_lost(now)
    assert bookmark.is_before((xid + age) % 2**32)
    assert not bookmark.is_before((xid - 1 - age) % 2**32)


@pytest.mark.parametrize("now", [Bookmark("there", 7), Bookmark("here", 6), Bookmark("here", 2**31)])
def test_a_bookmark_is_lost_elsewhere_and_when_it_is_old(now: Bookmark) -> None:
    assert Bookmark("here", 7).is_lost(now)


async def test_a_watcher_that_does_not_read_is_ended_not_served() -> None:
    ticker = Ticker(1, 1)
    with ticker.waiter("watch") as waiter:
        mailbox = FilterMailbox(waiter, limit=2)
        for workflow_id in ("a", "b", "a", "b"):
            mailbox.put(WorkflowChange(ChangeKind.DELETED, workflow_id, None))
        assert await waiter.wait(1)
        assert list(mailbox.take()) == ["a", "b"]
        for workflow_id in ("a", "b", "c"):
            mailbox.put(WorkflowChange(ChangeKind.DELETED, workflow_id, None))
        with pytest.raises(Overloaded) as caught:
            await waiter.wait(1)
        assert isinstance(caught.value, ControlError)
        assert not mailbox.take()
