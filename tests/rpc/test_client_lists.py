"""Lists are read page by page, as they are needed."""

from __future__ import annotations

import grpc
import pytest

from tests.fixtures.scripted_server import AnyClient, ScriptedServer, answer, fail, items_of
from workflow_control_client import InvalidRequest, WorkflowFilter
from workflowcontrol.v1.server_control_pb2 import ListRequestsResponse, RequestRecord
from workflowcontrol.v1.types_pb2 import Workflow, WorkflowStep
from workflowcontrol.v1.workflow_control_pb2 import (
    ListWorkflowsRequest,
    ListWorkflowsResponse,
    ListWorkflowStepsRequest,
    ListWorkflowStepsResponse,
)


def page(*workflow_ids: str, next_page_token: str = "") -> ListWorkflowsResponse:
    """Return a page of these workflows."""
    workflows = [Workflow(workflow_id=workflow_id) for workflow_id in workflow_ids]
    return ListWorkflowsResponse(workflows=workflows, next_page_token=next_page_token)


PAGES = (page("a", "b", next_page_token="1"), page(next_page_token="2"), page("c"))
ORDERS = WorkflowFilter(names=["order"])


async def test_items_come_from_all_pages_and_an_empty_one_does_not_end_them(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    scripted_server.script("ListWorkflows", *map(answer, PAGES))
    workflows = await items_of(client.list_workflows(ORDERS, page_size=2))
    assert [workflow.workflow_id for workflow in workflows] == ["a", "b", "c"]
    assert [attempt.request for attempt in scripted_server.received("ListWorkflows")] == [
        ListWorkflowsRequest(filter=ORDERS, page_size=2, page_token=token) for token in ("", "1", "2")
    ]


async def test_pages_are_read_when_they_are_needed(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("ListWorkflows", *map(answer, PAGES))
    pager = client.list_workflows()
    assert len(scripted_server.received("ListWorkflows")) == 0
    await items_of(pager, at_most=2)
    assert len(scripted_server.received("ListWorkflows")) == 1


async def test_pages_can_be_read_as_such(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("ListWorkflows", *map(answer, PAGES))
    assert await items_of(client.list_workflows().pages()) == list(PAGES)


async def test_a_list_can_begin_in_the_middle(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("ListWorkflows", *map(answer, PAGES[1:]))
    assert len(await items_of(client.list_workflows(page_token="1"))) == 1
    assert [attempt.request for attempt in scripted_server.received("ListWorkflows")] == [
        ListWorkflowsRequest(page_token=token) for token in ("1", "2")
    ]


async def test_each_iteration_reads_anew(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("ListWorkflows", *map(answer, PAGES * 2))
    pager = client.list_workflows()
    assert await items_of(pager) == await items_of(pager)
    assert len(scripted_server.received("ListWorkflows")) == 2 * len(PAGES)


async def test_a_failing_page_raises_after_the_items_before_it(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    invalid = fail(grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST")
    scripted_server.script("ListWorkflows", answer(PAGES[0]), invalid, answer(PAGES[0]))
    with pytest.raises(InvalidRequest):
        await items_of(client.list_workflows())
    assert len(scripted_server.received("ListWorkflows")) == 2
    assert len(await items_of(client.list_workflows(), at_most=2)) == 2


async def test_steps_are_listed(scripted_server: ScriptedServer, client: AnyClient) -> None:
    steps = [WorkflowStep(step_id=number, name="pack") for number in range(3)]
    scripted_server.script(
        "ListWorkflowSteps",
        answer(ListWorkflowStepsResponse(steps=steps[:2], next_page_token="1")),
        answer(ListWorkflowStepsResponse(steps=steps[2:])),
    )
    assert await items_of(client.list_workflow_steps("order-7", include_output=True)) == steps
    assert [attempt.request for attempt in scripted_server.received("ListWorkflowSteps")] == [
        ListWorkflowStepsRequest(workflow_id="order-7", include_output=True, page_token=token) for token in ("", "1")
    ]


async def test_requests_are_listed(scripted_server: ScriptedServer, client: AnyClient) -> None:
    records = [RequestRecord(request_key=key) for key in ("a", "b", "c")]
    scripted_server.script(
        "ListRequests",
        answer(ListRequestsResponse(requests=records[:1], next_page_token="1")),
        answer(ListRequestsResponse(requests=records[1:])),
    )
    assert await items_of(client.list_requests(workflow_id="order-7")) == records
