"""ReadStream: what a workflow has written to a stream so far, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import grpc
import grpc.aio
import pytest

from tests.differential.seeds import workflow
from tests.fixtures.communication import STREAM_CLOSED_TEXTS, stream
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.eventually import eventually
from tests.fixtures.rpc_errors import Refusal, metadata_pairs, read_refusal
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.types_pb2 import Payload
from workflowcontrol.v1.workflow_control_pb2 import GetWorkflowRequest, GetWorkflowResponse
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub
from workflowcontrol.v1.workflow_events_pb2 import ReadStreamRequest, ReadStreamResponse

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
    """Its text alone would fit."""
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    workflow_id = fresh("stream")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    columns = {"workflow_uuid": workflow_id, "key": "log", "function_id": 1, "serialization": "portable_json"}
    rows.add("streams", offset=0, value=f'"{"é" * 600_000}"', **columns)
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
