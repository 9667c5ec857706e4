"""What every mutation's response says of the workflow is what a read says right after."""

from __future__ import annotations

import pytest
from google.rpc.error_details_pb2 import PreconditionFailure

from tests.differential.seeds import SEED_TIME_MS, workflow
from tests.fixtures.rpc_server import RunningServer, fresh
from tests.rpc.mutation_cases import Tells
from tests.rpc.mutations import MUTATIONS, Mutation, seed_subject
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.types_pb2 import WORKFLOW_VIEW_BASIC, Workflow
from workflowcontrol.v1.workflow_control_pb2 import GetWorkflowRequest, GetWorkflowResponse

TELLING = [mutation for mutation in MUTATIONS if mutation.case.tells is not Tells.NOTHING]
every_mutation = pytest.mark.parametrize("mutation", TELLING, ids=str)
every_mutation_of_a_row = pytest.mark.parametrize("mutation", [m for m in TELLING if not m.case.creates], ids=str)


def read_workflow(server: RunningServer, workflow_id: str) -> Workflow:
    request = GetWorkflowRequest(workflow_id=workflow_id, view=WORKFLOW_VIEW_BASIC)
    return server.call(request).read(GetWorkflowResponse).workflow


def answered_and_read(server: RunningServer, mutation: Mutation, subject: str) -> tuple[Workflow, Workflow]:
    """Returns the workflow of the response, and as a read finds it: right after, or right before it is gone."""
    before = read_workflow(server, subject) if mutation.case.tells is Tells.BEFORE else None
    response = server.call(mutation.request(subject, fresh("key"))).read(mutation.response_type)
    answered: Workflow = response.workflow  # type: ignore[attr-defined]  # Every telling mutation's response has it.
    return answered, before or read_workflow(server, answered.workflow_id)


def fields_of(workflow: Workflow) -> dict[str, object]:
    """Returns the fields that are set."""
    return {field.name: value for field, value in workflow.ListFields()}


@pytest.mark.parametrize(
    ("mutation", "state"),
    [
        pytest.param(mutation, state, id=f"{mutation}-{state}")
        for mutation in TELLING
        for state in WorkflowState
        if mutation.succeeds_in(state)
        # What creates a workflow finds none, in whatever state.
        and (state is mutation.case.state or not mutation.case.creates)
    ],
)
def test_it_equals_a_read_in_every_state(rpc_server: RunningServer, mutation: Mutation, state: WorkflowState) -> None:
    answered, read = answered_and_read(rpc_server, mutation, seed_subject(rpc_server, mutation, state))
    assert fields_of(answered) == fields_of(read)


@pytest.mark.parametrize(
    ("mutation", "state"),
    [
        pytest.param(mutation, state, id=f"{mutation}-{state}")
        for mutation in MUTATIONS
        for state in WorkflowState
        if not mutation.succeeds_in(state)
    ],
)
def test_a_state_that_forbids_it_is_told(rpc_server: RunningServer, mutation: Mutation, state: WorkflowState) -> None:
    subject = seed_subject(rpc_server, mutation, state)
    refusal = rpc_server.call(mutation.request(subject, fresh("key"))).refused(mutation.case.forbidden)
    assert refusal.metadata == {"workflow_id": subject, "state": state.value}
    [violation] = refusal.detail(PreconditionFailure).violations
    assert violation.subject == subject


@every_mutation_of_a_row
def test_it_equals_a_read_of_a_row_with_hardly_anything_in_it(rpc_server: RunningServer, mutation: Mutation) -> None:
    workflow_id = fresh("bare")
    state = None if mutation.any_state else mutation.case.state.value
    rpc_server.execute("INSERT INTO dbos.workflow_status (workflow_uuid, status) VALUES (%s, %s)", workflow_id, state)
    answered, read = answered_and_read(rpc_server, mutation, workflow_id)
    assert answered == read


@every_mutation_of_a_row
def test_it_equals_a_read_of_a_row_with_strange_values(rpc_server: RunningServer, mutation: Mutation) -> None:
    workflow_id = fresh("strange-\N{PILE OF POO}")
    rpc_server.seed(
        workflow(
            workflow_id,
            mutation.case.state,
            status="A_STATE_OF_THE_FUTURE" if mutation.any_state else mutation.case.state.value,
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
    answered, read = answered_and_read(rpc_server, mutation, workflow_id)
    assert answered == read


@every_mutation_of_a_row
def test_attributes_that_are_too_large_to_replay_are_left_out(
    newest_rpc_server: RunningServer, mutation: Mutation
) -> None:
    workflow_id = fresh("attributes")
    newest_rpc_server.seed(workflow(workflow_id, mutation.case.state, attributes={"large": "x" * 1_100_000}))
    answered, read = answered_and_read(newest_rpc_server, mutation, workflow_id)
    assert read.attributes["large"] == "x" * 1_100_000
    assert not answered.HasField("attributes")
    read.ClearField("attributes")
    assert answered == read


@pytest.mark.parametrize("mutation", [m for m in TELLING if m.case.tells is Tells.AFTER], ids=str)
def test_times_are_told_to_the_millisecond(rpc_server: RunningServer, mutation: Mutation) -> None:
    subject = fresh("times")
    if not mutation.case.creates:
        rpc_server.seed(workflow(subject, mutation.case.state, created_at=SEED_TIME_MS + 123))
        assert read_workflow(rpc_server, subject).create_time.ToMilliseconds() == SEED_TIME_MS + 123
    answered, _ = answered_and_read(rpc_server, mutation, subject)
    [row] = rpc_server.execute(
        "SELECT created_at, updated_at FROM dbos.workflow_status WHERE workflow_uuid = %s", answered.workflow_id
    )
    assert answered.create_time.ToMilliseconds() == row["created_at"]
    assert answered.update_time.ToMilliseconds() == row["updated_at"]
