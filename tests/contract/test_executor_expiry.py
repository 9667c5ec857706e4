"""Keys whose time is over are free, whether or not cleanup has run."""

import asyncio

import pytest

from tests.fixtures.control import SCOPE, add_workflow, expire, fetch, mutation, open_control, status_of
from workflow_control.domain.commands import CancelWorkflow, ForkWorkflow, ResumeWorkflow
from workflow_control.domain.errors import WorkflowExists, WorkflowNotFound
from workflow_control.idempotency.derived_ids import derive_workflow_id
from workflowcontrol.v1.workflow_control_pb2 import ForkWorkflowResponse


@pytest.mark.parametrize("twins", [1, 10])
async def test_an_expired_key_is_free_before_any_cleanup(control_url: str, twins: int) -> None:
    add_workflow(control_url, "workflow-1")
    add_workflow(control_url, "workflow-2")
    async with open_control(control_url) as control:
        await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
        with pytest.raises(WorkflowNotFound):
            await control.executor.execute(mutation("failed", CancelWorkflow("nobody")))
        expire(control_url, "key", "failed")
        assert await control.requests.get(SCOPE, "key") is None

        # Another command: the first one's action, workflow and outcome are forgotten.
        again = await asyncio.gather(
            *(control.executor.execute(mutation("key", ResumeWorkflow("workflow-2"))) for _ in range(twins)),
            *(control.executor.execute(mutation("failed", CancelWorkflow("workflow-1"))) for _ in range(twins)),
        )

    assert sum(not reply.replayed for reply in again) == 2
    assert status_of(control_url, "workflow-2") == "ENQUEUED"
    rows = fetch(
        control_url,
        "SELECT request_key, action, workflow_id, outcome_code, error_reason, expires_at > now() + interval '23 hours'"
        " FROM workflow_control.request ORDER BY request_key",
    )
    assert rows == [
        ("failed", "CancelWorkflow", "workflow-1", 0, None, True),
        ("key", "ResumeWorkflow", "workflow-2", 0, None, True),
    ]


async def test_a_repeated_fork_after_the_expiry_collides_instead_of_doubling(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    command = ForkWorkflow("workflow-1", derive_workflow_id(SCOPE, "key"))
    async with open_control(control_url) as control:
        first = await control.executor.execute(mutation("key", command))
        expire(control_url, "key")
        with pytest.raises(WorkflowExists) as caught:
            await control.executor.execute(mutation("key", command))

    assert ForkWorkflowResponse.FromString(first.response).workflow.workflow_id == command.new_workflow_id
    assert caught.value.metadata["workflow_id"] == command.new_workflow_id
    assert len(fetch(control_url, "SELECT 1 FROM dbos.workflow_status")) == 2
