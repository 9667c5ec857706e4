"""When a batch starts: at once for a few callers, gathered for a crowd, beside another only if full or overdue."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from tests.fixtures.control import mutation
from tests.fixtures.eventually import eventually_async
from workflow_control.domain.commands import CancelWorkflow
from workflow_control.idempotency import pacing
from workflow_control.idempotency.backlog import Backlog
from workflow_control.idempotency.flight import Flight
from workflow_control.idempotency.pacing import Pacer

MAX_BATCH = 20
TURNS = 5
"""Of the event loop: enough for a committer to start that need not wait, and next to no time."""


@pytest.fixture(autouse=True)
def _slow_motion(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that a machine which is busy for a moment does not exceed."""
    for name, seconds in {"_LATELY_S": 10.0, "_QUIET_S": 0.1, "_GATHER_MAX_S": 1.0, "_OVERDUE_S": 0.3}.items():
        monkeypatch.setattr(pacing, name, seconds)


class Committers:
    """Committers that do nothing: what they have taken they keep until they are told to let go."""

    def __init__(self, count: int = 2) -> None:
        self._backlog = Backlog(1000, MAX_BATCH)
        self._pacer = Pacer(self._backlog, MAX_BATCH)
        self._done: list[asyncio.Event] = []
        self._numbers = iter(range(1000))
        self._tasks = [asyncio.create_task(self._commit_forever()) for _ in range(count)]
        self.sizes: list[int] = []
        """How many commands each batch has, of all that were started."""

    async def _commit_forever(self) -> None:
        while True:
            batch = await self._pacer.take()
            self.sizes.append(len(batch))
            self._done.append(done := asyncio.Event())
            await done.wait()
            self._pacer.release(batch)

    async def call(self, *workflow_ids: str) -> Sequence[int]:
        """Queues a cancel of each workflow, and returns the batches that start without waiting."""
        for workflow_id in workflow_ids:
            self._backlog.add(Flight(mutation("key", CancelWorkflow(workflow_id)), lambda _: None))
            self._pacer.pace()
        return await self._started()

    async def call_many(self, count: int) -> Sequence[int]:
        return await self.call(*(f"workflow-{next(self._numbers)}" for _ in range(count)))

    async def finish(self) -> Sequence[int]:
        """Lets go of all batches, and returns those that start without waiting."""
        while self._done:
            self._done.pop().set()
        return await self._started()

    async def waited_for(self, count: int) -> Sequence[int]:
        """Returns the sizes once so many batches have started."""
        await eventually_async(lambda: len(self.sizes) >= count)
        return self.sizes

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _started(self) -> Sequence[int]:
        for _ in range(TURNS):
            await asyncio.sleep(0)
        return self.sizes


async def test_one_caller_never_waits() -> None:
    committers = Committers()
    for calls in range(1, 10):
        assert await committers.call_many(1) == [1] * calls
        await committers.finish()
    await committers.stop()


async def test_what_came_during_a_batch_is_the_next_one_at_once() -> None:
    committers = Committers()
    assert await committers.call_many(1) == [1]
    assert await committers.call_many(3) == [1]
    assert await committers.finish() == [1, 3]
    await committers.stop()


async def test_a_crowd_is_gathered_until_nobody_comes() -> None:
    committers = Committers(count=1)
    await committers.call_many(1)
    await committers.call_many(8)
    assert await committers.finish() == [1, 8]
    await committers.finish()

    assert await committers.call_many(3) == [1, 8]
    assert await committers.call_many(2) == [1, 8]
    assert await committers.waited_for(3) == [1, 8, 5]
    await committers.stop()


async def test_a_crowd_is_not_waited_for_once_all_but_an_eighth_are_there() -> None:
    committers = Committers(count=1)
    await committers.call_many(1)
    await committers.call_many(15)
    await committers.finish()
    await committers.finish()

    assert await committers.call_many(13) == [1, 15]
    assert await committers.call_many(1) == [1, 15, 14]
    await committers.stop()


async def test_a_crowd_that_went_home_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    committers = Committers(count=1)
    await committers.call_many(1)
    await committers.call_many(16)
    await committers.finish()
    await committers.finish()
    assert await committers.call_many(1) == [1, 16]
    assert await committers.waited_for(3) == [1, 16, 1]
    await committers.finish()

    monkeypatch.setattr(pacing, "_LATELY_S", 0.01)
    await asyncio.sleep(0.02)
    assert await committers.call_many(1) == [1, 16, 1, 1]
    await committers.stop()


async def test_a_full_batch_starts_at_once_beside_another() -> None:
    committers = Committers()
    assert await committers.call_many(10) == [10]
    assert await committers.call_many(MAX_BATCH - 3) == [10]
    assert await committers.call_many(3) == [10, MAX_BATCH]
    await committers.stop()


async def test_what_waits_for_long_behind_a_batch_is_taken_by_another() -> None:
    committers = Committers()
    await committers.call_many(1)
    assert await committers.call_many(2) == [1]
    assert await committers.waited_for(2) == [1, 2]
    await committers.stop()


async def test_what_was_passed_over_is_not_gathered_again() -> None:
    committers = Committers(count=1)
    await committers.call_many(1)
    await committers.call(*["one workflow"] * 8)
    for batches in range(2, 10):
        assert await committers.finish() == [1] * batches
    await committers.stop()
