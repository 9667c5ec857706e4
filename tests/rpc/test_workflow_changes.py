"""What restarts, rewinds, deletions and adjustments answer beside the workflow, and what they leave."""

from __future__ import annotations

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import Struct

from tests.differential.seeds import LAST_STEP, SEED_TIME_MS, clan, family, workflow
from tests.fixtures.rpc_server import RunningServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.types_pb2 import WORKFLOW_STATE_ERROR
from workflowcontrol.v1.workflow_changes_pb2 import (
    DeleteWorkflowRequest,
    DeleteWorkflowResponse,
    RestartWorkflowRequest,
    RestartWorkflowResponse,
    RewindWorkflowRequest,
    RewindWorkflowResponse,
    SetWorkflowDelayRequest,
    SetWorkflowDelayResponse,
    SetWorkflowPriorityRequest,
    SetWorkflowPriorityResponse,
    UpdateWorkflowAttributesRequest,
    UpdateWorkflowAttributesResponse,
)
from workflowcontrol.v1.workflow_control_pb2 import ListWorkflowStepsRequest, ListWorkflowStepsResponse

REPLACE = UpdateWorkflowAttributesRequest.MODE_REPLACE
MERGE = UpdateWorkflowAttributesRequest.MODE_MERGE


def seeded(server: RunningServer, state: WorkflowState) -> str:
    workflow_id = fresh("order")
    server.seed(family(workflow_id, state))
    return workflow_id


def step_count(server: RunningServer, workflow_id: str) -> int:
    response = server.call(ListWorkflowStepsRequest(workflow_id=workflow_id)).read(ListWorkflowStepsResponse)
    return len(response.steps)


def test_a_restart_has_the_id_of_its_source_and_no_steps(rpc_server: RunningServer) -> None:
    source = seeded(rpc_server, WorkflowState.ERROR)
    request = RestartWorkflowRequest(request_key=fresh("key"), workflow_id=source, queue_name="express")
    response = rpc_server.call(request).read(RestartWorkflowResponse)
    assert response.forked_from == response.workflow.forked_from == source
    assert response.workflow.queue_name == "express"
    assert step_count(rpc_server, response.workflow.workflow_id) == 0
    assert step_count(rpc_server, source) == LAST_STEP


@pytest.mark.parametrize(
    ("start_step", "steps", "messages"),
    # Of its two messages step 3 received one, and nobody the other.
    [(0, 5, 2), (1, 5, 2), (3, 3, 2), (4, 2, 1), (5, 1, 1), (6, 0, 1)],
)
def test_a_rewind_counts_what_it_deletes(
    newest_rpc_server: RunningServer, start_step: int, steps: int, messages: int
) -> None:
    workflow_id = seeded(newest_rpc_server, WorkflowState.ERROR)
    request = RewindWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id, start_step=start_step)
    response = newest_rpc_server.call(request).read(RewindWorkflowResponse)
    assert (response.deleted_step_count, response.deleted_message_count) == (steps, messages)
    assert (response.previous_state, response.start_step) == (WORKFLOW_STATE_ERROR, start_step)
    assert step_count(newest_rpc_server, workflow_id) == LAST_STEP - steps


def test_a_rewind_opens_streams_whichever_runtime_closed_them(newest_rpc_server: RunningServer) -> None:
    texts = [
        "__DBOS_STREAM_CLOSED__",
        '"__DBOS_STREAM_CLOSED__"',
        "gASVGgAAAAAAAACMFl9fREJPU19TVFJFQU1fQ0xPU0VEX1+ULg==",
    ]
    workflow_id = fresh("order")
    rows = workflow(workflow_id, WorkflowState.SUCCESS)
    for number, text in enumerate(texts):
        for step in (1, 2):
            rows.add(
                "streams", workflow_uuid=workflow_id, key=f"{number}-{step}", offset=0, function_id=step, value=text
            )
    newest_rpc_server.seed(rows)
    request = RewindWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id, start_step=2)
    newest_rpc_server.call(request).read(RewindWorkflowResponse)
    left = newest_rpc_server.execute("SELECT key FROM dbos.streams WHERE workflow_uuid = %s ORDER BY key", workflow_id)
    assert [row["key"] for row in left] == ["0-1", "1-1", "2-1"]


@pytest.mark.parametrize("cascade", [False, True])
def test_a_deletion_says_what_it_deleted(rpc_server: RunningServer, cascade: bool) -> None:
    workflow_id = fresh("clan")
    rows = clan(workflow_id, WorkflowState.SUCCESS, [WorkflowState.ERROR, WorkflowState.CANCELLED])
    rpc_server.seed(rows)
    request = DeleteWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id, cascade=cascade, force=True)
    response = rpc_server.call(request).read(DeleteWorkflowResponse)
    descendants = sorted(set(rows.workflow_ids()) - {workflow_id}) if cascade else []
    assert response.outcome == DeleteWorkflowResponse.OUTCOME_DELETED
    assert list(response.deleted_descendant_ids) == descendants
    assert response.deleted_descendant_count == len(descendants)
    left = rpc_server.execute(
        "SELECT workflow_uuid FROM dbos.workflow_status WHERE starts_with(workflow_uuid, %s)", workflow_id
    )
    assert {row["workflow_uuid"] for row in left} == set(rows.workflow_ids()) - {workflow_id, *descendants}


def test_a_deletion_of_what_may_be_missing(rpc_server: RunningServer) -> None:
    request = DeleteWorkflowRequest(request_key=fresh("key"), workflow_id="missing", allow_missing=True)
    response = rpc_server.call(request).read(DeleteWorkflowResponse)
    assert response.outcome == DeleteWorkflowResponse.OUTCOME_MISSING
    assert not response.HasField("workflow")


def test_a_cascade_that_is_refused_deletes_nothing(rpc_server: RunningServer) -> None:
    workflow_id = seeded(rpc_server, WorkflowState.SUCCESS)
    request = DeleteWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id, cascade=True)
    refusal = rpc_server.call(request).refused("WORKFLOW_NOT_TERMINAL")
    assert refusal.metadata == {"workflow_id": f"{workflow_id}/child-2", "state": "PENDING"}
    [row] = rpc_server.execute(
        "SELECT count(*) FROM dbos.workflow_status WHERE starts_with(workflow_uuid, %s)", workflow_id
    )
    assert row["count"] == 5


def test_a_delay_counts_from_the_clock_of_the_database(newest_rpc_server: RunningServer) -> None:
    workflow_id = seeded(newest_rpc_server, WorkflowState.DELAYED)
    request = SetWorkflowDelayRequest(
        request_key=fresh("key"), workflow_id=workflow_id, delay=Duration(seconds=90, nanos=5_000_000)
    )
    response = newest_rpc_server.call(request).read(SetWorkflowDelayResponse)
    workflow_after = response.workflow
    waits_ms = workflow_after.delay_until.ToMilliseconds() - workflow_after.update_time.ToMilliseconds()
    assert waits_ms == 90_005
    assert response.previous_delay_until.ToMilliseconds() == SEED_TIME_MS + 5


def test_a_time_that_has_passed_is_now(newest_rpc_server: RunningServer) -> None:
    workflow_id = seeded(newest_rpc_server, WorkflowState.DELAYED)
    request = SetWorkflowDelayRequest(request_key=fresh("key"), workflow_id=workflow_id)
    request.delay_until.FromMilliseconds(SEED_TIME_MS)
    after = newest_rpc_server.call(request).read(SetWorkflowDelayResponse).workflow
    assert after.delay_until == after.update_time


def test_a_priority_says_what_it_was(rpc_server: RunningServer) -> None:
    workflow_id = seeded(rpc_server, WorkflowState.ENQUEUED)
    for priority, previous in ((2**31 - 1, 7), (0, 2**31 - 1)):
        request = SetWorkflowPriorityRequest(request_key=fresh("key"), workflow_id=workflow_id, priority=priority)
        response = rpc_server.call(request).read(SetWorkflowPriorityResponse)
        assert (response.workflow.priority, response.previous_priority) == (priority, previous)


@pytest.mark.parametrize(
    ("mode", "attributes", "expected"),
    [
        (REPLACE, {"colour": "red"}, {"colour": "red"}),
        (REPLACE, {}, {}),
        (REPLACE, None, None),
        (MERGE, {"colour": "red", "nested": None}, {"colour": "red", "nested": None, "order": ...}),
        (MERGE, {}, {"order": ..., "nested": {"list": [1, None, "two"]}}),
    ],
)
def test_attributes(
    newest_rpc_server: RunningServer, mode: int, attributes: dict[str, str | None] | None, expected: object
) -> None:
    workflow_id = seeded(newest_rpc_server, WorkflowState.SUCCESS)
    request = UpdateWorkflowAttributesRequest(request_key=fresh("key"), workflow_id=workflow_id)
    request.mode = mode  # type: ignore[assignment]  # The stubs know an enum's values by a type of their own.
    if attributes is not None:
        struct = Struct()
        struct.update(attributes)
        request.attributes.CopyFrom(struct)
    response = newest_rpc_server.call(request).read(UpdateWorkflowAttributesResponse)
    if isinstance(expected, dict):
        expected = {name: workflow_id if value is ... else value for name, value in expected.items()}
    [row] = newest_rpc_server.execute(
        "SELECT attributes FROM dbos.workflow_status WHERE workflow_uuid = %s", workflow_id
    )
    assert row["attributes"] == expected
    assert response.workflow.HasField("attributes") == (expected is not None)
    assert MessageToDict(response.workflow.attributes) == (expected or {})


def test_a_merge_needs_something_to_merge(newest_rpc_server: RunningServer) -> None:
    request = UpdateWorkflowAttributesRequest(request_key=fresh("key"), workflow_id="order", mode=MERGE)
    assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == ["attributes"]
