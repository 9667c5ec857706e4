"""What goes into the next batch, and what waits."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from tests.fixtures.control import mutation
from workflow_control.domain.commands import CancelWorkflow, Command, ForkWorkflow
from workflow_control.domain.errors import DeadlineExceeded, Overloaded
from workflow_control.idempotency.backlog import Backlog
from workflow_control.idempotency.flight import Flight, Unsettled


def flight(command: Command, *, wait_s: float = 60) -> Flight:
    return Flight(mutation("key", command, wait_s=wait_s), lambda _: None)


def cancels(*workflow_ids: str) -> list[Flight]:
    return [flight(CancelWorkflow(workflow_id)) for workflow_id in workflow_ids]


def backlog_of(flights: Sequence[Flight], max_queued: int = 100, max_batch: int = 10) -> Backlog:
    backlog = Backlog(max_queued, max_batch)
    for one in flights:
        backlog.add(one)
    return backlog


def take(backlog: Backlog) -> list[Flight]:
    return backlog.take(time.monotonic())


async def test_a_batch_is_what_is_there_up_to_the_limit_in_order() -> None:
    flights = cancels("a", "b", "c", "d", "e")
    backlog = backlog_of(flights, max_batch=3)
    assert take(backlog) == flights[:3]
    assert all(one.taken for one in flights[:3])
    assert take(backlog) == flights[3:]
    assert take(backlog) == []


async def test_a_workflow_is_in_one_batch_at_a_time() -> None:
    flights = cancels("a", "a", "b", "a")
    backlog = backlog_of(flights)
    first = take(backlog)
    assert first == [flights[0], flights[2]]
    assert take(backlog) == []
    assert not flights[1].taken
    backlog.release(first)
    second = take(backlog)
    assert second == [flights[1]]
    backlog.release(second)
    assert take(backlog) == [flights[3]]


async def test_a_fork_keeps_its_source_and_its_new_id() -> None:
    fork = flight(ForkWorkflow("a", "b"))
    backlog = backlog_of([fork, *cancels("a", "b", "c")])
    assert [one.touched for one in take(backlog)] == [("a", "b"), ("c",)]


async def test_what_touches_more_than_it_names_runs_alone() -> None:
    before, after = cancels("a"), cancels("c")
    cascade = flight(CancelWorkflow("b", cascade=True))
    backlog = backlog_of([*before, cascade, *after])
    assert take(backlog) == [*before, *after]
    assert take(backlog) == [cascade]


async def test_nothing_joins_what_runs_alone() -> None:
    cascade = flight(CancelWorkflow("a", cascade=True))
    [other] = cancels("b")
    backlog = backlog_of([cascade, other])
    assert take(backlog) == [cascade]
    assert take(backlog) == [other]


async def test_commands_on_one_workflow_do_not_overtake_each_other() -> None:
    [first, last] = cancels("x", "b")
    cascade = flight(CancelWorkflow("b", cascade=True))
    backlog = backlog_of([first, cascade, last])
    assert take(backlog) == [first]
    assert take(backlog) == [cascade]


async def test_what_waits_through_another_does_not_overtake_either() -> None:
    """The last command's workflow is free, but the fork before it needs that one too and still waits."""
    [busy, last] = cancels("a", "b")
    fork = flight(ForkWorkflow("a", "b"))
    backlog = backlog_of([busy, fork, last])
    batch = take(backlog)
    assert batch == [busy]
    backlog.release(batch)
    batch = take(backlog)
    assert batch == [fork]
    backlog.release(batch)
    assert take(backlog) == [last]


async def test_late_and_withdrawn_commands_are_dropped() -> None:
    late = flight(CancelWorkflow("a"), wait_s=-1)
    [withdrawn, good] = cancels("b", "c")
    withdrawn.settle(Unsettled(DeadlineExceeded()))
    backlog = backlog_of([late, withdrawn, good])
    assert take(backlog) == [good]
    settled = late.settled
    assert isinstance(settled, Unsettled)
    assert isinstance(settled.error, DeadlineExceeded)


async def test_a_command_in_doubt_is_not_dropped_for_being_late() -> None:
    """Whether its COMMIT was done must be found out."""
    late = flight(CancelWorkflow("a"), wait_s=-1)
    late.in_doubt = True
    assert take(backlog_of([late])) == [late]


async def test_a_full_queue_refuses() -> None:
    backlog = backlog_of(cancels("a", "b"), max_queued=2)
    with pytest.raises(Overloaded) as caught:
        backlog.add(flight(CancelWorkflow("c")))
    assert caught.value.metadata == {"limit": "2"}
    assert len(backlog) == 2


async def test_what_is_put_back_comes_first_and_is_never_refused() -> None:
    flights = cancels("a", "b", "c", "d")
    backlog = backlog_of(flights[:2], max_queued=2)
    batch = take(backlog)
    for one in flights[2:]:
        backlog.add(one)
    backlog.put_back(batch)
    backlog.release(batch)
    assert len(backlog) == 4
    assert take(backlog) == flights
