"""ReadStream flows as its client takes it, and ends with a reason: deadline, departure, a lost database, a drain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, cast

import grpc
import grpc.aio
import pytest
import structlog
from structlog.typing import EventDict

from tests.fixtures.eventually import eventually_async
from tests.fixtures.rpc_errors import read_refusal
from tests.fixtures.scripted_data import ScriptedData, ServedData, scripted_operations, serve_data
from workflow_control.domain.communication import StreamEntry
from workflow_control.domain.errors import DatabaseUnavailable
from workflow_control.rpc.server import RpcServer
from workflow_control.settings import Settings
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub
from workflowcontrol.v1.workflow_events_pb2 import GetEventRequest, ReadStreamRequest, ReadStreamResponse

MEBIBYTE = 1024 * 1024


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


_CALLS_MEANWHILE = 100


async def fill_what_is_between(stub: Any) -> None:  # noqa: ANN401 - A stub of the asynchronous API.
    """Make other calls, in which the server has all the time to send what the connection takes, and to do harm."""
    for _ in range(_CALLS_MEANWHILE):
        await stub.GetEvent(GetEventRequest(workflow_id="order-7", key="progress"), timeout=5)


async def test_the_server_reads_no_faster_than_the_client() -> None:
    """Of a gigabyte a client that stops gets what is in flight, and the server reads a page ahead of that."""
    data = ScriptedData(stream=entries(1024, MEBIBYTE))
    async with serve_data(data) as served:
        call = start_reading(served)
        assert cast("ReadStreamResponse", await call.read()).offset == 0
        await fill_what_is_between(served.workflows)
        assert data.calls - _CALLS_MEANWHILE < 32
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
        assert (await logged(lines))["code"] == "DEADLINE_EXCEEDED"


@pytest.mark.parametrize("timeout", [None, 20.0])
async def test_a_client_that_leaves_ends_its_stream(lines: list[EventDict], timeout: float | None) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def wait_for_ever() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with serve_data(ScriptedData(before=wait_for_ever)) as served:
        call = start_reading(served, timeout=timeout)
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


async def test_a_client_that_does_not_read_does_not_delay_the_end(lines: list[EventDict]) -> None:
    """The server's stream waits in the middle of a message, where nothing but the end of the grace finds it."""
    data = ScriptedData(stream=entries(64, MEBIBYTE))
    settings = Settings(grace=timedelta(milliseconds=200))
    server = RpcServer(settings.model_copy(update={"port": 0}), scripted_operations(data))
    port = await server.start()
    hurry = asyncio.Event()
    hurry.set()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub: Any = WorkflowControlStub(channel)
        call = stub.ReadStream(ReadStreamRequest(workflow_id="order-7", key="log"))
        assert (await call.read()).offset == 0
        await fill_what_is_between(stub)
        await asyncio.wait_for(server.drain(hurry), timeout=5)
        assert (await logged(lines))["code"] == "CANCELLED"
        call.cancel()
