"""What happens around every call: ids, log lines, deadlines, and in which order."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any, cast

import grpc
import grpc.aio
import pytest
import structlog
from structlog.typing import EventDict

from tests.fixtures.eventually import eventually_async
from tests.fixtures.rpc_errors import metadata_pairs, read_refusal
from tests.fixtures.scripted_data import ServedData, serve_data, workflow_row
from workflow_control.domain.errors import DatabaseUnavailable, WorkflowNotFound
from workflow_control.domain.records import StoredWorkflow
from workflow_control.rpc.interceptors.admission import AdmissionInterceptor
from workflow_control.rpc.interceptors.chain import Interceptor, register_handlers
from workflow_control.rpc.interceptors.deadline import DeadlineInterceptor
from workflow_control.rpc.interceptors.decoding import DecodingInterceptor
from workflow_control.rpc.interceptors.error_status import ErrorStatusInterceptor
from workflow_control.rpc.interceptors.identity import IdentityInterceptor
from workflow_control.rpc.interceptors.request_log import RequestLogInterceptor
from workflow_control.rpc.server import infrastructure_interceptors, service_interceptors
from workflow_control.settings import Settings
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest, GetWorkflowRequest, ListWorkflowsRequest
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub

Metadata = tuple[tuple[str, str], ...]


@pytest.fixture
def lines() -> Iterator[list[EventDict]]:
    """What is logged during the test."""
    with structlog.testing.capture_logs() as captured:
        yield captured


async def rpc_line(lines: list[EventDict]) -> EventDict:
    """Return the line of the one call that was made, which is written a moment after it."""
    await eventually_async(lambda: any(line["event"] == "rpc" for line in lines))
    [line] = [line for line in lines if line["event"] == "rpc"]
    return line


async def cancel(served: ServedData, metadata: Metadata = (), **fields: Any) -> grpc.aio.UnaryUnaryCall[Any, Any]:  # noqa: ANN401 - Fields of the message.
    """Cancel a workflow, and return the call when it has ended."""
    request = CancelWorkflowRequest(**{"request_key": "cancel-7", "workflow_id": "order-7"} | fields)
    call = served.workflows.CancelWorkflow(request, metadata=grpc.aio.Metadata(*metadata), timeout=5)
    await call.code()
    return call


async def trailer(call: grpc.aio.Call, key: str) -> str | bytes | None:
    """Return one value of the trailing metadata."""
    return dict(metadata_pairs(await call.trailing_metadata())).get(key)


def around_services() -> tuple[Interceptor, ...]:
    """Return what surrounds our services."""
    log = structlog.get_logger().bind()
    return service_interceptors(Settings(), log, RequestLogInterceptor(log), AdmissionInterceptor())


def test_the_order_is_as_it_is_explained() -> None:
    assert [type(each) for each in around_services()] == [
        IdentityInterceptor,
        RequestLogInterceptor,
        ErrorStatusInterceptor,
        AdmissionInterceptor,
        DeadlineInterceptor,
        DecodingInterceptor,
    ]
    assert [type(each) for each in infrastructure_interceptors(structlog.get_logger())] == [
        IdentityInterceptor,
        ErrorStatusInterceptor,
        DecodingInterceptor,
    ]


async def test_the_callers_request_id_comes_back(served: ServedData) -> None:
    call = await cancel(served, (("x-request-id", "from-the-mesh-1"),))
    assert await trailer(call, "x-request-id") == "from-the-mesh-1"


@pytest.mark.parametrize("request_id", ["", "x" * 129])
async def test_an_odd_request_id_is_replaced(served: ServedData, request_id: str) -> None:
    made = await trailer(await cancel(served, (("x-request-id", request_id),)), "x-request-id")
    assert isinstance(made, str)
    assert made not in ("", request_id)


async def test_every_call_has_an_id_of_its_own(served: ServedData) -> None:
    ids = {await trailer(await cancel(served), "x-request-id") for _ in range(3)}
    assert len(ids) == 3
    assert None not in ids


async def test_refused_calls_have_their_id_too(served: ServedData) -> None:
    call = await cancel(served, (("x-request-id", "refused-1"),), workflow_id="")
    assert await call.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert await trailer(call, "x-request-id") == "refused-1"


async def test_a_call_is_one_line(served: ServedData, lines: list[EventDict]) -> None:
    served.data.replayed = True
    await cancel(served, (("x-request-id", "id-1"),))
    line = await rpc_line(lines)
    duration = line.pop("duration_ms")
    assert 0 < duration < 5000
    assert line.pop("timestamp").startswith("20")
    assert line == {
        "event": "rpc",
        "log_level": "info",
        "rpc": "WorkflowControl/CancelWorkflow",
        "code": "OK",
        "request_id": "id-1",
        "workflow_id": "order-7",
        "request_key_hash": sha256(b"cancel-7").hexdigest()[:16],
        "replayed": True,
    }


async def test_attempts_of_grpcs_own_retry_are_counted(served: ServedData, lines: list[EventDict]) -> None:
    async def fail_twice() -> None:
        if served.data.calls < 3:
            raise DatabaseUnavailable

    served.data.before = fail_twice
    retry = {
        "maxAttempts": 4,
        "initialBackoff": "0.05s",
        "maxBackoff": "0.05s",
        "backoffMultiplier": 1,
        "retryableStatusCodes": ["UNAVAILABLE"],
    }
    config = json.dumps({"methodConfig": [{"name": [{}], "retryPolicy": retry}]})
    options = [("grpc.service_config", config)]
    async with grpc.aio.insecure_channel(f"127.0.0.1:{served.port}", options=options) as channel:
        await WorkflowControlStub(channel).ListWorkflows(ListWorkflowsRequest(), timeout=5)
    await eventually_async(lambda: len(lines) == 3)
    assert [line.get("attempt", 1) for line in lines] == [1, 2, 3]


@pytest.mark.parametrize(
    ("error", "level", "code"),
    [
        (WorkflowNotFound("order-7"), "info", "NOT_FOUND"),
        (DatabaseUnavailable(), "warning", "UNAVAILABLE"),
        (RuntimeError(), "error", "INTERNAL"),
    ],
    ids=lambda value: str(value),
)
async def test_the_line_of_a_failure_has_code_and_reason(
    served: ServedData, lines: list[EventDict], error: Exception, level: str, code: str
) -> None:
    async def fail() -> None:
        raise error

    served.data.before = fail
    await cancel(served)
    line = await rpc_line(lines)
    assert (line["log_level"], line["code"]) == (level, code)
    assert line["reason"] == getattr(error, "reason", "INTERNAL")


async def test_what_callers_send_cannot_forge_lines(served: ServedData, lines: list[EventDict]) -> None:
    await cancel(served, request_key="k" * 300, workflow_id='a"\r\nrpc code=OK\x1b[31m' + "x" * 1000)
    line = await rpc_line(lines)
    assert line["workflow_id"].isprintable()
    assert len(line["workflow_id"]) <= 255
    assert "kkk" not in repr(line)


async def test_a_cancelled_call_is_logged_as_such(served: ServedData, lines: list[EventDict]) -> None:
    begun = asyncio.Event()

    async def wait_for_ever() -> None:
        begun.set()
        await asyncio.Event().wait()

    served.data.before = wait_for_ever
    call = served.workflows.ListWorkflows(ListWorkflowsRequest())
    waiting = asyncio.create_task(call.code())
    await begun.wait()
    call.cancel()
    await waiting
    assert (await rpc_line(lines))["code"] == "CANCELLED"


async def test_the_callers_deadline_is_handed_on(served: ServedData) -> None:
    before = time.monotonic()
    await served.workflows.CancelWorkflow(CancelWorkflowRequest(request_key="k", workflow_id="w"), timeout=7)
    [mutation] = served.data.mutations
    assert before + 6 < mutation.deadline < time.monotonic() + 7


@pytest.mark.parametrize("timeout", [None, 3600])
async def test_the_servers_cap_is_the_latest_deadline(timeout: float | None) -> None:
    async with serve_data(settings=Settings(max_deadline=timedelta(seconds=4))) as served:
        before = time.monotonic()
        await served.workflows.CancelWorkflow(CancelWorkflowRequest(request_key="k", workflow_id="w"), timeout=timeout)
        [mutation] = served.data.mutations
        assert before + 3.9 < mutation.deadline < time.monotonic() + 4


async def test_a_call_past_the_cap_is_ended() -> None:
    ended = asyncio.Event()

    async def wait_for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with serve_data(settings=Settings(max_deadline=timedelta(milliseconds=100))) as served:
        served.data.before = wait_for_ever
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await served.workflows.GetWorkflow(GetWorkflowRequest(workflow_id="order-7"), timeout=30)
    assert read_refusal(cast("grpc.Call", caught.value)).reason == "DEADLINE_EXCEEDED"
    assert ended.is_set()


async def test_a_timeout_from_within_is_a_fault() -> None:
    """Only the call's own deadline may answer DEADLINE_EXCEEDED."""

    async def fail() -> None:
        raise TimeoutError

    async with serve_data() as served:
        served.data.before = fail
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await served.workflows.GetWorkflow(GetWorkflowRequest(workflow_id="order-7"))
    assert read_refusal(cast("grpc.Call", caught.value)).reason == "INTERNAL"


async def test_replays_say_so_in_their_headers(served: ServedData) -> None:
    first = await cancel(served)
    assert "idempotency-replayed" not in dict(metadata_pairs(await first.initial_metadata()))
    served.data.replayed = True
    replay = await cancel(served)
    assert dict(metadata_pairs(await replay.initial_metadata()))["idempotency-replayed"] == "true"
    assert (await replay).idempotency.replayed


class Stream:
    """A streaming method behind all interceptors, which fails where a test wants it to."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self.closed = asyncio.Event()

    async def tell(self, request: bytes, context: object) -> AsyncGenerator[bytes, None]:
        """Yield two messages, then fail as scripted."""
        try:
            yield b"1"
            yield b"2"
            if self.error is not None:
                raise self.error
            if request == b"for ever":
                await asyncio.Event().wait()
        finally:
            self.closed.set()


@pytest.fixture
async def stream_server(lines: list[EventDict]) -> Any:  # noqa: ANN401 - An asynchronous generator, as pytest wants it.
    """A server with one streaming method, and the method as a client calls it."""
    stream = Stream()
    server = grpc.aio.server()
    handler = grpc.unary_stream_rpc_method_handler(
        stream.tell, request_deserializer=_read, response_serializer=lambda message: message
    )
    register_handlers(server, "test.v1.Stream", {"Tell": handler}, around_services())
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield stream, channel.unary_stream("/test.v1.Stream/Tell")
    await server.stop(None)


def _read(data: bytes) -> bytes:
    if data == b"malformed":
        raise ValueError
    return data


async def test_streams_end_with_their_errors_status(stream_server: Any, lines: list[EventDict]) -> None:  # noqa: ANN401
    stream, tell = stream_server
    stream.error = WorkflowNotFound("order-7")
    received = []
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        received.extend([message async for message in tell(b"", timeout=5)])
    assert read_refusal(cast("grpc.Call", caught.value)).reason == "WORKFLOW_NOT_FOUND"
    assert (await rpc_line(lines))["code"] == "NOT_FOUND"


@pytest.mark.parametrize("error", [RuntimeError("hunter2"), asyncio.CancelledError("hunter2")], ids=repr)
async def test_streams_hide_faults(stream_server: Any, error: BaseException) -> None:  # noqa: ANN401
    stream, tell = stream_server
    stream.error = error
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        [message async for message in tell(b"", timeout=5)]
    refusal = read_refusal(cast("grpc.Call", caught.value))
    assert refusal.reason == "INTERNAL"
    assert "hunter2" not in repr(refusal)


async def test_streams_refuse_malformed_requests(stream_server: Any) -> None:  # noqa: ANN401
    _, tell = stream_server
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        [message async for message in tell(b"malformed", timeout=5)]
    assert read_refusal(cast("grpc.Call", caught.value)).reason == "INVALID_REQUEST"


async def test_streams_are_closed_when_their_client_leaves(stream_server: Any, lines: list[EventDict]) -> None:  # noqa: ANN401
    stream, tell = stream_server
    call = tell(b"for ever")
    assert await call.read() == b"1"
    call.cancel()
    await asyncio.wait_for(stream.closed.wait(), timeout=5)
    assert (await rpc_line(lines))["code"] == "CANCELLED"


async def test_streams_that_end_well_are_ok(stream_server: Any, lines: list[EventDict]) -> None:  # noqa: ANN401
    _, tell = stream_server
    assert [message async for message in tell(b"", timeout=5)] == [b"1", b"2"]
    assert (await rpc_line(lines))["code"] == "OK"


async def test_health_and_reflection_are_not_logged(served: ServedData, lines: list[EventDict]) -> None:
    method = "/grpc.health.v1.Health/Check"
    check: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = served.channel.unary_unary(method)
    await check(b"")
    served.data.workflows = [StoredWorkflow(workflow_row(), None)]
    await served.workflows.GetWorkflow(GetWorkflowRequest(workflow_id="order-7"))
    assert (await rpc_line(lines))["rpc"] == "WorkflowControl/GetWorkflow"


async def test_the_last_lines_are_not_lost_in_the_end(lines: list[EventDict]) -> None:
    async with serve_data() as served:
        await cancel(served)
    assert [line["event"] for line in lines] == ["rpc"]
