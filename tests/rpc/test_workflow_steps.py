"""ListWorkflowSteps: what is recorded of each step, in pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.differential.seeds import LAST_STEP, SEED_TIME_MS, Rows, family, workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.types_pb2 import WorkflowStep
from workflowcontrol.v1.workflow_control_pb2 import (
    ListWorkflowsRequest,
    ListWorkflowsResponse,
    ListWorkflowStepsRequest,
    ListWorkflowStepsResponse,
)

FAILED_STEP = 3
MEBIBYTE = 1024 * 1024


def seed_steps(server: RunningServer, *step_ids: int) -> str:
    """Returns the id of a new workflow with steps of these ids, and nothing in them."""
    workflow_id = fresh("steps")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    for step_id in step_ids:
        rows.add("operation_outputs", workflow_uuid=workflow_id, function_id=step_id, function_name=f"step-{step_id}")
    server.seed(rows)
    return workflow_id


def read_page(server: RunningServer, workflow_id: str, **fields: Any) -> ListWorkflowStepsResponse:  # noqa: ANN401 - Any field's type.
    request = ListWorkflowStepsRequest(workflow_id=workflow_id, **fields)
    return server.call(request).read(ListWorkflowStepsResponse)


def step_ids(page: ListWorkflowStepsResponse) -> list[int]:
    return [step.step_id for step in page.steps]


@pytest.mark.parametrize("include_output", [False, True])
def test_each_step_is_told_as_it_is_recorded(
    rpc_server: RunningServer, dbos_release: DbosRelease, include_output: bool
) -> None:
    workflow_id = fresh("steps")
    rpc_server.seed(family(workflow_id, WorkflowState.SUCCESS))
    page = read_page(rpc_server, workflow_id, include_output=include_output)
    assert not page.next_page_token
    assert step_ids(page) == list(range(1, LAST_STEP + 1))
    formats = ("portable_json", "py_pickle", "")
    children = {2: f"{workflow_id}/child-1", 4: f"{workflow_id}/child-2"}
    for step in page.steps:
        number = step.step_id
        expected = WorkflowStep(step_id=number, name=f"step-{number}", child_workflow_id=children.get(number, ""))
        expected.start_time.FromMilliseconds(SEED_TIME_MS + 10 * number)
        expected.complete_time.FromMilliseconds(SEED_TIME_MS + 10 * number + 5)
        expected.failed = number == FAILED_STEP
        if include_output:
            payload = expected.error if expected.failed else expected.output
            payload.text = f"{'error' if expected.failed else 'output'} of step {number} of {workflow_id}"
            payload.serialization = "" if dbos_release == OLDEST else formats[number % 3]
        assert step == expected


def test_portable_results_are_read(newest_rpc_server: RunningServer) -> None:
    workflow_id = fresh("steps")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    step = {"workflow_uuid": workflow_id, "function_name": "step", "serialization": "portable_json"}
    rows.add("operation_outputs", function_id=1, output='{"answer": 42}', **step)
    rows.add("operation_outputs", function_id=2, error='{"name": "E", "message": "m"}', **step)
    newest_rpc_server.seed(rows)
    first, second = read_page(newest_rpc_server, workflow_id, include_output=True).steps
    assert (first.output.decoded, first.output.value.struct_value["answer"]) == (True, 42)
    assert (second.error.decoded, second.error.value.struct_value["message"]) == (True, "m")
    assert (first.failed, second.failed) == (False, True)


def test_steps_count_from_nought_where_other_languages_ran_them(rpc_server: RunningServer) -> None:
    workflow_id = seed_steps(rpc_server, 2, 0, 1, 2**31 - 1)
    assert step_ids(read_page(rpc_server, workflow_id)) == [0, 1, 2, 2**31 - 1]


def test_a_step_that_has_not_ended_and_one_without_times(rpc_server: RunningServer) -> None:
    workflow_id = seed_steps(rpc_server, 1)
    [step] = read_page(rpc_server, workflow_id, include_output=True).steps
    assert step == WorkflowStep(step_id=1, name="step-1")


@pytest.mark.parametrize("page_size", [1, 2, 5, 100])
def test_pages_are_the_whole_in_order(rpc_server: RunningServer, page_size: int) -> None:
    workflow_id = seed_steps(rpc_server, *range(9), 50)
    found: list[int] = []
    token, pages = "", 0
    while token or not pages:
        page = read_page(rpc_server, workflow_id, page_size=page_size, page_token=token)
        # A page of the one view goes on in the other.
        read_page(rpc_server, workflow_id, page_size=page_size, page_token=token, include_output=True)
        found += step_ids(page)
        token, pages = page.next_page_token, pages + 1
    assert found == [*range(9), 50]
    assert pages == -(-10 // page_size)


@pytest.mark.parametrize(("page_size", "expected"), [(0, 100), (1000, 1000), (1001, 1000)])
def test_the_size_of_a_page(newest_rpc_server: RunningServer, page_size: int, expected: int) -> None:
    workflow_id = seed_steps(newest_rpc_server)
    newest_rpc_server.execute(
        "INSERT INTO dbos.operation_outputs (workflow_uuid, function_id, function_name)"
        " SELECT %s, n, 'step' FROM generate_series(0, 1000) AS n",
        workflow_id,
    )
    page = read_page(newest_rpc_server, workflow_id, page_size=page_size)
    assert len(page.steps) == expected
    rest = read_page(newest_rpc_server, workflow_id, page_size=1000, page_token=page.next_page_token)
    assert step_ids(rest)[0] == expected
    newest_rpc_server.execute("DELETE FROM dbos.operation_outputs WHERE workflow_uuid = %s", workflow_id)


def test_a_workflow_without_steps_is_there_and_a_missing_one_is_not(rpc_server: RunningServer) -> None:
    assert read_page(rpc_server, seed_steps(rpc_server)) == ListWorkflowStepsResponse()
    missing = fresh("missing")
    refusal = rpc_server.call(ListWorkflowStepsRequest(workflow_id=missing)).refused("WORKFLOW_NOT_FOUND")
    assert refusal.metadata == {"workflow_id": missing}


def test_a_token_is_bound_to_its_workflow(newest_rpc_server: RunningServer) -> None:
    first, second = (seed_steps(newest_rpc_server, 1, 2) for _ in range(2))
    token = read_page(newest_rpc_server, first, page_size=1).next_page_token
    workflows = newest_rpc_server.call(ListWorkflowsRequest(page_size=1)).read(ListWorkflowsResponse)
    for request in (
        ListWorkflowStepsRequest(workflow_id=second, page_token=token),
        ListWorkflowStepsRequest(workflow_id=first, page_token=f"{token}AAAA"),
        ListWorkflowStepsRequest(workflow_id=first, page_token=workflows.next_page_token),
    ):
        assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == ["page_token"]


def test_a_negative_size_is_an_error(newest_rpc_server: RunningServer) -> None:
    request = ListWorkflowStepsRequest(workflow_id="any", page_size=-1)
    assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == ["page_size"]


def test_large_outputs_end_a_page_early_and_one_that_fits_none_is_named(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    workflow_id = seed_steps(server, *range(1, 8))
    server.execute("UPDATE dbos.operation_outputs SET output = repeat('x', 900000) WHERE function_id <= 5")
    server.execute("UPDATE dbos.operation_outputs SET output = repeat('x', 3000000) WHERE function_id = 6")

    request = ListWorkflowStepsRequest(workflow_id=workflow_id, include_output=True)
    found = []
    for _ in range(3):
        page = server.call(request).read(ListWorkflowStepsResponse)
        assert page.ByteSize() <= 2 * MEBIBYTE
        found.append(step_ids(page))
        request.page_token = page.next_page_token
    assert found == [[1, 2], [3, 4], [5]]

    refusal = server.call(request).refused("RESPONSE_TOO_LARGE")
    assert refusal.metadata["workflow_id"] == workflow_id
    assert "step 6" in refusal.message
    request.include_output = False
    assert step_ids(server.call(request).read(ListWorkflowStepsResponse)) == [6, 7]


def test_steps_of_another_workflow_are_not_told(rpc_server: RunningServer) -> None:
    rows = Rows()
    rows.extend(family(fresh("steps"), WorkflowState.PENDING))
    rpc_server.seed(rows)
    assert step_ids(read_page(rpc_server, seed_steps(rpc_server, 7))) == [7]
