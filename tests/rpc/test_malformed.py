"""Whatever is wrong with a request is named by its field, and nothing behind the RPC layer hears of it."""

from __future__ import annotations

from typing import Any, cast

import grpc
import grpc.aio
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from tests.fixtures.rpc_errors import read_refusal
from tests.fixtures.scripted_data import ServedData
from tests.rpc.contract_methods import IMPLEMENTED
from tests.rpc.malformed_requests import UNKNOWN_FIELD, malformed
from tests.rpc.valid_requests import valid_request
from workflowcontrol.v1.types_pb2 import WorkflowFilter
from workflowcontrol.v1.workflow_control_pb2 import ForkWorkflowRequest, ListWorkflowsRequest

every_rpc = pytest.mark.parametrize("full_name", sorted(IMPLEMENTED))


async def call(served: ServedData, full_name: str, request: Message | bytes) -> None:
    """Make the call, with the bytes as they are."""
    service, _, method = full_name.rpartition(".")
    how: dict[str, Any] = {
        "request_serializer": lambda request: request if isinstance(request, bytes) else request.SerializeToString(),
        "response_deserializer": GetMessageClass(IMPLEMENTED[full_name].output_type).FromString,
    }
    if IMPLEMENTED[full_name].server_streaming:
        stream: grpc.aio.UnaryStreamMultiCallable[Any, Any] = served.channel.unary_stream(f"/{service}/{method}", **how)
        responses = stream(request)
        # The first response tells; some streams have no last one.
        async for _ in responses:
            responses.cancel()
            return
    else:
        unary: grpc.aio.UnaryUnaryMultiCallable[Any, Any] = served.channel.unary_unary(f"/{service}/{method}", **how)
        await unary(request)


@every_rpc
async def test_every_malformed_field_is_named(served: ServedData, full_name: str) -> None:
    surprises = []
    cases = list(malformed(IMPLEMENTED[full_name]))
    for case in cases:
        try:
            await call(served, full_name, case.request)
        except grpc.aio.AioRpcError as error:
            refusal = read_refusal(cast("grpc.Call", error))
            if refusal.reason != "INVALID_REQUEST" or refusal.fields != [case.path]:
                surprises.append((case.title, case.path, refusal.message))
        else:
            surprises.append((case.title, case.path, "accepted"))
    assert surprises == []
    assert served.data.calls == 0
    assert cases or not IMPLEMENTED[full_name].input_type.fields


@every_rpc
async def test_bytes_that_are_no_message_are_refused(served: ServedData, full_name: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call(served, full_name, b"\xff\xff\xff\xff")
    assert read_refusal(cast("grpc.Call", caught.value)).fields == ["request"]
    assert served.data.calls == 0


@every_rpc
async def test_the_valid_request_is_accepted(served: ServedData, full_name: str) -> None:
    """The other tests would pass as well if everything was refused."""
    try:
        await call(served, full_name, valid_request(IMPLEMENTED[full_name]))
    except grpc.aio.AioRpcError as error:
        assert error.code() is grpc.StatusCode.NOT_FOUND  # noqa: PT017 - OK is as good an answer.
    assert served.data.calls == 1


async def test_all_violations_are_told_at_once(served: ServedData) -> None:
    request = ForkWorkflowRequest(workflow_id=" ", start_step=-1, timeout=Duration(seconds=-1))
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.ForkWorkflow(request)
    refusal = read_refusal(cast("grpc.Call", caught.value))
    assert sorted(refusal.fields) == ["request_key", "start_step", "timeout", "workflow_id"]


async def test_both_kinds_of_version_are_too_many(served: ServedData) -> None:
    request = ForkWorkflowRequest(
        request_key="key", workflow_id="order-7", application_version="v1", use_latest_version=True
    )
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.ForkWorkflow(request)
    assert read_refusal(cast("grpc.Call", caught.value)).fields == ["use_latest_version"]


async def test_many_violations_are_cut_to_what_fits(served: ServedData) -> None:
    names = ["x" * 256] * 1000
    request = ListWorkflowsRequest(filter=WorkflowFilter(names=names, class_names=names, queue_names=names))
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.ListWorkflows(request)
    refusal = read_refusal(cast("grpc.Call", caught.value))  # Checks the size.
    assert refusal.fields[0] == "filter.names[0]"


async def test_reads_let_unknown_fields_pass(served: ServedData) -> None:
    """A newer client may ask with fields that an older server does not know: nothing is changed without them."""
    request = ListWorkflowsRequest()
    request.MergeFromString(UNKNOWN_FIELD)
    await served.workflows.ListWorkflows(request)
    assert served.data.calls == 1
