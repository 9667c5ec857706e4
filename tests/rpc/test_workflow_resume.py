"""ResumeWorkflow: what it comes to in every state."""

from __future__ import annotations

import pytest

from tests.differential.seeds import family, workflow
from tests.fixtures.rpc_server import RunningServer, fresh
from workflow_control.domain.records import INTERNAL_QUEUE
from workflow_control.domain.states import COMPLETE, WorkflowState
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.workflow_control_pb2 import ResumeWorkflowRequest, ResumeWorkflowResponse


def resume(server: RunningServer, workflow_id: str, queue_name: str = "") -> ResumeWorkflowResponse:
    request = ResumeWorkflowRequest(workflow_id=workflow_id, request_key=fresh("key"), queue_name=queue_name)
    return server.call(request).read(ResumeWorkflowResponse)


@pytest.mark.parametrize("queue_name", ["", "express"], ids=["internal", "express"])
@pytest.mark.parametrize("state", [state for state in WorkflowState if state not in COMPLETE], ids=str)
def test_a_workflow_that_is_not_complete_waits_for_a_worker_again(
    rpc_server: RunningServer, state: WorkflowState, queue_name: str
) -> None:
    workflow_id = fresh("order")
    rpc_server.seed(family(workflow_id, state))

    response = resume(rpc_server, workflow_id, queue_name)

    assert response.outcome == ResumeWorkflowResponse.OUTCOME_RESUMED
    assert types.WorkflowState.Name(response.previous_state) == f"WORKFLOW_STATE_{state.name}"
    resumed = response.workflow
    assert resumed.state == types.WORKFLOW_STATE_ENQUEUED
    assert resumed.queue_name == (queue_name or INTERNAL_QUEUE)
    assert resumed.recovery_attempts == 0
    assert not resumed.deduplication_id
    for field in ("deadline", "start_time", "complete_time"):
        assert not resumed.HasField(field), field
    [row] = rpc_server.execute("SELECT * FROM dbos.workflow_status WHERE workflow_uuid = %s", workflow_id)
    assert row["owner_xid"] is None


@pytest.mark.parametrize("state", sorted(COMPLETE), ids=str)
def test_a_complete_workflow_is_left_as_it_is(rpc_server: RunningServer, state: WorkflowState) -> None:
    workflow_id = fresh("order")
    rpc_server.seed(family(workflow_id, state))
    query = "SELECT w::text || w.xmin::text AS row FROM dbos.workflow_status AS w WHERE starts_with(workflow_uuid, %s)"
    before = rpc_server.execute(query, workflow_id)

    response = resume(rpc_server, workflow_id, "express")

    assert response.outcome == ResumeWorkflowResponse.OUTCOME_ALREADY_COMPLETED
    assert types.WorkflowState.Name(response.previous_state) == f"WORKFLOW_STATE_{state.name}"
    assert response.workflow.raw_status == state.value
    assert rpc_server.execute(query, workflow_id) == before


def test_what_the_workflow_did_and_who_it_is_stay(rpc_server: RunningServer) -> None:
    workflow_id = fresh("order")
    rpc_server.seed(workflow(workflow_id, WorkflowState.CANCELLED))
    resumed = resume(rpc_server, workflow_id).workflow
    assert (resumed.name, resumed.class_name, resumed.config_name) == ("order", "Shop", "west")
    assert (resumed.application_version, resumed.executor_id) == ("version-1", f"executor of {workflow_id}")
    assert resumed.timeout.seconds == 60


def test_a_missing_workflow_is_an_error(rpc_server: RunningServer) -> None:
    request = ResumeWorkflowRequest(workflow_id=fresh("missing"), request_key=fresh("key"))
    rpc_server.call(request).refused("WORKFLOW_NOT_FOUND")
