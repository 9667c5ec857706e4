"""What every mutation's response says of the workflow is what a read says right after."""

from __future__ import annotations

import pytest

from tests.differential.seeds import SEED_TIME_MS, workflow
from tests.fixtures.rpc_server import RunningServer, fresh
from tests.rpc.mutations import MUTATIONS, Mutation, seed_workflow
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.types_pb2 import WORKFLOW_VIEW_BASIC, Workflow
from workflowcontrol.v1.workflow_control_pb2 import GetWorkflowRequest, GetWorkflowResponse

every_mutation = pytest.mark.parametrize("mutation", MUTATIONS, ids=str)


def read_workflow(server: RunningServer, workflow_id: str) -> Workflow:
    request = GetWorkflowRequest(workflow_id=workflow_id, view=WORKFLOW_VIEW_BASIC)
    return server.call(request).read(GetWorkflowResponse).workflow


def mutate(server: RunningServer, mutation: Mutation, workflow_id: str, **fields: object) -> Workflow:
    """Returns the workflow of the response."""
    response = server.call(mutation.request(workflow_id, fresh("key"), **fields)).read(mutation.response_type)
    answered: Workflow = response.workflow  # type: ignore[attr-defined]  # Every mutation's response has it.
    return answered


def fields_of(workflow: Workflow) -> dict[str, object]:
    """Returns the fields that are set."""
    return {field.name: value for field, value in workflow.ListFields()}


@pytest.mark.parametrize("state", tuple(WorkflowState), ids=str)
@every_mutation
def test_it_equals_a_read_in_every_state(rpc_server: RunningServer, mutation: Mutation, state: WorkflowState) -> None:
    answered = mutate(rpc_server, mutation, seed_workflow(rpc_server, state))
    read = read_workflow(rpc_server, answered.workflow_id)
    assert fields_of(answered) == fields_of(read)


@every_mutation
def test_it_equals_a_read_of_a_row_with_hardly_anything_in_it(rpc_server: RunningServer, mutation: Mutation) -> None:
    workflow_id = fresh("bare")
    rpc_server.execute("INSERT INTO dbos.workflow_status (workflow_uuid) VALUES (%s)", workflow_id)
    answered = mutate(rpc_server, mutation, workflow_id)
    assert answered == read_workflow(rpc_server, answered.workflow_id)


@every_mutation
def test_it_equals_a_read_of_a_row_with_strange_values(rpc_server: RunningServer, mutation: Mutation) -> None:
    workflow_id = fresh("strange-\N{PILE OF POO}")
    rpc_server.seed(
        workflow(
            workflow_id,
            WorkflowState.PENDING,
            status="A_STATE_OF_THE_FUTURE",
            name="",
            authenticated_roles="null",
            priority=-(2**31),
            recovery_attempts=2**63 - 1,
            workflow_timeout_ms=2**63 - 1,
            workflow_deadline_epoch_ms=2**63 - 1,
            created_at=-(2**63),
            attributes=[1, 2],
        )
    )
    answered = mutate(rpc_server, mutation, workflow_id)
    assert answered == read_workflow(rpc_server, answered.workflow_id)


@every_mutation
def test_attributes_that_are_too_large_to_replay_are_left_out(
    newest_rpc_server: RunningServer, mutation: Mutation
) -> None:
    workflow_id = fresh("attributes")
    newest_rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING, attributes={"large": "x" * 1_100_000}))
    answered = mutate(newest_rpc_server, mutation, workflow_id)
    read = read_workflow(newest_rpc_server, answered.workflow_id)
    assert read.attributes["large"] == "x" * 1_100_000
    assert not answered.HasField("attributes")
    read.ClearField("attributes")
    assert answered == read


@every_mutation
def test_times_are_told_to_the_millisecond(rpc_server: RunningServer, mutation: Mutation) -> None:
    workflow_id = fresh("times")
    rpc_server.seed(workflow(workflow_id, WorkflowState.SUCCESS, created_at=SEED_TIME_MS + 123))
    assert read_workflow(rpc_server, workflow_id).create_time.ToMilliseconds() == SEED_TIME_MS + 123
    answered = mutate(rpc_server, mutation, workflow_id)
    [row] = rpc_server.execute(
        "SELECT created_at, updated_at FROM dbos.workflow_status WHERE workflow_uuid = %s", answered.workflow_id
    )
    assert answered.create_time.ToMilliseconds() == row["created_at"]
    assert answered.update_time.ToMilliseconds() == row["updated_at"]
