"""Commands that wait for their turn, callers who do not wait for them, and a server that ends meanwhile."""

import asyncio
import time

import pytest

from tests.fixtures.control import SCOPE, add_workflow, fetch, mutation, open_control, status_of
from tests.fixtures.eventually import eventually_async
from tests.fixtures.failpoints import Failpoints
from tests.fixtures.sessions import in_transaction, locked_workflow, waiting
from workflow_control.domain.commands import CancelWorkflow, ForkWorkflow, ResumeWorkflow
from workflow_control.domain.errors import (
    DeadlineExceeded,
    Overloaded,
    RequestKeyError,
    ShuttingDown,
    WorkflowLocked,
    WorkflowNotFound,
)
from workflow_control.idempotency.requests import MutationReply


async def test_a_deadline_that_passes_in_the_queue_leaves_nothing(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    add_workflow(control_url, "workflow-2")
    failpoints = Failpoints()
    async with open_control(control_url, committers=1, failpoint=failpoints) as control:
        with failpoints.hold("opened") as gate:
            first = asyncio.create_task(control.executor.execute(mutation("key-1", CancelWorkflow("workflow-1"))))
            await gate.reached.wait()
            late = mutation("key-2", CancelWorkflow("workflow-2"), wait_s=0.05)
            second = asyncio.create_task(control.executor.execute(late))
            await eventually_async(lambda: time.monotonic() > late.deadline)
            gate.open()
            with pytest.raises(DeadlineExceeded):
                await second
            await first
        assert await control.requests.get(SCOPE, "key-2") is None
    assert status_of(control_url, "workflow-2") == "PENDING"


async def test_a_transaction_takes_no_longer_than_its_callers_wait(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    async with open_control(control_url, lock_timeout_ms=60_000, statement_timeout_ms=60_000) as control:
        with locked_workflow(control_url, "workflow-1"):
            began = time.monotonic()
            with pytest.raises((DeadlineExceeded, WorkflowLocked)):
                await control.executor.execute(mutation("key", CancelWorkflow("workflow-1"), wait_s=0.3))
            assert time.monotonic() - began < 5
        assert await control.requests.get(SCOPE, "key") is None


async def test_a_caller_who_leaves_the_queue_leaves_nothing(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    add_workflow(control_url, "workflow-2")
    failpoints = Failpoints()
    async with open_control(control_url, committers=1, failpoint=failpoints) as control:
        with failpoints.hold("opened") as gate:
            first = asyncio.create_task(control.executor.execute(mutation("key-1", CancelWorkflow("workflow-1"))))
            await gate.reached.wait()
            second = asyncio.create_task(control.executor.execute(mutation("key-2", CancelWorkflow("workflow-2"))))
            await asyncio.sleep(0)  # It is queued once it has run.
            second.cancel()
            with pytest.raises(asyncio.CancelledError):
                await second
        await first
        await control.executor.execute(mutation("key-3", ResumeWorkflow("workflow-1")))
        assert await control.requests.get(SCOPE, "key-2") is None
    assert status_of(control_url, "workflow-2") == "PENDING"


@pytest.mark.parametrize("step", ["opened", "decided", "applied", "recorded"])
async def test_a_caller_who_leaves_a_batch_does_not_stop_it(control_url: str, step: str) -> None:
    add_workflow(control_url, "workflow-1")
    failpoints = Failpoints()
    async with open_control(control_url, failpoint=failpoints) as control:
        with failpoints.hold(step) as gate:
            leading = asyncio.create_task(control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
            await gate.reached.wait()
            twin = asyncio.create_task(control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
            await asyncio.sleep(0)  # It waits for the first once it has run.
            leading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leading
        assert (await twin).replayed
        stored = await control.requests.get(SCOPE, "key")
    assert stored is not None
    assert failpoints.reached.count("opened") == 1
    assert status_of(control_url, "workflow-1") == "CANCELLED"


async def test_a_full_queue_refuses_and_keeps_what_it_has(control_url: str) -> None:
    for number in range(5):
        add_workflow(control_url, f"workflow-{number}")
    failpoints = Failpoints()
    async with open_control(control_url, committers=1, max_queued=3, failpoint=failpoints) as control:
        with failpoints.hold("opened") as gate:
            execute = control.executor.execute
            running = [asyncio.create_task(execute(mutation("key-0", CancelWorkflow("workflow-0"))))]
            await gate.reached.wait()
            running += [
                asyncio.create_task(execute(mutation(f"key-{n}", CancelWorkflow(f"workflow-{n}")))) for n in (1, 2, 3)
            ]
            await asyncio.sleep(0)  # They are queued once they have run.
            with pytest.raises(Overloaded) as caught:
                await execute(mutation("key-4", CancelWorkflow("workflow-4")))
        assert caught.value.metadata == {"limit": "3"}
        assert [reply.replayed for reply in await asyncio.gather(*running)] == [False] * 4
    assert status_of(control_url, "workflow-4") == "PENDING"


async def test_too_many_twins_are_refused(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    failpoints = Failpoints()
    async with open_control(control_url, max_queued=3, failpoint=failpoints) as control:
        with failpoints.hold("opened") as gate:
            twins = [
                asyncio.create_task(control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
                for _ in range(4)
            ]
            await gate.reached.wait()
            with pytest.raises(Overloaded):
                await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
        assert sorted(reply.replayed for reply in await asyncio.gather(*twins)) == [False, True, True, True]


async def test_commands_on_one_workflow_run_in_the_order_they_came(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    add_workflow(control_url, "workflow-2")
    async with open_control(control_url, committers=3) as control:
        execute = control.executor.execute
        await asyncio.gather(
            execute(mutation("other", ResumeWorkflow("workflow-2"))),
            # A cascade is a batch of its own and waits for its turn; what came after it must wait as well.
            execute(mutation("cancel", CancelWorkflow("workflow-1", cascade=True))),
            execute(mutation("resume", ResumeWorkflow("workflow-1"))),
            execute(mutation("fork", ForkWorkflow("workflow-1", "fork-1"))),
        )
    assert status_of(control_url, "workflow-1") == "ENQUEUED"


@pytest.mark.parametrize("step", ["opened", "decided", "applied", "recorded", "committed"])
async def test_a_drain_finishes_what_has_begun_and_refuses_the_rest(control_url: str, step: str) -> None:
    add_workflow(control_url, "workflow-1")
    add_workflow(control_url, "workflow-2")
    failpoints = Failpoints()
    async with open_control(control_url, committers=1, failpoint=failpoints) as control:
        with failpoints.hold(step) as gate:
            begun = asyncio.create_task(control.executor.execute(mutation("key-1", CancelWorkflow("workflow-1"))))
            await gate.reached.wait()
            queued = asyncio.create_task(control.executor.execute(mutation("key-2", CancelWorkflow("workflow-2"))))
            await asyncio.sleep(0)  # It is queued once it has run.
            draining = asyncio.create_task(control.executor.drain(10))
            await asyncio.sleep(0)  # It has begun once it has run.
            with pytest.raises(ShuttingDown):
                await control.executor.execute(mutation("key-3", CancelWorkflow("workflow-1")))
        await draining
        assert not (await begun).replayed
        assert not (await queued).replayed
    assert status_of(control_url, "workflow-1") == status_of(control_url, "workflow-2") == "CANCELLED"


async def test_a_drain_that_takes_too_long_rolls_back(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    add_workflow(control_url, "workflow-2")
    async with open_control(control_url, committers=1) as control:
        with locked_workflow(control_url, "workflow-1"):
            begun = asyncio.create_task(control.executor.execute(mutation("key-1", CancelWorkflow("workflow-1"))))
            await eventually_async(lambda: waiting(control_url))
            queued = asyncio.create_task(control.executor.execute(mutation("key-2", CancelWorkflow("workflow-2"))))
            await asyncio.sleep(0)  # It is queued once it has run.
            await control.executor.drain(0.1)
            with pytest.raises(ShuttingDown):
                await begun
            with pytest.raises(ShuttingDown):
                await queued
            # Its backend was cancelled and hung up on, and ends a moment later.
            await eventually_async(lambda: in_transaction(control_url) == 0)
    assert fetch(control_url, "SELECT 1 FROM workflow_control.request") == []


async def test_a_repeat_that_comes_as_the_first_call_leaves_takes_its_place(control_url: str) -> None:
    """In the very turn of the event loop between the first call's end and the news of it."""
    add_workflow(control_url, "workflow-1")
    add_workflow(control_url, "workflow-2")
    failpoints = Failpoints()
    async with open_control(control_url, committers=1, failpoint=failpoints) as control:
        with failpoints.hold("opened") as gate:
            busy = asyncio.create_task(control.executor.execute(mutation("key-1", CancelWorkflow("workflow-1"))))
            await gate.reached.wait()
            first = asyncio.create_task(control.executor.execute(mutation("key-2", CancelWorkflow("workflow-2"))))
            await asyncio.sleep(0)  # It is queued once it has run.
            first.cancel()
            repeat = asyncio.create_task(control.executor.execute(mutation("key-2", CancelWorkflow("workflow-2"))))
            with pytest.raises(asyncio.CancelledError):
                await first
        assert not (await busy).replayed
        assert not (await repeat).replayed


async def test_many_are_answered_each_as_alone(control_url: str) -> None:
    for number in (1, 2, 3):
        add_workflow(control_url, f"workflow-{number}")
    async with open_control(control_url, max_queued=3) as control:
        first, missing, twin, other, *rest = await control.executor.execute_all(
            [
                mutation("key-1", CancelWorkflow("workflow-1")),
                mutation("key-2", CancelWorkflow("nobody")),
                mutation("key-1", CancelWorkflow("workflow-1")),
                mutation("key-1", CancelWorkflow("workflow-2")),
                mutation("key-3", CancelWorkflow("workflow-2")),
                mutation("key-4", CancelWorkflow("workflow-3")),  # The queue is full when this one comes.
            ]
        )
        await control.executor.drain(1)
        [late] = await control.executor.execute_all([mutation("key-5", CancelWorkflow("workflow-3"))])
    assert isinstance(missing, WorkflowNotFound)
    assert isinstance(other, RequestKeyError)
    assert isinstance(late, ShuttingDown)
    replies = [answer for answer in (first, twin, *rest) if isinstance(answer, MutationReply)]
    assert [reply.replayed for reply in replies] == [False, True, False, False]
    assert replies[0].response == replies[1].response
    assert [status_of(control_url, f"workflow-{number}") for number in (1, 2, 3)] == ["CANCELLED"] * 3


async def test_many_whose_caller_leaves_are_taken_back_but_for_those_at_work(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    failpoints = Failpoints()
    async with open_control(control_url, committers=1, failpoint=failpoints) as control:
        with failpoints.hold("opened") as gate:
            requests = [
                mutation("key-1", CancelWorkflow("workflow-1")),
                mutation("key-2", ResumeWorkflow("workflow-1")),  # Waits for the one before.
            ]
            many = asyncio.create_task(control.executor.execute_all(requests))
            await gate.reached.wait()
            many.cancel()
            with pytest.raises(asyncio.CancelledError):
                await many
        again = await control.executor.execute(mutation("key-1", CancelWorkflow("workflow-1")))
        assert again.replayed
        assert await control.requests.get(SCOPE, "key-2") is None
    assert status_of(control_url, "workflow-1") == "CANCELLED"
