"""Commands that wait for others: for a row that a worker holds, for a twin of another server or of this one."""

import asyncio

import pytest

from tests.fixtures.control import SCOPE, add_workflow, fetch, mutation, open_control, status_of
from tests.fixtures.eventually import eventually_async
from tests.fixtures.failpoints import Failpoints
from tests.fixtures.sessions import held, locked_workflow, waiting
from tests.fixtures.state_digest import state_digest
from workflow_control.domain.commands import CancelWorkflow
from workflow_control.domain.errors import (
    RequestInProgress,
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
