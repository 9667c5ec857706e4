"""Streams are read entry by entry, as they are needed, and end with what the server says."""

from __future__ import annotations

import threading
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import grpc
import pytest

from tests.differential.seeds import workflow
from tests.fixtures.communication import stream
from tests.fixtures.eventually import eventually_async
from tests.fixtures.rpc_server import RunningServer, fresh
from tests.fixtures.scripted_server import (
    AnyClient,
    Behaviour,
    ScriptedServer,
    answer,
    fail,
    hold,
    items_of,
    result_of,
)
from workflow_control.domain.states import WorkflowState
from workflow_control_client import (
    DatabaseUnavailable,
    DeadlineExceeded,
    InvalidRequest,
    Overloaded,
    ResponseTooLarge,
    ShuttingDown,
    WorkflowControlError,
    WorkflowNotFound,
)
from workflowcontrol.v1.workflow_events_pb2 import ReadStreamRequest, ReadStreamResponse

ENTRIES = [ReadStreamResponse(offset=offset, step_id=1) for offset in range(3)]

Entries = Iterator[ReadStreamResponse] | AsyncIterator[ReadStreamResponse]


async def collect(entries: Entries, into: list[ReadStreamResponse]) -> None:
    """Read to the end, and keep what came before a failure."""
    if isinstance(entries, AsyncIterator):
        async for entry in entries:
            into.append(entry)  # noqa: PERF401 - A comprehension would lose what came before a failure.
    else:
        for entry in entries:
            into.append(entry)  # noqa: PERF402 - Likewise.


async def test_entries_come_in_order(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("ReadStream", *map(answer, ENTRIES))
    assert await items_of(client.read_stream("order-7", "log", from_offset=1)) == ENTRIES
    [received] = scripted_server.received("ReadStream")
    assert received.request == ReadStreamRequest(workflow_id="order-7", key="log", from_offset=1)
    assert 10 < received.time_remaining_s < 20


async def test_nothing_is_sent_before_an_entry_is_asked_for(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("ReadStream", *map(answer, ENTRIES))
    entries = client.read_stream("order-7", "log")
    assert scripted_server.received("ReadStream") == []
    assert len(await items_of(entries)) == 3


async def test_a_failure_in_the_middle_is_raised_behind_what_came_before_it(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    scripted_server.script("ReadStream", *map(answer, ENTRIES[:2]), fail(grpc.StatusCode.UNAVAILABLE, "SHUTTING_DOWN"))
    received: list[ReadStreamResponse] = []
    with pytest.raises(ShuttingDown):
        await collect(client.read_stream("order-7", "log"), received)
    assert received == ENTRIES[:2]
    assert len(scripted_server.received("ReadStream")) == 1


async def test_a_failure_at_the_beginning_is_retried_where_that_may_help(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    scripted_server.script(
        "ReadStream", fail(grpc.StatusCode.UNAVAILABLE, "DATABASE_UNAVAILABLE"), *map(answer, ENTRIES)
    )
    assert await items_of(client.read_stream("order-7", "log")) == ENTRIES
    assert [each.previous_attempts for each in scripted_server.received("ReadStream")] == [0, 1]

    scripted_server.script("ReadStream", fail(grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST"))
    with pytest.raises(InvalidRequest):
        await items_of(client.read_stream("order-7", "log"))
    assert len(scripted_server.received("ReadStream")) == 3


async def test_the_time_is_that_of_the_whole_stream(scripted_server: ScriptedServer, client: AnyClient) -> None:
    release = threading.Event()
    scripted_server.script("ReadStream", answer(ENTRIES[0]), hold(release))
    received: list[ReadStreamResponse] = []
    try:
        with pytest.raises(DeadlineExceeded):
            await collect(client.read_stream("order-7", "log", call_timeout=timedelta(milliseconds=300)), received)
    finally:
        release.set()
    assert received == ENTRIES[:1]


@pytest.fixture
async def real_client(client_class: type[AnyClient], newest_rpc_server: RunningServer) -> AsyncIterator[AnyClient]:
    """Each of both clients, connected to a real server."""
    client = client_class(newest_rpc_server.address)
    yield client
    await result_of(client.close())


async def test_whoever_leaves_in_the_middle_ends_the_servers_stream(
    newest_rpc_server: RunningServer, real_client: AnyClient
) -> None:
    workflow_id = fresh("stream")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    rows.extend(stream(workflow_id, "log", *["x" * 900_000] * 30))
    newest_rpc_server.seed(rows)
    entries: Any = real_client.read_stream(workflow_id, "log")
    assert [entry.offset for entry in await items_of(entries, at_most=2)] == [0, 1]
    if isinstance(entries, AsyncGenerator):
        await entries.aclose()
    else:
        entries.close()

    def codes() -> list[str]:
        return [line["code"] for line in newest_rpc_server.log if line.get("workflow_id") == workflow_id]

    await eventually_async(lambda: codes() == ["CANCELLED"])


async def test_what_the_server_says(newest_rpc_server: RunningServer, real_client: AnyClient) -> None:
    with pytest.raises(WorkflowNotFound):
        await items_of(real_client.read_stream("no-such", "log"))
    workflow_id = fresh("stream")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    rows.extend(stream(workflow_id, "log", "a", '"__DBOS_STREAM_CLOSED__"'))
    newest_rpc_server.seed(rows)
    entries = await items_of(real_client.read_stream(workflow_id, "log"))
    assert [(entry.value.text, entry.closed) for entry in entries] == [("a", False), ("", True)]


async def follow(client: AnyClient, **options: Any) -> list[ReadStreamResponse]:  # noqa: ANN401 - Options of the call.
    """Read a stream to its end."""
    return await items_of(client.read_stream("order-7", "log", follow=True, **options))


AWAY = fail(grpc.StatusCode.UNAVAILABLE, "DATABASE_UNAVAILABLE")
CLOSED = ReadStreamResponse(offset=3, closed=True)


async def test_a_followed_stream_goes_on_behind_its_last_entry(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    ends = fail(grpc.StatusCode.UNAVAILABLE, "SHUTTING_DOWN")
    scripted_server.script(
        "ReadStream", answer(ENTRIES[0]), answer(ENTRIES[1]), ends, answer(ENTRIES[2]), AWAY, answer(CLOSED)
    )
    assert await follow(client) == [*ENTRIES, CLOSED]
    requests = [each.request for each in scripted_server.received("ReadStream")]
    assert requests == [
        ReadStreamRequest(workflow_id="order-7", key="log", from_offset=offset, follow=True) for offset in (0, 2, 3)
    ]
    # It lasts as long as it lasts.
    assert all(each.time_remaining_s > 10**6 for each in scripted_server.received("ReadStream"))


async def test_a_followed_stream_that_has_not_begun_is_begun_where_it_should(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    """gRPC itself tries five times, and then it goes on."""
    scripted_server.script("ReadStream", *[AWAY] * 7, answer(ENTRIES[2]), answer(CLOSED))
    assert await follow(client, from_offset=2) == [ENTRIES[2], CLOSED]
    offsets = {getattr(each.request, "from_offset", None) for each in scripted_server.received("ReadStream")}
    assert (offsets, len(scripted_server.received("ReadStream"))) == ({2}, 8)


async def test_nothing_is_asked_for_behind_the_end(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("ReadStream", answer(CLOSED), AWAY)
    assert await follow(client) == [CLOSED]
    assert len(scripted_server.received("ReadStream")) == 1


@pytest.mark.parametrize(
    ("failure", "raised"),
    [
        (fail(grpc.StatusCode.RESOURCE_EXHAUSTED, "RESPONSE_TOO_LARGE"), ResponseTooLarge),
        (fail(grpc.StatusCode.NOT_FOUND, "WORKFLOW_NOT_FOUND"), WorkflowNotFound),
        (fail(grpc.StatusCode.RESOURCE_EXHAUSTED, "OVERLOADED"), Overloaded),
    ],
)
async def test_a_followed_stream_does_not_outlast_other_failures(
    scripted_server: ScriptedServer, client: AnyClient, failure: Behaviour, raised: type[WorkflowControlError]
) -> None:
    scripted_server.script("ReadStream", answer(ENTRIES[0]), failure)
    received: list[ReadStreamResponse] = []
    with pytest.raises(raised):
        await collect(client.read_stream("order-7", "log", follow=True), received)
    assert received == ENTRIES[:1]
    assert len(scripted_server.received("ReadStream")) == 1


async def test_the_time_of_a_followed_stream_is_that_of_all_its_attempts(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    scripted_server.script("ReadStream", answer(ENTRIES[0]), AWAY, *[AWAY] * 100)
    with pytest.raises((DeadlineExceeded, DatabaseUnavailable)):
        await follow(client, call_timeout=timedelta(seconds=1))
    first, *_, last = [each.time_remaining_s for each in scripted_server.received("ReadStream")]
    # gRPC rounds what it sends.
    assert 1.1 > first > last
