"""ReadStream with `follow`: entries come as they are written, until the stream is closed or the workflow has ended."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, cast

import grpc
import grpc.aio
import psycopg
import pytest

from tests.differential.seeds import workflow
from tests.fixtures.communication import STREAM_CLOSED_TEXTS, seed_more, stream
from tests.fixtures.dbos_releases import NEWEST, DbosTemplate
from tests.fixtures.eventually import eventually, eventually_async
from tests.fixtures.following import Follower
from tests.fixtures.postgres import CreateDatabase
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh, running_rpc_server
from workflow_control.dbos.communication_polls import PostgresStreamPoll
from workflow_control.domain.awaited import FollowedStream, StreamState
from workflow_control.domain.states import ACTIVE, TERMINAL, WorkflowState
from workflow_control.watching.ports import Observation
from workflow_control_client import WorkflowControlClient
from workflowcontrol.v1.workflow_changes_pb2 import DeleteWorkflowRequest
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub
from workflowcontrol.v1.workflow_events_pb2 import ReadStreamRequest, ReadStreamResponse

MEBIBYTE = 1024 * 1024


class Statements:
    """What the servers of this process ask their databases."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.followed = 0
        """The streams that the last poll was about."""
        self._entries: Counter[str] = Counter()
        execute, poll = psycopg.AsyncConnection.execute, PostgresStreamPoll.__call__

        async def counted_execute(connection: Any, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - As given.
            self.count += 1
            return await execute(connection, *arguments, **options)

        async def counted_poll(
            poller: PostgresStreamPoll, known: Sequence[tuple[FollowedStream, str]]
        ) -> Sequence[Observation[FollowedStream, StreamState]]:
            self.followed = len(known)
            found = await poll(poller, known)
            for each in found:
                if each.state is not None:
                    self._entries[each.key.workflow_id] += len(each.state.entries)
            return found

        patch.setattr(psycopg.AsyncConnection, "execute", counted_execute)
        patch.setattr(PostgresStreamPoll, "__call__", counted_poll)

    def entries_of(self, workflow_id: str) -> int:
        """Returns how many entries of a workflow's streams were read so far."""
        return self._entries[workflow_id]


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Statements:
    return Statements(monkeypatch)


def seed(server: RunningServer, state: WorkflowState = WorkflowState.PENDING) -> str:
    """Returns the id of a new workflow."""
    workflow_id = fresh("followed")
    server.seed(workflow(workflow_id, state))
    return workflow_id


def write(server: RunningServer, workflow_id: str, *values: str, first_offset: int = 0, key: str = "log") -> None:
    """Writes to a stream, all at once."""
    seed_more(server.database_url, stream(workflow_id, key, *values, first_offset=first_offset))


def end(server: RunningServer, workflow_id: str, state: WorkflowState = WorkflowState.SUCCESS) -> None:
    """Does what a worker does at the end of a workflow."""
    server.execute("UPDATE dbos.workflow_status SET status = %s WHERE workflow_uuid = %s", state.value, workflow_id)


@pytest.mark.parametrize("state", sorted(ACTIVE))
def test_entries_come_as_they_are_written(rpc_server: RunningServer, state: WorkflowState) -> None:
    workflow_id = seed(rpc_server, state)
    write(rpc_server, workflow_id, "a", "b")
    with Follower(rpc_server.channel, workflow_id) as follower:
        follower.wait_for("a", "b")
        write(rpc_server, workflow_id, "c", first_offset=2)
        follower.wait_for("a", "b", "c")
        write(rpc_server, workflow_id, "of another", key="other")
        write(rpc_server, workflow_id, "d", "e", first_offset=3)
        follower.wait_for("a", "b", "c", "d", "e")
        assert [message.offset for message in follower.messages] == list(range(5))
        assert [message.step_id for message in follower.messages] == [0, 10, 20, 30, 40]


@pytest.mark.parametrize("text", STREAM_CLOSED_TEXTS)
def test_whoever_closes_the_stream_ends_it(rpc_server: RunningServer, text: str) -> None:
    workflow_id = seed(rpc_server)
    with Follower(rpc_server.channel, workflow_id) as follower:
        write(rpc_server, workflow_id, "a")
        follower.wait_for("a")
        write(rpc_server, workflow_id, text, "behind the end", first_offset=1)
        assert follower.end() is grpc.StatusCode.OK
        assert follower.texts == ["a"]
        assert follower.messages[-1] == ReadStreamResponse(offset=1, step_id=10, closed=True)


@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_the_end_of_the_workflow_ends_it_behind_its_last_word(rpc_server: RunningServer, state: WorkflowState) -> None:
    workflow_id = seed(rpc_server)
    with Follower(rpc_server.channel, workflow_id) as follower:
        write(rpc_server, workflow_id, "a")
        follower.wait_for("a")
        write(rpc_server, workflow_id, *map(str, range(1000)), first_offset=1)
        end(rpc_server, workflow_id, state)
        assert follower.end() is grpc.StatusCode.OK
    assert follower.texts == ["a", *map(str, range(1000))]
    assert not any(message.closed for message in follower.messages)


def test_what_has_ended_before_is_told_and_ends_at_once(rpc_server: RunningServer) -> None:
    workflow_id = seed(rpc_server, WorkflowState.ERROR)
    write(rpc_server, workflow_id, "a", "b")
    for from_offset, texts in {0: ["a", "b"], 1: ["b"], 2: [], 9: []}.items():
        with Follower(rpc_server.channel, workflow_id, from_offset=from_offset) as follower:
            assert follower.end() is grpc.StatusCode.OK
            assert follower.texts == texts


def test_it_begins_where_one_asks_even_where_nothing_is_yet(rpc_server: RunningServer) -> None:
    workflow_id = seed(rpc_server)
    with Follower(rpc_server.channel, workflow_id, from_offset=2) as follower:
        write(rpc_server, workflow_id, "a")
        write(rpc_server, workflow_id, "b", "c", first_offset=1)
        follower.wait_for("c")
        assert [message.offset for message in follower.messages] == [2]


def test_what_is_behind_a_gap_is_not_told(rpc_server: RunningServer) -> None:
    """As by DBOS's own readers; see the differential tests."""
    workflow_id = seed(rpc_server)
    write(rpc_server, workflow_id, "a", "b")
    write(rpc_server, workflow_id, "d", first_offset=3)
    with Follower(rpc_server.channel, workflow_id) as follower:
        follower.wait_for("a", "b")
        end(rpc_server, workflow_id)
        assert follower.end() is grpc.StatusCode.OK
        assert follower.texts == ["a", "b"]


def test_a_workflow_that_is_not_there_or_is_deleted_meanwhile_is_not_found(rpc_server: RunningServer) -> None:
    with Follower(rpc_server.channel, fresh("missing")) as follower:
        assert follower.end() is grpc.StatusCode.NOT_FOUND
        assert follower.refusal is not None
        assert follower.refusal.reason == "WORKFLOW_NOT_FOUND"
    workflow_id = seed(rpc_server)
    write(rpc_server, workflow_id, "a")
    with Follower(rpc_server.channel, workflow_id) as follower:
        follower.wait_for("a")
        delete = DeleteWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id, force=True)
        assert rpc_server.call(delete).code is grpc.StatusCode.OK
        assert follower.end() is grpc.StatusCode.NOT_FOUND


def test_an_entry_that_is_too_large_is_named(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    workflow_id = seed(server)
    write(server, workflow_id, "a", "x" * 3_000_000, "b")
    with Follower(server.channel, workflow_id) as follower:
        assert follower.end() is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert follower.texts == ["a"]
        assert follower.refusal is not None
        assert follower.refusal.reason == "RESPONSE_TOO_LARGE"
        assert "the entry at offset 1: go on behind it" in follower.refusal.message
    with Follower(server.channel, workflow_id, from_offset=2) as follower:
        follower.wait_for("b")


def test_a_long_stream_comes_whole(rpc_server: RunningServer) -> None:
    workflow_id = seed(rpc_server)
    values = [str(number) * 50 for number in range(6000)]
    write(rpc_server, workflow_id, *values)
    with Follower(rpc_server.channel, workflow_id) as follower:
        eventually(lambda: len(follower.messages) >= len(values), 30)
        assert follower.texts == values
        write(rpc_server, workflow_id, STREAM_CLOSED_TEXTS[2], first_offset=6000)
        assert follower.end() is grpc.StatusCode.OK


@pytest.fixture
def own_channels(newest_rpc_server: RunningServer) -> Iterator[list[grpc.Channel]]:
    """Connections of their own: what one does not read does not fill another."""
    options = [("grpc.use_local_subchannel_pool", 1)]
    channels = [grpc.insecure_channel(newest_rpc_server.address, options) for _ in range(2)]
    yield channels
    for channel in channels:
        channel.close()


def test_who_does_not_read_is_waited_for_and_delays_nobody(
    newest_rpc_server: RunningServer, own_channels: list[grpc.Channel], statements: Statements
) -> None:
    slow_id, quick_id = seed(newest_rpc_server), seed(newest_rpc_server)
    values = [f"{number:04}" + "x" * 200_000 for number in range(200)]
    write(newest_rpc_server, slow_id, *values)
    request = ReadStreamRequest(workflow_id=slow_id, key="log", follow=True)
    slow: Any = WorkflowControlStub(own_channels[0]).ReadStream(request)
    received = [next(slow).value.text]
    with Follower(own_channels[1], quick_id) as quick:
        written: list[str] = []

        def tell() -> None:
            write(newest_rpc_server, quick_id, "news", first_offset=len(written))
            written.append("news")
            quick.wait_for(*written)

        # Once what the connection takes is on its way, nothing more is read however long it takes.
        read = settled = 0
        while settled < 5:
            tell()
            read, before = statements.entries_of(slow_id), read
            settled = settled + 1 if read == before else 0
        assert read < len(values)
    # The others come when they are wanted.
    received += [next(slow).value.text for _ in values[1:]]
    assert received == values
    slow.cancel()


def test_a_server_that_drains_ends_its_followers_with_a_reason_to_go_on_elsewhere(
    create_database: CreateDatabase, dbos_template: DbosTemplate
) -> None:
    url = create_database(dbos_template(NEWEST))
    with running_rpc_server(url, grace="20s") as server:
        workflow_id = seed(server)
        write(server, workflow_id, "a")
        channel = grpc.insecure_channel(server.address, [("grpc.use_local_subchannel_pool", 1)])
        follower = Follower(channel, workflow_id).__enter__()
        follower.wait_for("a")
        draining = time.monotonic()
    # It has not waited for the grace to be over.
    assert time.monotonic() - draining < 15
    assert follower.end() is grpc.StatusCode.UNAVAILABLE
    assert follower.refusal is not None
    assert follower.refusal.reason == "SHUTTING_DOWN"
    channel.close()


def test_a_client_goes_on_when_its_connection_was_too_old(start_rpc_server: StartRpcServer) -> None:
    """That is how long a stream can last at most."""
    server = start_rpc_server(max_connection_age="1s", max_deadline="1s")
    workflow_id = seed(server)
    with WorkflowControlClient(server.address) as client:
        entries = client.read_stream(workflow_id, "log", follow=True)
        for number in range(4):
            write(server, workflow_id, str(number), first_offset=number)
            assert next(entries).value.text == str(number)
            # The call that has brought this one ends with its connection.
            eventually(lambda: len([line for line in server.log if line["rpc"].endswith("ReadStream")]) > number)  # noqa: B023 - Called at once.
        end(server, workflow_id)
        assert list(entries) == []


FOLLOWERS = 1000
CALLS_PER_CONNECTION = 500


async def test_a_thousand_followers_cost_the_statements_of_one(
    start_rpc_server: StartRpcServer, statements: Statements
) -> None:
    interval_s = 0.1
    server = start_rpc_server(watch_interval_ms=100)
    ids = [seed(server) for _ in range(FOLLOWERS)]
    channels = [grpc.aio.insecure_channel(server.address) for _ in range(FOLLOWERS // CALLS_PER_CONNECTION)]
    told: set[str] = set()

    async def follow(number: int, workflow_id: str) -> None:
        stub: Any = WorkflowControlStub(channels[number // CALLS_PER_CONNECTION])
        call = stub.ReadStream(ReadStreamRequest(workflow_id=workflow_id, key="log", follow=True))
        message = cast("ReadStreamResponse", await call.read())
        assert message.value.text == f"for {workflow_id}"
        told.add(workflow_id)
        assert await call.read() is grpc.aio.EOF

    async with asyncio.TaskGroup() as group:
        for number, workflow_id in enumerate(ids):
            group.create_task(follow(number, workflow_id))
        await eventually_async(lambda: statements.followed == FOLLOWERS, 60)

        # Nothing happens: one statement a tick asks about all.
        begun, before = time.monotonic(), statements.count
        await eventually_async(lambda: statements.count >= before + 10, 60)
        elapsed_s = time.monotonic() - begun
        assert statements.count - before <= elapsed_s / interval_s + 12

        # Something happens to each: as many statements as ticks, which are ten times as fast at most.
        begun, before = time.monotonic(), statements.count
        server.execute(
            'INSERT INTO dbos.streams (workflow_uuid, key, value, "offset", function_id)'
            " SELECT id, 'log', 'for ' || id, 0, 1 FROM unnest(%s::text[]) AS id",
            ids,
        )
        await eventually_async(lambda: len(told) == FOLLOWERS, 60)
        assert statements.count - before <= (time.monotonic() - begun) / (interval_s / 10) + 12
        server.execute("UPDATE dbos.workflow_status SET status = 'SUCCESS'")
    for channel in channels:
        await channel.close()
