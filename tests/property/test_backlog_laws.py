"""Laws of the backlog over all sequences of adding, taking and releasing."""

from __future__ import annotations

import asyncio
import time
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.control import mutation
from workflow_control.domain.commands import CancelWorkflow, Command, ForkWorkflow, ResumeWorkflow
from workflow_control.idempotency.backlog import Backlog
from workflow_control.idempotency.flight import Flight

WORKFLOWS = st.sampled_from("abcd")
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(CancelWorkflow, WORKFLOWS, cascade=st.booleans()),
    st.builds(ResumeWorkflow, WORKFLOWS),
    st.builds(ForkWorkflow, WORKFLOWS, WORKFLOWS),
)
ACTIONS = st.lists(COMMANDS | st.just("take") | st.just("release"), max_size=40)


@given(ACTIONS, st.integers(1, 4))
def test_running_batches_are_disjoint_and_each_workflow_is_served_in_order(
    actions: list[Command | str], max_batch: int
) -> None:
    asyncio.run(_check(actions, max_batch))


async def _check(actions: list[Command | str], max_batch: int) -> None:
    backlog = Backlog(1000, max_batch)
    added: list[Flight] = []
    taken: list[Flight] = []
    running: list[list[Flight]] = []

    def take() -> bool:
        batch = backlog.take(time.monotonic())
        assert len(batch) <= max_batch
        assert len(batch) <= 1 or not any(flight.alone for flight in batch)
        taken.extend(batch)
        if batch:
            running.append(batch)
        in_flight = [flight for one in running for flight in one]
        for one, other in combinations(in_flight, 2):
            assert set(one.touched).isdisjoint(other.touched)
        return bool(batch)

    for action in actions:
        if action == "take":
            take()
        elif action == "release":
            if running:
                backlog.release(running.pop(0))
        else:
            assert not isinstance(action, str)
            added.append(Flight(mutation("key", action), lambda _: None))
            backlog.add(added[-1])
    # Nothing is forgotten: all of it is taken as soon as nothing stands in the way.
    while running or take():
        backlog.release(running.pop(0))
    assert len(backlog) == 0
    assert {id(flight) for flight in taken} == {id(flight) for flight in added}
    for workflow_id in "abcd":
        assert [f for f in taken if workflow_id in f.touched] == [f for f in added if workflow_id in f.touched]
