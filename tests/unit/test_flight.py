"""How those who wait for a mutation hear of it."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from tests.fixtures.control import mutation
from workflow_control.domain.commands import CancelWorkflow
from workflow_control.domain.errors import DatabaseUnavailable, ShuttingDown
from workflow_control.idempotency.flight import Flight, Unsettled


def flight(landed: list[Flight]) -> Flight:
    return Flight(mutation("key", CancelWorkflow("order-7")), landed.append)


async def test_one_who_leaves_takes_nothing_from_the_others() -> None:
    landed: list[Flight] = []
    shared = flight(landed)
    leaving = asyncio.ensure_future(shared.wait())
    staying = shared.wait()
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    assert landed == []
    settled = Unsettled(ShuttingDown())
    shared.settle(settled)
    assert await staying is settled
    assert await shared.wait() is settled, "who comes late hears of it too"


async def test_a_flight_lands_once_and_its_first_outcome_stands() -> None:
    landed: list[Flight] = []
    settled = flight(landed)
    first = Unsettled(ShuttingDown())
    settled.settle(first)
    settled.settle(Unsettled(DatabaseUnavailable()))
    assert landed == [settled]
    assert settled.settled is first


def test_each_flight_has_an_execution_id_of_its_own() -> None:
    ids = {flight([]).claim.execution_id for _ in range(1000)}
    assert len(ids) == 1000
    for execution_id in ids:
        parsed = UUID(execution_id)
        assert (str(parsed), parsed.version, parsed.variant) == (execution_id, 4, "specified in RFC 4122")
