"""The shared waiting: nothing is missed, nothing older than known is told, and who waits costs no statement."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from tests.fixtures.eventually import eventually_async
from workflow_control.domain.errors import DatabaseUnavailable, Overloaded, ShuttingDown
from workflow_control.watching.keyed_source import KEYS_PER_STATEMENT, KeyedSource
from workflow_control.watching.ports import GONE, Observation, WatchingObserver
from workflow_control.watching.ticker import Ticker

INTERVAL_S = 0.02
WAIT_S = 10.0


class Table:
    """What is waited for: values by key. A write of the same value is another version, as it is in Postgres."""

    def __init__(self) -> None:
        self.rows: dict[str, tuple[int, str]] = {}
        self.polls: list[int] = []
        self.fault: Exception | None = None
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self._writes = 0

    def write(self, key: str, value: str) -> None:
        self._writes += 1
        self.rows[key] = (self._writes, value)

    async def poll(self, known: Sequence[tuple[str, str]]) -> Sequence[Observation[str, str]]:
        self.polls.append(len(known))
        if self.fault is not None:
            raise self.fault
        found = []
        for key, version in known:
            row = self.rows.get(key)
            now = GONE if row is None else str(row[0])
            if now != version:
                found.append(Observation(key, now, None if row is None else row[1]))
        await self.may_answer.wait()
        return found


class Counting(WatchingObserver):
    """Counts what it hears."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.ticks = self.failed_ticks = 0

    def waiting(self, kind: str, count: int) -> None:
        self.counts[kind] = count

    def ticked(self, duration_s: float, lag_s: float, failed: bool) -> None:
        self.ticks += 1
        self.failed_ticks += failed


class Waiting:
    """A ticker that runs, and its one source."""

    def __init__(self, max_waiters: int) -> None:
        self.table = Table()
        self.observer = Counting()
        self.ticker = Ticker(INTERVAL_S, max_waiters, self.observer)
        self.source = KeyedSource(self.ticker, "values", self.table.poll)

    async def until(self, key: str, value: str | None) -> str | None:
        """Wait until the key has this value."""
        with self.ticker.waiter("test") as waiter, self.source.subscribe(waiter, [key]) as mailbox:
            while await waiter.wait(WAIT_S):
                if key in (taken := mailbox.take()) and taken[key] == value:
                    return taken[key]
        raise AssertionError(f"{key} never became {value}")


@asynccontextmanager
async def running(max_waiters: int = 10_000) -> AsyncIterator[Waiting]:
    waiting = Waiting(max_waiters)
    task = asyncio.create_task(waiting.ticker.run())
    try:
        yield waiting
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_a_change_reaches_who_waits_for_it_and_nobody_else() -> None:
    async with running() as waiting:
        waiting.table.write("a", "first")
        waiting.table.write("b", "first")
        with (
            waiting.ticker.waiter("test") as waiter,
            waiting.source.subscribe(waiter, ["a"]) as mailbox,
            waiting.ticker.waiter("test") as other,
            waiting.source.subscribe(other, ["b"]) as other_mailbox,
        ):
            assert await waiter.wait(WAIT_S)
            assert await other.wait(WAIT_S)
            assert (mailbox.take(), other_mailbox.take()) == ({"a": "first"}, {"b": "first"})
            waiting.table.write("a", "second")
            assert await waiter.wait(WAIT_S)
            assert mailbox.take() == {"a": "second"}
            del waiting.table.rows["a"]
            assert await waiter.wait(WAIT_S)
            assert mailbox.take() == {"a": None}
            assert not await other.wait(5 * INTERVAL_S)


async def test_nothing_is_asked_while_nobody_waits() -> None:
    async with running() as waiting:
        with waiting.ticker.waiter("test") as waiter, waiting.source.subscribe(waiter, ["a"]):
            assert await waiter.wait(WAIT_S)
        await asyncio.sleep(2 * INTERVAL_S)  # A tick that had begun.
        asked = len(waiting.table.polls)
        await asyncio.sleep(10 * INTERVAL_S)
        assert len(waiting.table.polls) == asked
        waiting.table.write("a", "again")
        assert await waiting.until("a", "again")


async def test_many_who_wait_share_a_statement() -> None:
    async with running() as waiting:
        tasks = [asyncio.create_task(waiting.until(f"key-{n % 500}", "done")) for n in range(2000)]
        await eventually_async(lambda: waiting.observer.counts.get("test") == 2000)
        await asyncio.sleep(5 * INTERVAL_S)
        assert max(waiting.table.polls) == 500
        ticks, asked = waiting.observer.ticks, len(waiting.table.polls)
        await eventually_async(lambda: waiting.observer.ticks >= ticks + 5)
        assert len(waiting.table.polls) - asked <= waiting.observer.ticks - ticks + 1
        for n in range(500):
            waiting.table.write(f"key-{n}", "done")
        assert await asyncio.gather(*tasks) == ["done"] * 2000
        assert waiting.observer.counts == {"test": 0}


async def test_more_keys_than_fit_into_a_statement_take_turns() -> None:
    keys = [f"key-{n}" for n in range(3 * KEYS_PER_STATEMENT // 2)]
    async with running() as waiting:
        with waiting.ticker.waiter("test") as waiter, waiting.source.subscribe(waiter, keys) as mailbox:
            seen: dict[str, str | None] = {}
            while len(seen) < len(keys):
                assert await waiter.wait(WAIT_S)
                seen.update(mailbox.take())
            waiting.table.polls.clear()
            for key in keys:
                waiting.table.write(key, "new")
            while set(seen.values()) != {"new"}:
                assert await waiter.wait(WAIT_S)
                seen.update(mailbox.take())
            assert max(waiting.table.polls) == KEYS_PER_STATEMENT


async def test_a_hint_does_not_wait_for_its_turn() -> None:
    waiting = Waiting(max_waiters=10)
    keys = [f"key-{n}" for n in range(5 * KEYS_PER_STATEMENT)]
    with waiting.ticker.waiter("test") as waiter, waiting.source.subscribe(waiter, keys) as mailbox:
        await waiting.source.tick()
        mailbox.take()
        for hinted in ("key-4999", "key-2500", "key-0"):
            waiting.table.write(hinted, "new")
            waiting.source.hint([hinted, "nobody's"])
            await waiting.source.tick()
            assert mailbox.take() == {hinted: "new"}


async def test_who_comes_while_a_statement_runs_is_told_nothing_older() -> None:
    """It may know better than what the statement has found; the next one is right in any case."""
    waiting = Waiting(max_waiters=10)
    waiting.table.write("a", "old")
    with waiting.ticker.waiter("test") as waiter, waiting.source.subscribe(waiter, ["a"]) as mailbox:
        waiting.table.may_answer.clear()
        tick = asyncio.create_task(waiting.source.tick())
        await eventually_async(lambda: waiting.table.polls)
        waiting.table.write("a", "new")
        with waiting.ticker.waiter("test") as late, waiting.source.subscribe(late, ["a"]) as late_mailbox:
            waiting.table.may_answer.set()
            await tick
            assert (mailbox.take(), late_mailbox.take()) == ({"a": "old"}, {})
            await waiting.source.tick()
            assert (mailbox.take(), late_mailbox.take()) == ({"a": "new"}, {"a": "new"})


async def test_who_comes_late_is_told_what_others_know() -> None:
    waiting = Waiting(max_waiters=10)
    waiting.table.write("a", "same")
    with waiting.ticker.waiter("test") as waiter, waiting.source.subscribe(waiter, ["a"]) as mailbox:
        await waiting.source.tick()
        mailbox.take()
        with waiting.ticker.waiter("test") as late, waiting.source.subscribe(late, ["a"]) as late_mailbox:
            await waiting.source.tick()
            assert (mailbox.take(), late_mailbox.take()) == ({}, {"a": "same"})


async def test_an_outage_ends_no_wait() -> None:
    async with running() as waiting:
        waiting.table.fault = DatabaseUnavailable()
        wait = asyncio.create_task(waiting.until("a", "done"))
        await eventually_async(lambda: waiting.observer.failed_ticks)
        waiting.table.write("a", "done")
        waiting.table.fault = None
        assert await wait == "done"


async def test_a_fault_of_one_source_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    async with running() as waiting:
        broken = Table()
        broken.fault = ZeroDivisionError()
        source = KeyedSource(waiting.ticker, "broken", broken.poll)
        with waiting.ticker.waiter("test") as waiter, source.subscribe(waiter, ["x"]):
            wait = asyncio.create_task(waiting.until("a", "done"))
            waiting.table.write("a", "done")
            assert await wait == "done"
            await eventually_async(lambda: "watching failed" in caplog.text)


async def test_too_many_are_refused() -> None:
    waiting = Waiting(max_waiters=1)
    with (
        waiting.ticker.waiter("test"),
        pytest.raises(Overloaded, match="Too many calls that wait or watch: the limit is 1"),
        waiting.ticker.waiter("test"),
    ):
        pass
    with waiting.ticker.waiter("test"):
        pass


async def test_closing_ends_those_who_wait_and_those_who_come() -> None:
    async with running() as waiting:
        wait = asyncio.create_task(waiting.until("a", "never"))
        await eventually_async(lambda: waiting.observer.counts.get("test") == 1)
        waiting.ticker.close()
        with pytest.raises(ShuttingDown):
            await wait
        with pytest.raises(ShuttingDown), waiting.ticker.waiter("test"):
            pass
        assert not waiting.source.is_needed
