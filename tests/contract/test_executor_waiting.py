"""Commands that have to wait: for a row, for a twin, for their turn. And callers who do not wait for them."""

import asyncio
import time

import pytest

from tests.fixtures.control import SCOPE, add_workflow, fetch, mutation, open_control, status_of
from tests.fixtures.eventually import eventually_async
from tests.fixtures.failpoints import Failpoints
from tests.fixtures.sessions import held, in_transaction, locked_workflow, waiting
from tests.fixtures.state_digest import state_digest
from workflow_control.domain.commands import CancelWorkflow, ForkWorkflow, ResumeWorkflow
from workflow_control.domain.errors import (
    DeadlineExceeded,
    Overloaded,
    RequestInProgress,
    ShuttingDown,
    WorkflowLocked,
)
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowResponse

CLAIM = """
    INSERT INTO workflow_control.request
    (scope, request_key, action, workflow_id, fingerprint, fingerprint_version, execution_id, actor, reason,
     created_at, expires_at)
    VALUES (%(scope)s, %(key)s, 'CancelWorkflow', 'workflow-1', sha256('other'), 1, gen_random_uuid(), 'another', '',
            now(), now() + interval '1 day')
"""
"""What another server's uncommitted transaction has written of a key."""

TAKE_OVER = """
    UPDATE workflow_control.request
    SET outcome_code = NULL, response = NULL, created_at = now(), expires_at = now() + interval '1 day'
    WHERE scope = %(scope)s AND request_key = %(key)s
"""


async def test_a_locked_row_harms_only_its_own_command(control_url: str) -> None:
    for number in range(20):
        add_workflow(control_url, f"workflow-{number}")
    async with open_control(control_url, committers=1, lock_timeout_ms=300) as control:
        with locked_workflow(control_url, "workflow-7"):
            results = await asyncio.gather(
                *(control.executor.execute(mutation(f"key-{n}", CancelWorkflow(f"workflow-{n}"))) for n in range(20)),
                return_exceptions=True,
            )
        blocked = results.pop(7)
        assert isinstance(blocked, WorkflowLocked)
        assert blocked.metadata == {"workflow_id": "workflow-7"}
        assert [r for r in results if isinstance(r, BaseException)] == []
        assert status_of(control_url, "workflow-7") == "PENDING"
        assert await control.requests.get(SCOPE, "key-7") is None

        again = await control.executor.execute(mutation("key-7", CancelWorkflow("workflow-7")))
        assert not again.replayed


async def test_the_state_that_counts_is_the_one_after_the_wait(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    async with open_control(control_url) as control:
        with locked_workflow(control_url, "workflow-1") as worker:
            cancelling = asyncio.create_task(control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
            await eventually_async(lambda: waiting(control_url))
            worker.execute("UPDATE dbos.workflow_status SET status = 'SUCCESS', output = 'done'")
            worker.commit()
            reply = await cancelling

    response = CancelWorkflowResponse.FromString(reply.response)
    assert response.outcome == CancelWorkflowResponse.OUTCOME_ALREADY_COMPLETED
    assert status_of(control_url, "workflow-1") == "SUCCESS"


async def test_a_change_is_never_older_than_the_one_it_has_waited_for(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    async with open_control(control_url) as control:
        with locked_workflow(control_url, "workflow-1") as worker:
            cancelling = asyncio.create_task(control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
            await eventually_async(lambda: waiting(control_url))
            [(updated_at,)] = worker.execute(
                "UPDATE dbos.workflow_status SET updated_at = floor(extract(epoch FROM clock_timestamp()) * 1000)"
                " RETURNING updated_at"
            ).fetchall()
            worker.commit()
            await cancelling

    [(later,)] = fetch(control_url, "SELECT updated_at FROM dbos.workflow_status")
    assert later >= updated_at


async def test_a_cascade_finds_children_that_come_while_it_waits(control_url: str) -> None:
    add_workflow(control_url, "root")
    add_workflow(control_url, "child-1", parent_workflow_id="root")
    async with open_control(control_url) as control:
        with locked_workflow(control_url, "child-1") as worker:
            command = CancelWorkflow("root", cascade=True)
            cancelling = asyncio.create_task(control.executor.execute(mutation("key", command)))
            await eventually_async(lambda: waiting(control_url))
            add_workflow(control_url, "child-2", parent_workflow_id="root")
            add_workflow(control_url, "grandchild", parent_workflow_id="child-2")
            worker.rollback()
            reply = await cancelling

    response = CancelWorkflowResponse.FromString(reply.response)
    assert list(response.cancelled_descendant_ids) == ["child-1", "child-2", "grandchild"]
    assert {status for (status,) in fetch(control_url, "SELECT status FROM dbos.workflow_status")} == {"CANCELLED"}


@pytest.mark.parametrize("twin", [CLAIM, TAKE_OVER], ids=["claims a free key", "takes an expired key over"])
async def test_a_twin_of_another_server_is_waited_for_and_then_reported(control_url: str, twin: str) -> None:
    add_workflow(control_url, "workflow-1")
    key = {"scope": SCOPE, "key": "key"}
    if twin is TAKE_OVER:
        _store_expired_request(control_url)
    async with open_control(control_url, lock_timeout_ms=300) as control:
        with held(control_url, twin, key):
            before = state_digest(control_url)
            with pytest.raises(RequestInProgress) as caught:
                await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
            assert state_digest(control_url) == before
        assert caught.value.metadata == {"request_key": "key"}

        again = await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
    assert not again.replayed
    assert status_of(control_url, "workflow-1") == "CANCELLED"


def _store_expired_request(url: str) -> None:
    fetch(url, CLAIM, {"scope": SCOPE, "key": "key"})
    fetch(
        url,
        "UPDATE workflow_control.request SET outcome_code = 0, response = '', expires_at = now() - interval '1 day'",
    )


async def test_a_twin_that_rolls_back_leaves_the_key_to_the_one_that_waits(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    async with open_control(control_url) as control:
        with held(control_url, CLAIM, {"scope": SCOPE, "key": "key"}) as other:
            cancelling = asyncio.create_task(control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
            await eventually_async(lambda: waiting(control_url))
            other.rollback()
            reply = await cancelling

    assert not reply.replayed
    assert status_of(control_url, "workflow-1") == "CANCELLED"


async def test_a_twin_in_the_same_process_waits_no_longer_than_its_deadline(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    failpoints = Failpoints()
    async with open_control(control_url, failpoint=failpoints) as control:
        with failpoints.hold("decided") as gate:
            leading = asyncio.create_task(control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
            await gate.reached.wait()
            with pytest.raises(RequestInProgress):
                await control.executor.execute(mutation("key", CancelWorkflow("workflow-1"), wait_s=0.1))
        assert not (await leading).replayed


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
            assert in_transaction(control_url) == 0
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
