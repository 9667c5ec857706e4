"""Python values become the requests of `BulkControl`, and an operation is followed to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fixtures.scripted_server import AnyClient, ScriptedServer, answer, items_of
from workflow_control_client import BulkCancel, BulkDelete, BulkOperation, BulkOperationState, WorkflowFilter
from workflow_control_client.bulk_calls import start_bulk_operation
from workflowcontrol.v1.bulk_control_pb2 import BulkWorkflowIds, GetBulkOperationResponse, StartBulkOperationRequest


def test_a_start_fills_the_request() -> None:
    chosen = WorkflowFilter(queue_names=["orders"])
    call = start_bulk_operation(
        delete=BulkDelete(force=True), filter=chosen, max_workflows=7, max_per_second=3, request_key="key", reason="why"
    )
    assert call.request == StartBulkOperationRequest(
        delete=BulkDelete(force=True),
        filter=chosen,
        max_workflows=7,
        max_per_second=3,
        request_key="key",
        reason="why",
    )


def test_ids_may_be_any_iterable() -> None:
    call = start_bulk_operation(cancel=BulkCancel(), workflow_ids=(f"w{n}" for n in (1, 2)), request_key="key")
    assert call.request == StartBulkOperationRequest(
        cancel=BulkCancel(), workflow_ids=BulkWorkflowIds(workflow_ids=["w1", "w2"]), request_key="key"
    )


def test_two_things_at_once_are_refused() -> None:
    with pytest.raises(ValueError, match="cancel, resume"):
        start_bulk_operation(cancel=BulkCancel(), delete=BulkDelete(), workflow_ids=["a"])
    with pytest.raises(ValueError, match="workflow_ids and filter"):
        start_bulk_operation(cancel=BulkCancel(), workflow_ids=["a"], filter=WorkflowFilter(names=["a"]))


async def test_an_operation_is_followed_until_it_has_ended(client: AnyClient, scripted_server: ScriptedServer) -> None:
    states = [
        BulkOperationState.BULK_OPERATION_STATE_RUNNING,
        BulkOperationState.BULK_OPERATION_STATE_PAUSED,
        BulkOperationState.BULK_OPERATION_STATE_COMPLETED,
        BulkOperationState.BULK_OPERATION_STATE_RUNNING,
    ]
    responses = [GetBulkOperationResponse(bulk_operation=BulkOperation(state=state)) for state in states]
    scripted_server.script("GetBulkOperation", *map(answer, responses))

    seen = await items_of(client.follow_bulk_operation("operation-1", interval=timedelta(milliseconds=1)))

    assert [operation.state for operation in seen] == states[:3]
