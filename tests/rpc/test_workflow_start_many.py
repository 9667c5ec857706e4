"""StartWorkflows: all or nothing, in order, each as if it were started alone."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.struct_pb2 import Value
from google.rpc.error_details_pb2 import ResourceInfo

from tests.differential.seeds import workflow
from tests.fixtures.rpc_server import RunningServer, fresh
from tests.rpc.test_workflow_start import count_workflows, new_workflow
from workflow_control.domain.limits import LISTED_WARNINGS_MAX, STARTED_WORKFLOWS_MAX
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.workflow_start_pb2 import (
    DUPLICATE_POLICY_RETURN_EXISTING,
    NewWorkflow,
    StartWorkflowResponse,
    StartWorkflowsRequest,
    StartWorkflowsResponse,
)

STARTED = StartWorkflowResponse.OUTCOME_STARTED
EXISTING = StartWorkflowResponse.OUTCOME_EXISTING


def request(*workflows: NewWorkflow, key: str | None = None) -> StartWorkflowsRequest:
    return StartWorkflowsRequest(request_key=key or fresh("key"), workflows=workflows)


def start(server: RunningServer, *workflows: NewWorkflow) -> StartWorkflowsResponse:
    return server.call(request(*workflows)).read(StartWorkflowsResponse)


def many(number: int, **fields: Any) -> list[NewWorkflow]:  # noqa: ANN401 - Any field's type.
    return [new_workflow(args=[Value(number_value=each)], **fields) for each in range(number)]


def test_a_thousand_are_started_in_order(rpc_server: RunningServer) -> None:
    queue = fresh("queue")
    response = start(rpc_server, *many(STARTED_WORKFLOWS_MAX, queue_name=queue))
    assert {each.outcome for each in response.workflows} == {STARTED}
    assert {each.state for each in response.workflows} == {types.WORKFLOW_STATE_ENQUEUED}
    rows = rpc_server.execute(
        "SELECT workflow_uuid FROM dbos.workflow_status WHERE queue_name = %s ORDER BY priority, created_at", queue
    )
    # What a worker goes by leaves nothing to chance.
    assert [row["workflow_uuid"] for row in rows] == [each.workflow_id for each in response.workflows]
    [distinct] = rpc_server.execute(
        "SELECT count(DISTINCT created_at) AS number FROM dbos.workflow_status WHERE queue_name = %s", queue
    )
    assert distinct["number"] == STARTED_WORKFLOWS_MAX


def test_ids_derive_from_key_and_place(newest_rpc_server: RunningServer) -> None:
    key = fresh("key")
    call = request(*many(3), key=key)
    first = newest_rpc_server.call(call).read(StartWorkflowsResponse)
    assert len({each.workflow_id for each in first.workflows}) == 3
    newest_rpc_server.execute("DELETE FROM workflow_control.request WHERE request_key = %s", key)
    refusal = newest_rpc_server.call(call).refused("WORKFLOW_EXISTS")
    assert refusal.metadata == {"workflow_id": first.workflows[0].workflow_id, "index": "0"}


def test_one_that_cannot_be_refuses_all(rpc_server: RunningServer) -> None:
    taken = fresh("order")
    rpc_server.seed(workflow(taken, WorkflowState.SUCCESS))
    before = count_workflows(rpc_server)
    reply = rpc_server.call(request(*many(3), new_workflow(workflow_id=taken), *many(2)))
    refusal = reply.refused("WORKFLOW_EXISTS")
    assert refusal.metadata == {"workflow_id": taken, "index": "3"}
    assert "workflows[3]" in refusal.message
    assert refusal.detail(ResourceInfo).resource_name == taken
    assert count_workflows(rpc_server) == before


def test_a_partitioned_queue_refuses_all(newest_rpc_server: RunningServer) -> None:
    queue = fresh("queue")
    newest_rpc_server.execute("INSERT INTO dbos.queues (name, partition_queue) VALUES (%s, TRUE)", queue)
    reply = newest_rpc_server.call(request(*many(1), *many(1, queue_name=queue)))
    assert reply.refused("QUEUE_PARTITION_KEY_REQUIRED").metadata == {"queue_name": queue, "index": "1"}


def test_the_second_finds_the_first_ones_deduplication_id_held(rpc_server: RunningServer) -> None:
    held = fresh("customer")
    first = new_workflow(workflow_id=fresh("order"), queue_name="orders", deduplication_id=held)
    second = new_workflow(queue_name="orders", deduplication_id=held)
    before = count_workflows(rpc_server)
    assert rpc_server.call(request(first, second)).refused("DEDUPLICATED").metadata == {
        "queue_name": "orders",
        "deduplication_id": held,
        "holder_workflow_id": first.workflow_id,
        "index": "1",
    }
    assert count_workflows(rpc_server) == before

    second.duplicate_policy = DUPLICATE_POLICY_RETURN_EXISTING
    response = start(rpc_server, first, second)
    assert [each.outcome for each in response.workflows] == [STARTED, EXISTING]
    assert [each.workflow_id for each in response.workflows] == [first.workflow_id] * 2
    # All of them exist already: nothing to write, and no error.
    again = start(rpc_server, second, second)
    assert [each.outcome for each in again.workflows] == [EXISTING] * 2
    assert count_workflows(rpc_server) == before + 1


def test_equal_ids_are_invalid(newest_rpc_server: RunningServer) -> None:
    workflows = [new_workflow(workflow_id="order-7"), *many(1), new_workflow(workflow_id="order-7")]
    assert newest_rpc_server.call(request(*workflows)).refused("INVALID_REQUEST").fields == ["workflows[2].workflow_id"]


def test_each_unknown_name_is_warned_of_once_and_not_all_of_too_many(newest_rpc_server: RunningServer) -> None:
    name = fresh("workflow")
    response = start(newest_rpc_server, *many(3, workflow_name=name))
    assert [warning.value for warning in response.warnings] == [name]

    names = [fresh("workflow") for _ in range(LISTED_WARNINGS_MAX + 1)]
    response = start(newest_rpc_server, *(new_workflow(workflow_name=each) for each in names))
    assert [warning.value for warning in response.warnings] == names[:LISTED_WARNINGS_MAX]


@pytest.mark.parametrize("number", [0, STARTED_WORKFLOWS_MAX + 1])
def test_none_and_too_many_are_invalid(newest_rpc_server: RunningServer, number: int) -> None:
    assert newest_rpc_server.call(request(*many(number))).refused("INVALID_REQUEST").fields == ["workflows"]
