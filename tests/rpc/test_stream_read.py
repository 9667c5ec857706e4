"""ReadStream: what a workflow has written to a stream so far, entry by entry, as fast as the client takes it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import grpc
import grpc.aio
import pytest
import structlog
from structlog.typing import EventDict

from tests.differential.seeds import workflow
from tests.fixtures.communication import STREAM_CLOSED_TEXTS, stream
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.eventually import eventually, eventually_async
from tests.fixtures.rpc_errors import Refusal, metadata_pairs, read_refusal
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from tests.fixtures.scripted_data import ScriptedData, ServedData, serve_data
from workflow_control.domain.communication import StreamEntry
from workflow_control.domain.errors import DatabaseUnavailable
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.types_pb2 import Payload
from workflowcontrol.v1.workflow_control_pb2 import GetWorkflowRequest, GetWorkflowResponse
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub
from workflowcontrol.v1.workflow_events_pb2 import GetEventRequest, ReadStreamRequest, ReadStreamResponse

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class StreamReply:
    """What a stream came to: its messages until it ended, and how it did."""

    messages: list[ReadStreamResponse]
    code: grpc.StatusCode
    trailers: Mapping[str, str | bytes]
    refusal: Refusal | None

    @property
    def texts(self) -> list[str]:
        return [message.value.text for message in self.messages]


def read_stream(server: RunningServer, workflow_id: str, key: str = "log", **fields: Any) -> StreamReply:  # noqa: ANN401 - Any field's type.
    request = ReadStreamRequest(workflow_id=workflow_id, key=key, **fields)
    call: Any = WorkflowControlStub(server.channel).ReadStream(
        request, timeout=20, metadata=(("x-request-id", f"id of {workflow_id}"),)
    )
    messages = []
    try:
        messages += call
    except grpc.RpcError:
        return StreamReply(messages, call.code(), trailers_of(call), read_refusal(call))
    return StreamReply(messages, call.code(), trailers_of(call), None)


def trailers_of(call: Any) -> Mapping[str, str | bytes]:  # noqa: ANN401 - A call of either API.
    return dict(metadata_pairs(call.trailing_metadata()))


def seed_stream(server: RunningServer, *values: str, key: str = "log") -> str:
    """Returns the id of a new workflow that has written these values."""
    workflow_id = fresh("stream")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    rows.extend(stream(workflow_id, key, *values))
    server.seed(rows)
    return workflow_id


def log_line(server: RunningServer, workflow_id: str) -> Mapping[str, Any]:
    """Returns the line of the workflow's call, which is written a moment after it."""
    found: list[Mapping[str, Any]] = []

    def logged() -> bool:
        found[:] = [line for line in server.log if line.get("workflow_id") == workflow_id]
        return bool(found)

    eventually(logged)
    [line] = found
    return line


def test_a_stream_is_told_entry_by_entry(rpc_server: RunningServer) -> None:
    workflow_id = seed_stream(rpc_server, "a", "b", "c")
    reply = read_stream(rpc_server, workflow_id)
    assert reply.messages == [
        ReadStreamResponse(offset=offset, step_id=10 * offset, value=Payload(text=text))
        for offset, text in enumerate("abc")
    ]
    # It is open: no message says that it was closed.
    assert reply.code is grpc.StatusCode.OK
    assert reply.trailers["x-request-id"] == f"id of {workflow_id}"
    line = log_line(rpc_server, workflow_id)
    assert (line["rpc"], line["code"]) == ("WorkflowControl/ReadStream", "OK")
    assert line["request_id"] == f"id of {workflow_id}"
    assert 0 < line["duration_ms"] < 20_000


def test_portable_values_are_read(newest_rpc_server: RunningServer) -> None:
    workflow_id = fresh("stream")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    columns = {"workflow_uuid": workflow_id, "key": "log", "function_id": 1, "serialization": "portable_json"}
    rows.add("streams", offset=0, value='{"n": 1}', **columns)
    newest_rpc_server.seed(rows)
    [message] = read_stream(newest_rpc_server, workflow_id).messages
    assert (message.value.serialization, message.value.decoded) == ("portable_json", True)
    assert message.value.value.struct_value["n"] == 1


def test_a_stream_goes_on_where_one_asks(rpc_server: RunningServer) -> None:
    workflow_id = seed_stream(rpc_server, "a", "b", "c")
    for from_offset, texts in {0: ["a", "b", "c"], 1: ["b", "c"], 3: [], 2**31 - 1: []}.items():
        reply = read_stream(rpc_server, workflow_id, from_offset=from_offset)
        assert (reply.texts, reply.code) == (texts, grpc.StatusCode.OK)


@pytest.mark.parametrize("text", STREAM_CLOSED_TEXTS)
def test_the_end_of_a_stream_is_told(rpc_server: RunningServer, text: str) -> None:
    workflow_id = seed_stream(rpc_server, "a", text, "after")
    reply = read_stream(rpc_server, workflow_id)
    assert reply.messages == [
        ReadStreamResponse(offset=0, value=Payload(text="a")),
        ReadStreamResponse(offset=1, step_id=10, closed=True),
    ]
    assert reply.code is grpc.StatusCode.OK


def test_an_unwritten_stream_is_empty_and_one_of_no_workflow_is_not_found(rpc_server: RunningServer) -> None:
    workflow_id = seed_stream(rpc_server, "a")
    assert read_stream(rpc_server, workflow_id, "other").messages == []
    missing = fresh("missing")
    reply = read_stream(rpc_server, missing)
    assert reply.refusal is not None
    assert (reply.messages, reply.refusal.reason) == ([], "WORKFLOW_NOT_FOUND")
    assert reply.refusal.metadata == {"workflow_id": missing}
    assert reply.trailers["x-request-id"] == f"id of {missing}"
    line = log_line(rpc_server, missing)
    assert (line["code"], line["reason"], line["level"]) == ("NOT_FOUND", "WORKFLOW_NOT_FOUND", "info")


def test_a_long_stream_comes_whole(rpc_server: RunningServer, dbos_release: DbosRelease) -> None:
    values = [str(number) for number in range(1203)]
    workflow_id = seed_stream(rpc_server, *values)
    reply = read_stream(rpc_server, workflow_id)
    assert reply.texts == values
    assert [message.offset for message in reply.messages] == list(range(1203))
    assert dbos_release >= OLDEST


def test_a_stream_of_large_values_comes_whole_and_one_too_large_is_named(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    sizes = [900_000] * 5 + [3_000_000, 1_900_000]
    workflow_id = seed_stream(server, *("x" * size for size in sizes))
    reply = read_stream(server, workflow_id)
    assert [len(text) for text in reply.texts] == [900_000] * 5
    assert reply.refusal is not None
    assert reply.refusal.reason == "RESPONSE_TOO_LARGE"
    assert reply.refusal.metadata == {"workflow_id": workflow_id, "bytes": "3000000", "limit": str(2 * MEBIBYTE)}
    assert "the entry at offset 5: go on behind it" in reply.refusal.message
    rest = read_stream(server, workflow_id, from_offset=6)
    assert [len(text) for text in rest.texts] == [1_900_000]


def test_an_entry_whose_reading_makes_it_too_large_is_named(start_rpc_server: StartRpcServer) -> None:
    """A list of numbers takes more bytes as values than as text."""
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    workflow_id = fresh("stream")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    columns = {"workflow_uuid": workflow_id, "key": "log", "function_id": 1, "serialization": "portable_json"}
    rows.add("streams", offset=0, value=f"[{','.join(['1'] * 500_000)}]", **columns)
    server.seed(rows)
    refusal = read_stream(server, workflow_id).refusal
    assert refusal is not None
    assert refusal.reason == "RESPONSE_TOO_LARGE"


def test_clients_that_stop_in_the_middle_hold_nothing(start_rpc_server: StartRpcServer) -> None:
    """There are two connections to the database, and more streams than those."""
    server = start_rpc_server(read_connections=2)
    workflow_id = seed_stream(server, *["x" * 900_000] * 20)
    stub = WorkflowControlStub(server.channel)
    request = ReadStreamRequest(workflow_id=workflow_id, key="log")
    calls: list[Any] = [stub.ReadStream(request, timeout=20) for _ in range(5)]
    assert [next(call).offset for call in calls] == [0] * 5
    server.call(GetWorkflowRequest(workflow_id=workflow_id)).read(GetWorkflowResponse)
    for call in calls:
        call.cancel()
    eventually(lambda: sum(line["rpc"].endswith("ReadStream") for line in server.log) == 5)
    codes = {line["code"] for line in server.log if line["rpc"].endswith("ReadStream")}
    assert codes == {"CANCELLED"}
    assert read_stream(server, workflow_id).code is grpc.StatusCode.OK


def entries(count: int, size: int) -> list[StreamEntry]:
    """Returns the entries of a stream that is not closed."""
    return [StreamEntry(offset, offset, None, size, "x" * size) for offset in range(count)]


@pytest.fixture
def lines() -> Iterator[list[EventDict]]:
    """What is logged during the test."""
    with structlog.testing.capture_logs() as captured:
        yield captured


def start_reading(served: ServedData, **options: Any) -> grpc.aio.UnaryStreamCall[Any, ReadStreamResponse]:  # noqa: ANN401 - Options of a call.
    call: Any = served.workflows.ReadStream(ReadStreamRequest(workflow_id="order-7", key="log"), **options)
    return cast("grpc.aio.UnaryStreamCall[Any, ReadStreamResponse]", call)


async def logged(lines: list[EventDict], rpc: str = "ReadStream") -> EventDict:
    """Return the line of the stream's call."""

    def found() -> list[EventDict]:
        return [line for line in lines if line["event"] == "rpc" and line["rpc"].endswith(rpc)]

    await eventually_async(lambda: bool(found()))
    [line] = found()
    return line


async def test_the_server_reads_no_faster_than_the_client() -> None:
    """Of a gigabyte a client that stops gets what is in flight, and the server reads a page ahead of that."""
    data = ScriptedData(stream=entries(1024, MEBIBYTE))
    async with serve_data(data) as served:
        call = start_reading(served)
        assert cast("ReadStreamResponse", await call.read()).offset == 0
        # Time for the server to do harm.
        for _ in range(100):
            await served.workflows.GetEvent(GetEventRequest(workflow_id="order-7", key="progress"), timeout=5)
        assert data.calls - 100 < 32
        call.cancel()


async def test_the_callers_deadline_ends_a_stream(lines: list[EventDict]) -> None:
    async def wait_for_ever() -> None:
        if data.calls > 1:
            await asyncio.Event().wait()

    data = ScriptedData(stream=entries(3, MEBIBYTE), before=wait_for_ever)
    async with serve_data(data) as served:
        call = start_reading(served, timeout=0.5)
        assert cast("ReadStreamResponse", await call.read()).offset == 0
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await call.read()
        assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        assert (await logged(lines))["code"] == "CANCELLED"


async def test_a_client_that_leaves_ends_its_stream(lines: list[EventDict]) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def wait_for_ever() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with serve_data(ScriptedData(before=wait_for_ever)) as served:
        call = start_reading(served)
        await asyncio.wait_for(begun.wait(), 5)
        call.cancel()
        await asyncio.wait_for(ended.wait(), 5)
        assert (await logged(lines))["code"] == "CANCELLED"


async def test_a_database_that_goes_away_meanwhile_is_told(lines: list[EventDict]) -> None:
    async def fail_later() -> None:
        if data.calls > 1:
            raise DatabaseUnavailable

    data = ScriptedData(stream=entries(3, MEBIBYTE), before=fail_later)
    async with serve_data(data) as served:
        call = start_reading(served)
        assert cast("ReadStreamResponse", await call.read()).offset == 0
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await call.read()
        assert read_refusal(cast("grpc.Call", caught.value)).reason == "DATABASE_UNAVAILABLE"
        assert (await logged(lines))["code"] == "UNAVAILABLE"


@pytest.mark.parametrize("meanwhile", ["drained", "read"])
async def test_a_server_that_drains_ends_streams_with_a_reason_to_go_on_elsewhere(
    meanwhile: str, lines: list[EventDict]
) -> None:
    data = ScriptedData(stream=entries(64, MEBIBYTE))
    async with serve_data(data) as served:
        call = start_reading(served, timeout=20)
        offsets = [cast("ReadStreamResponse", await call.read()).offset]
        if meanwhile == "drained":
            served.server.refuse_calls()
        code: Callable[[], Any] = call.code
        try:
            while (message := await call.read()) is not grpc.aio.EOF:
                offsets.append(cast("ReadStreamResponse", message).offset)
        except grpc.aio.AioRpcError as error:
            assert meanwhile == "drained"
            assert read_refusal(cast("grpc.Call", error)).reason == "SHUTTING_DOWN"  # noqa: PT017 - One of two ends.
            assert len(offsets) < 64
            assert (await logged(lines))["reason"] == "SHUTTING_DOWN"
        else:
            assert meanwhile == "read"
            assert len(offsets) == 64
            assert await code() is grpc.StatusCode.OK
        assert offsets == list(range(len(offsets)))
