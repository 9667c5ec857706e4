"""Batches of bulk operations beside single calls: who waits for whom."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from tests.fixtures.eventually import eventually_async
from workflow_control.bulk.courtesy import Courtesy


@dataclass
class Singles:
    """The single calls that wait or are at work."""

    unsettled: int = 0


class Batches:
    """Batches that last until they are told to end."""

    def __init__(self, courtesy: Courtesy) -> None:
        self.at_work = 0
        self.done = asyncio.Event()
        self._courtesy = courtesy

    async def work(self) -> None:
        async with self._courtesy.turn():
            self.at_work += 1
            await self.done.wait()
            self.at_work -= 1


@pytest.fixture
def singles() -> Singles:
    return Singles()


@pytest.fixture
def batches(singles: Singles) -> Batches:
    return Batches(Courtesy(singles))


async def pass_a_turn(batches: Batches) -> None:
    batches.done.set()
    await batches.work()
    batches.done.clear()


async def test_without_single_calls_batches_overlap(batches: Batches) -> None:
    async with asyncio.TaskGroup() as tasks:
        for _ in range(2):
            tasks.create_task(batches.work())
        await eventually_async(lambda: batches.at_work == 2)
        batches.done.set()


async def test_beside_single_calls_they_do_not(batches: Batches, singles: Singles) -> None:
    singles.unsettled = 1
    await pass_a_turn(batches)  # Has seen the call.
    async with asyncio.TaskGroup() as tasks:
        first, second = (tasks.create_task(batches.work()) for _ in range(2))
        await eventually_async(lambda: batches.at_work == 1)
        singles.unsettled = 0
        await asyncio.sleep(0.05)
        assert batches.at_work == 1
        assert not first.done()
        assert not second.done()
        batches.done.set()


async def test_a_batch_waits_for_a_single_call(batches: Batches, singles: Singles) -> None:
    singles.unsettled = 1
    batch = asyncio.create_task(batches.work())
    await asyncio.sleep(0.005)
    assert batches.at_work == 0
    singles.unsettled = 0
    await eventually_async(lambda: batches.at_work == 1)
    batches.done.set()
    await batch


async def test_but_not_for_ever(batches: Batches, singles: Singles) -> None:
    singles.unsettled = 1
    batches.done.set()
    async with asyncio.timeout(5):
        await batches.work()


async def test_a_batch_that_fails_lets_the_next_begin(singles: Singles) -> None:
    courtesy = Courtesy(singles)
    singles.unsettled = 1
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            async with courtesy.turn():
                raise ZeroDivisionError
    async with asyncio.timeout(5), courtesy.turn():
        pass
