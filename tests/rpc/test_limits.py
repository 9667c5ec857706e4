"""Messages and pages stay within their limits, and the server says what to do when one does not."""

from __future__ import annotations

import socket
from datetime import timedelta
from typing import cast

import grpc
import grpc.aio
import pytest

from tests.fixtures.rpc_errors import Refusal, read_refusal
from tests.fixtures.scripted_data import (
    EXECUTED_AT,
    ScriptedData,
    ServedData,
    scripted_operations,
    serve_data,
    workflow_row,
)
from workflow_control.domain.records import StepRow, StoredPayloads, StoredRequest, StoredWorkflow
from workflow_control.rpc.server import ListenError, RpcServer, server_options
from workflow_control.settings import Settings
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.server_control_pb2 import GetServerInfoRequest, ListRequestsRequest
from workflowcontrol.v1.workflow_control_pb2 import (
    GetWorkflowRequest,
    ListWorkflowsRequest,
    ListWorkflowStepsRequest,
)

LIMIT = 4 * 1024 * 1024
"""The default of clients and of the server's settings."""


def stored(number: int, size: int = 10) -> StoredWorkflow:
    """Return a workflow whose output has `size` bytes."""
    row = workflow_row(f"order-{number:04}", created_at=number)
    return StoredWorkflow(row, StoredPayloads("py_pickle", None, "x" * size, None))


def step(number: int, size: int = 10) -> StepRow:
    """Return a step whose output has `size` bytes."""
    return StepRow(number, "pack", None, 1, 2, False, None, "x" * size, None)


def request(number: int) -> StoredRequest:
    """Return a stored request."""
    return StoredRequest(
        "default",
        f"key-{number:04}",
        "CancelWorkflow",
        "order-7",
        b"",
        1,
        "",
        "127.0.0.1",
        "",
        EXECUTED_AT,
        EXECUTED_AT,
        0,
        None,
        None,
    )


def refusal_of(error: grpc.aio.AioRpcError) -> Refusal:
    """Return the error as its client reads it."""
    return read_refusal(cast("grpc.Call", error))


async def all_workflows(served: ServedData, request: ListWorkflowsRequest) -> list[list[str]]:
    """Return the ids of every page."""
    pages = []
    while True:
        response = await served.workflows.ListWorkflows(request)
        pages.append([workflow.workflow_id for workflow in response.workflows])
        request.page_token = response.next_page_token
        if not request.page_token:
            return pages


@pytest.mark.parametrize(
    ("page_size", "sizes"), [(0, [100, 100, 50]), (1, [1] * 250), (125, [125, 125]), (250, [250]), (2**31 - 1, [250])]
)
@pytest.mark.parametrize("view", [types.WORKFLOW_VIEW_BASIC, types.WORKFLOW_VIEW_FULL])
async def test_pages_have_the_size_that_was_asked_for(
    served: ServedData, page_size: int, sizes: list[int], view: types.WorkflowView.ValueType
) -> None:
    served.data.workflows = [stored(number) for number in range(250)]
    pages = await all_workflows(served, ListWorkflowsRequest(page_size=page_size, view=view))
    assert [len(page) for page in pages] == sizes
    assert [each for page in pages for each in page] == [f"order-{number:04}" for number in range(250)]


async def test_more_than_a_thousand_are_a_thousand(served: ServedData) -> None:
    served.data.workflows = [stored(number) for number in range(1001)]
    pages = await all_workflows(served, ListWorkflowsRequest(page_size=5000))
    assert [len(page) for page in pages] == [1000, 1]


async def test_full_pages_end_before_the_message_is_too_large(served: ServedData) -> None:
    served.data.workflows = [stored(number, size=700_000) for number in range(12)]
    pages = await all_workflows(served, ListWorkflowsRequest(view=types.WORKFLOW_VIEW_FULL))
    assert [each for page in pages for each in page] == [f"order-{number:04}" for number in range(12)]
    assert [len(page) for page in pages] == [5, 5, 2]


async def test_large_workflows_are_read_a_few_at_a_time(served: ServedData) -> None:
    served.data.workflows = [stored(number, size=10_000) for number in range(1000)]
    response = await served.workflows.ListWorkflows(ListWorkflowsRequest(view=types.WORKFLOW_VIEW_FULL, page_size=1000))
    assert 400 < len(response.workflows) < 420
    assert response.ByteSize() <= LIMIT
    limits = [query.limit for query in served.data.workflow_queries]
    assert limits[0] < 20
    assert sum(limits) < 450


async def test_a_workflow_too_large_for_any_page_is_named(served: ServedData) -> None:
    served.data.workflows = [stored(1), stored(2, size=LIMIT), stored(3)]
    listing = ListWorkflowsRequest(view=types.WORKFLOW_VIEW_FULL)
    first = await served.workflows.ListWorkflows(listing)
    assert [workflow.workflow_id for workflow in first.workflows] == ["order-0001"]
    listing.page_token = first.next_page_token
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.ListWorkflows(listing)
    refusal = refusal_of(caught.value)
    assert (refusal.reason, refusal.metadata["workflow_id"]) == ("RESPONSE_TOO_LARGE", "order-0002")
    assert "BASIC" in refusal.message
    # The token goes on being good for the view that is advised.
    listing.view = types.WORKFLOW_VIEW_BASIC
    rest = await served.workflows.ListWorkflows(listing)
    assert [workflow.workflow_id for workflow in rest.workflows] == ["order-0002", "order-0003"]


async def test_a_workflow_too_large_to_get_is_there_in_the_basic_view(served: ServedData) -> None:
    served.data.workflows = [stored(1, size=LIMIT)]
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.GetWorkflow(GetWorkflowRequest(workflow_id="order-0001"))
    refusal = refusal_of(caught.value)
    assert refusal.reason == "RESPONSE_TOO_LARGE"
    assert int(refusal.metadata["bytes"]) > int(refusal.metadata["limit"]) == LIMIT
    basic = GetWorkflowRequest(workflow_id="order-0001", view=types.WORKFLOW_VIEW_BASIC)
    assert (await served.workflows.GetWorkflow(basic)).workflow.workflow_id == "order-0001"


async def test_steps_are_paged_by_number_and_by_bytes(served: ServedData) -> None:
    served.data.steps = [step(number, size=1_000_000) for number in range(7)]
    listing = ListWorkflowStepsRequest(workflow_id="order-7", include_output=True)
    pages = []
    while True:
        response = await served.workflows.ListWorkflowSteps(listing)
        pages.append([each.step_id for each in response.steps])
        listing.page_token = response.next_page_token
        if not listing.page_token:
            break
    assert pages == [[0, 1, 2, 3], [4, 5, 6]]
    without = await served.workflows.ListWorkflowSteps(ListWorkflowStepsRequest(workflow_id="order-7"))
    assert len(without.steps) == 7


async def test_a_step_too_large_for_any_page_is_named(served: ServedData) -> None:
    served.data.steps = [step(3, size=LIMIT)]
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.ListWorkflowSteps(ListWorkflowStepsRequest(workflow_id="order-7", include_output=True))
    refusal = refusal_of(caught.value)
    assert refusal.reason == "RESPONSE_TOO_LARGE"
    assert "step 3" in refusal.message


async def test_the_journal_is_paged(served: ServedData) -> None:
    served.data.requests = [request(number) for number in range(5)]
    listing = ListRequestsRequest(page_size=2)
    keys = []
    for _ in range(3):
        response = await served.control.ListRequests(listing)
        keys.append([each.request_key for each in response.requests])
        listing.page_token = response.next_page_token
    assert keys == [["key-0000", "key-0001"], ["key-0002", "key-0003"], ["key-0004"]]
    assert not listing.page_token


async def test_a_token_is_of_one_list_only(served: ServedData) -> None:
    served.data.workflows = [stored(number) for number in range(3)]
    served.data.steps = [step(number) for number in range(3)]
    listing = ListWorkflowsRequest(page_size=1)
    token = (await served.workflows.ListWorkflows(listing)).next_page_token
    altered = token[:-1] + ("A" if token[-1] != "A" else "B")
    wrong = [
        ListWorkflowsRequest(page_token=token, order=types.WORKFLOW_ORDER_CREATED_ASC),
        ListWorkflowsRequest(page_token=token, filter=types.WorkflowFilter(names=["a"])),
        ListWorkflowsRequest(page_token=altered),
        ListWorkflowsRequest(page_token=token[4:]),
        ListWorkflowsRequest(page_token=f"{token}AAAA"),
        ListWorkflowsRequest(page_token="not base64!"),
        ListWorkflowsRequest(page_token="é"),
    ]
    for request in wrong:
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await served.workflows.ListWorkflows(request)
        assert refusal_of(caught.value).fields == ["page_token"], request
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.ListWorkflowSteps(ListWorkflowStepsRequest(workflow_id="order-7", page_token=token))
    assert refusal_of(caught.value).fields == ["page_token"]
    # The default order by its name is the same list, whatever the page's size.
    same = ListWorkflowsRequest(page_token=token, order=types.WORKFLOW_ORDER_CREATED_DESC, page_size=5)
    assert len((await served.workflows.ListWorkflows(same)).workflows) == 2


async def test_too_large_requests_are_refused_by_grpc(served: ServedData) -> None:
    request = ListWorkflowsRequest(page_token="x" * LIMIT)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.ListWorkflows(request)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert served.data.calls == 0


async def test_a_compressed_request_is_measured_as_it_unfolds(served: ServedData) -> None:
    """Four megabytes of one letter are a few kilobytes on the wire."""
    request = ListWorkflowsRequest(page_token="x" * (2 * LIMIT))
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.ListWorkflows(request, compression=grpc.Compression.Gzip)
    assert caught.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


async def test_limits_are_told(served: ServedData) -> None:
    limits = (await served.control.GetServerInfo(GetServerInfoRequest())).limits
    assert limits.max_request_key_bytes == 200
    assert limits.max_response_bytes == limits.max_request_bytes == LIMIT
    assert limits.max_deadline.ToTimedelta() == timedelta(seconds=30)
    assert limits.default_request_ttl.ToTimedelta() == timedelta(days=7)


@pytest.mark.parametrize(("processes", "shared"), [(1, 0), (2, 1)])
def test_only_several_processes_share_their_port(processes: int, shared: int) -> None:
    assert dict(server_options(Settings(processes=processes)))["grpc.so_reuseport"] == shared


async def test_a_port_in_use_is_a_clear_error(served: ServedData) -> None:
    settings = Settings(port=served.port)
    second = RpcServer(settings, scripted_operations(ScriptedData()))
    with pytest.raises(ListenError, match=f"127.0.0.1:{served.port}: address already in use"):
        await second.start()


async def test_an_address_of_another_machine_is_a_clear_error() -> None:
    with pytest.raises(ListenError, match="cannot assign requested address"):
        async with serve_data(settings=Settings(host="192.0.2.1")):
            pass


@pytest.mark.skipif(not socket.has_ipv6, reason="needs IPv6")
async def test_ipv6_addresses_need_no_brackets() -> None:
    async with (
        serve_data(settings=Settings(host="::1")) as served,
        grpc.aio.insecure_channel(f"[::1]:{served.port}") as channel,
    ):
        check: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = channel.unary_unary("/grpc.health.v1.Health/Check")
        assert await check(b"")
