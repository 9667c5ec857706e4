"""Following, on polls that answer as the test scripts them: what the last look is for, and who is in a hurry."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Generic, cast

import pytest

from tests.fixtures.eventually import eventually_async
from workflow_control.domain.awaited import AwaitedEvent, EventState, FollowedStream, StreamState
from workflow_control.domain.communication import EventRow, StreamEntry
from workflow_control.domain.errors import (
    ControlError,
    DatabaseUnavailable,
    EventNotFound,
    ShuttingDown,
    WorkflowNotFound,
)
from workflow_control.operations.communication import CommunicationOperations
from workflow_control.operations.following import FollowingOperations
from workflow_control.watching.keyed_source import KeyedSource
from workflow_control.watching.ports import GONE, UNKNOWN, KeyT, Observation, StateT
from workflow_control.watching.ticker import Ticker

INTERVAL_S = 0.05
LONG_S = 20.0

UNSET = EventState(None, 0, False)
NEVER = EventState(None, 0, True)
SET = EventState(EventRow("progress", None, "40 %"), 4, False)
TOO_LARGE = EventState(EventRow("progress", None, None), 10**9, False)
QUIET = StreamState([], False, False)
ENDED = StreamState([], False, True)


class ScriptedPoll(Generic[KeyT, StateT]):
    """Finds the next of its states each time, and the last one from then on."""

    def __init__(self, quiet: StateT) -> None:
        self.states: list[StateT | ControlError | None] = [quiet]
        self.asked: list[tuple[float, KeyT]] = []
        self._quiet = quiet

    async def __call__(self, known: Sequence[tuple[KeyT, str]]) -> Sequence[Observation[KeyT, StateT]]:
        """Answer as a poll does: not what is known."""
        [(key, version)] = known
        self.asked.append((time.monotonic(), key))
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        if isinstance(state, ControlError):
            raise state
        if state is None:
            return [Observation(key, GONE, None)]
        if state == self._quiet:
            return [Observation(key, "nothing yet", state)] if version == UNKNOWN else []
        return [Observation(key, "news", state)]


class Reads:
    """What reads at once."""

    def __init__(self) -> None:
        self.answers: list[EventRow | ControlError] = [EventNotFound("order-7", "progress")]
        self.count = 0

    async def get_event(self, workflow_id: str, key: str) -> EventRow:
        """Answer the next of the answers, and the last one from then on."""
        self.count += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, ControlError):
            raise answer
        return answer


class Following:
    """The operations, and what they find."""

    def __init__(self, interval_s: float) -> None:
        self.reads = Reads()
        self.events: ScriptedPoll[AwaitedEvent, EventState] = ScriptedPoll(UNSET)
        self.streams: ScriptedPoll[FollowedStream, StreamState] = ScriptedPoll(QUIET)
        self.ticker = Ticker(interval_s, 100)
        self._operations = FollowingOperations(
            cast("CommunicationOperations", self.reads),
            self.ticker,
            KeyedSource(self.ticker, "events", self.events),
            KeyedSource(self.ticker, "streams", self.streams),
        )

    async def event(self, timeout_s: float = LONG_S) -> EventRow:
        return await self._operations.get_event("order-7", "progress", time.monotonic() + timeout_s)

    async def offsets(self, from_offset: int = 0) -> list[int]:
        """Follow to the end."""
        entries = self._operations.follow_stream("order-7", "log", from_offset=from_offset)
        return [entry.offset async for entry in entries]


@asynccontextmanager
async def running(interval_s: float = INTERVAL_S) -> AsyncIterator[Following]:
    following = Following(interval_s)
    task = asyncio.create_task(following.ticker.run())
    try:
        async with asyncio.timeout(LONG_S):
            yield following
    finally:
        task.cancel()
        await asyncio.wait([task])


def page(*offsets: int, goes_on: bool = False, is_terminal: bool = False, value: str = "a") -> StreamState:
    return StreamState([StreamEntry(offset, 1, None, len(value), value) for offset in offsets], goes_on, is_terminal)


async def test_a_workflow_that_has_ended_is_looked_at_once_more() -> None:
    """One that somebody has cancelled may still write."""
    async with running() as following:
        following.streams.states = [page(0), ENDED, page(1, is_terminal=True), ENDED, ENDED, page(2)]
        assert await following.offsets() == [0, 1]
        assert [key.from_offset for _, key in following.streams.asked] == [0, 1, 1, 2, 2]


async def test_nothing_is_looked_for_behind_the_end() -> None:
    async with running() as following:
        following.streams.states = [page(0), page(1, 2, value='"__DBOS_STREAM_CLOSED__"'), page(3)]
        assert await following.offsets() == [0, 1]
        assert len(following.streams.asked) == 2


async def test_an_outage_ends_nothing() -> None:
    async with running() as following:
        following.streams.states = [page(0), DatabaseUnavailable(), page(1), ENDED]
        following.events.states = [UNSET, DatabaseUnavailable(), SET]
        offsets, event = await asyncio.gather(following.offsets(), following.event())
        assert (offsets, event) == ([0, 1], SET.event)


async def test_only_who_has_more_to_read_is_in_a_hurry() -> None:
    async with running(interval_s=1.0) as following:
        following.streams.states = [*(page(offset, goes_on=True) for offset in range(4)), page(4), page(5), ENDED]
        assert await following.offsets() == list(range(6))
        instants = [instant for instant, _ in following.streams.asked]
        pauses = [later - earlier for earlier, later in itertools.pairwise(instants)]
        assert max(pauses[:4]) < 0.9
        assert min(pauses[4:6]) > 0.9


async def test_a_stream_of_a_workflow_that_is_gone() -> None:
    async with running() as following:
        following.streams.states = [page(0), None]
        with pytest.raises(WorkflowNotFound):
            await following.offsets()


async def test_an_event_is_waited_for_until_it_is_set() -> None:
    async with running() as following:
        following.events.states = [UNSET, UNSET, UNSET, SET]
        assert await following.event() == SET.event
        # What was found for all who wait is not read again.
        assert following.reads.count == 1


async def test_an_event_that_is_set_is_not_waited_for() -> None:
    async with running() as following:
        assert SET.event is not None
        following.reads.answers = [SET.event]
        assert await following.event() == SET.event
        assert following.events.asked == []


@pytest.mark.parametrize(("state", "error"), [(NEVER, EventNotFound), (None, WorkflowNotFound)])
async def test_what_cannot_come_is_not_waited_for(state: EventState | None, error: type[ControlError]) -> None:
    async with running() as following:
        following.events.states = [UNSET, state]
        with pytest.raises(error):
            await following.event()


async def test_when_the_time_is_up_there_is_one_more_look_that_all_share() -> None:
    async with running() as following:
        calls = [asyncio.create_task(following.event(timeout_s=0.2)) for _ in range(50)]
        began = time.monotonic()
        done, _ = await asyncio.wait(calls)
        assert all(isinstance(call.exception(), EventNotFound) for call in done)
        # The last poll is from after the time was up.
        assert following.events.asked[-1][0] - began > 0.15
        assert following.reads.count == 50


async def test_what_is_set_in_the_last_moment_is_seen() -> None:
    async with running(interval_s=1.0) as following:
        call = asyncio.create_task(following.event(timeout_s=0.3))
        await eventually_async(lambda: len(following.events.asked) == 1)
        following.events.states = [SET]
        assert await call == SET.event


async def test_nobody_says_that_nothing_is_set_who_could_not_look() -> None:
    async with running() as following:
        following.events.states = [UNSET, DatabaseUnavailable()]
        following.reads.answers = [EventNotFound("order-7", "progress"), DatabaseUnavailable()]
        with pytest.raises(DatabaseUnavailable):
            await following.event(timeout_s=0.1)


async def test_a_value_that_is_too_large_for_all_is_read_for_one() -> None:
    async with running() as following:
        large = EventRow("progress", None, "x" * 1000)
        following.events.states = [TOO_LARGE]
        following.reads.answers = [EventNotFound("order-7", "progress"), large]
        assert await following.event() == large


async def test_who_waits_is_told_that_the_server_ends() -> None:
    async with running() as following:
        waiting = [asyncio.create_task(following.event()), asyncio.create_task(following.offsets())]
        await eventually_async(lambda: bool(following.events.asked and following.streams.asked))
        following.ticker.close()
        done, _ = await asyncio.wait(waiting)
        assert [type(each.exception()) for each in done] == [ShuttingDown, ShuttingDown]
