"""WatchWorkflows: what is selected, what becomes of it, where to go on, and what ends it."""

from __future__ import annotations

import time

import grpc
import psycopg
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.struct_pb2 import Struct

from tests.fixtures.eventually import eventually
from tests.fixtures.rpc_errors import Refusal
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from tests.fixtures.watching import SEES_WITHIN_S, Watch
from workflow_control.domain.watches import Bookmark
from workflow_control.rpc.page_tokens import PageTokens
from workflowcontrol.v1.types_pb2 import (
    WORKFLOW_STATE_CANCELLED,
    WORKFLOW_STATE_ENQUEUED,
    WORKFLOW_STATE_PENDING,
    WorkflowFilter,
)
from workflowcontrol.v1.workflow_changes_pb2 import DeleteWorkflowRequest
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest, ResumeWorkflowRequest
from workflowcontrol.v1.workflow_waiting_pb2 import WatchWorkflowsResponse, WorkflowChange

COMPLETE_HAS_A_TIME = "workflow_status.completed_at"


def add(server: RunningServer, name: str, status: str = "PENDING") -> str:
    """Start a workflow as a worker does: its times are those of now."""
    workflow_id = fresh("watched")
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, name) VALUES (%s, %s, %s)", workflow_id, status, name
    )
    return workflow_id


def write(server: RunningServer, workflow_id: str, change: str) -> None:
    server.execute(f"UPDATE dbos.workflow_status SET {change} WHERE workflow_uuid = %s", workflow_id)


def delete(server: RunningServer, workflow_id: str) -> None:
    server.execute("DELETE FROM dbos.workflow_status WHERE workflow_uuid = %s", workflow_id)


def kinds(watch: Watch, workflow_id: str) -> list[int]:
    """Return what was told of a workflow after the snapshot."""
    changes = [change for message in watch.messages for change in message.changes.changes]
    return [change.kind for change in changes if change.workflow_id == workflow_id]


def test_workflows_by_id(rpc_server: RunningServer) -> None:
    one, two = add(rpc_server, "by id"), add(rpc_server, "by id")
    missing = fresh("missing")
    with Watch(rpc_server, WorkflowFilter(workflow_ids=[one, two, missing])) as watch:
        assert watch.states == {one: "PENDING", two: "PENDING"}
        write(rpc_server, one, "status = 'SUCCESS'")
        watch.until(lambda states: states[one] == "SUCCESS")
        delete(rpc_server, two)
        watch.until(lambda states: two not in states)
        assert kinds(watch, two) == [WorkflowChange.KIND_DELETED]
        rpc_server.execute(
            "INSERT INTO dbos.workflow_status (workflow_uuid, status, name) VALUES (%s, 'ENQUEUED', 'by id')", missing
        )
        assert watch.until(lambda states: missing in states) == {one: "SUCCESS", missing: "ENQUEUED"}


def test_our_own_mutations(rpc_server: RunningServer) -> None:
    name = fresh("name")
    workflow_id = add(rpc_server, name)
    with (
        Watch(rpc_server, WorkflowFilter(workflow_ids=[workflow_id])) as by_id,
        Watch(rpc_server, WorkflowFilter(names=[name])) as by_filter,
    ):
        for request, state in (
            (CancelWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id), "CANCELLED"),
            (ResumeWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id), "ENQUEUED"),
            (DeleteWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id, force=True), None),
        ):
            assert rpc_server.call(request).code is grpc.StatusCode.OK
            for watch in (by_id, by_filter):
                watch.until(lambda states, state=state: states.get(workflow_id) == state)  # type: ignore[misc]  # Bound.


def test_what_a_filter_selects(rpc_server: RunningServer) -> None:
    name = fresh("name")
    before = add(rpc_server, name)
    other = add(rpc_server, "another name")
    with Watch(rpc_server, WorkflowFilter(names=[name])) as watch:
        assert watch.states == {before: "PENDING"}
        after = add(rpc_server, name, "ENQUEUED")
        watch.until(lambda states: after in states)
        for workflow_id in (before, after, other):
            write(rpc_server, workflow_id, "status = 'ERROR'")
        watch.until(lambda states: set(states.values()) == {"ERROR"})
        delete(rpc_server, before)
        assert watch.until(lambda states: before not in states) == {after: "ERROR"}
        assert not kinds(watch, other)


def test_what_a_filter_selects_no_more_is_told_with_its_last_state(rpc_server: RunningServer) -> None:
    name = fresh("name")
    workflow_id = add(rpc_server, name)
    running = WorkflowFilter(names=[name], states=[WORKFLOW_STATE_PENDING, WORKFLOW_STATE_ENQUEUED])
    with Watch(rpc_server, running) as watch:
        write(rpc_server, workflow_id, "status = 'SUCCESS'")
        watch.until(lambda states: not states)
        [change] = [change for message in watch.messages for change in message.changes.changes]
        assert (change.kind, change.workflow.raw_status) == (WorkflowChange.KIND_LEFT, "SUCCESS")


def test_what_comes_to_be_selected_without_any_time_of_its_own(start_rpc_server: StartRpcServer) -> None:
    """A resume by DBOS's own client sets none that has an index."""
    server = start_rpc_server(watch_check_interval="1s", watch_clock_slack="0s")
    workflow_id = add(server, "resumed", "CANCELLED")
    server.execute("UPDATE dbos.workflow_status SET created_at = 1")
    with Watch(server, WorkflowFilter(states=[WORKFLOW_STATE_ENQUEUED])) as watch:
        assert watch.states == {}
        write(server, workflow_id, "status = 'ENQUEUED', started_at_epoch_ms = NULL")
        watch.until(lambda states: states == {workflow_id: "ENQUEUED"})


def test_a_change_that_sets_no_time_at_all(newest_rpc_server: RunningServer) -> None:
    name = fresh("name")
    workflow_id = add(newest_rpc_server, name, "SUCCESS")
    red = Struct()
    red.update({"colour": "red"})
    with (
        Watch(newest_rpc_server, WorkflowFilter(names=[name])) as all_of_them,
        Watch(newest_rpc_server, WorkflowFilter(names=[name], attributes=red)) as red_ones,
    ):
        write(newest_rpc_server, workflow_id, """attributes = '{"colour": "red", "size": 3}'""")
        eventually(lambda: kinds(all_of_them, workflow_id), SEES_WITHIN_S)
        # That of one filter was told by another's: both hold what changes against their conditions.
        assert red_ones.states in ({}, {workflow_id: "SUCCESS"})


def test_what_is_committed_late(rpc_server: RunningServer) -> None:
    """It has times of before many ticks, in which others were seen."""
    name = fresh("name")
    started = add(rpc_server, name)
    completed_at = ", completed_at = %(now)s" if _has(rpc_server, "completed_at") else ""
    with Watch(rpc_server, WorkflowFilter(names=[name])) as watch:
        with psycopg.connect(rpc_server.database_url) as worker:
            now = {"now": int(time.time() * 1000), "started": started, "late": (late := fresh("late")), "name": name}
            worker.execute(
                "INSERT INTO dbos.workflow_status (workflow_uuid, status, name, created_at)"
                " VALUES (%(late)s, 'PENDING', %(name)s, %(now)s)",
                now,
            )
            update = (
                f"UPDATE dbos.workflow_status SET status = 'SUCCESS'{completed_at} WHERE workflow_uuid = %(started)s"
            )
            worker.execute(update.encode(), now)
            for _ in range(5):
                other = add(rpc_server, name)
                watch.until(lambda states, other=other: other in states)  # type: ignore[misc]  # Bound.
            assert watch.states[started] == "PENDING"
            assert late not in watch.states
        watch.until(lambda states: states.get(late) == "PENDING" and states[started] == "SUCCESS")


def _has(server: RunningServer, column: str) -> bool:
    known = "SELECT 1 FROM information_schema.columns WHERE table_name = 'workflow_status' AND column_name = %s"
    return bool(server.execute(known, column))


def test_every_message_has_a_token_and_silence_is_told(rpc_server: RunningServer) -> None:
    workflow_id = add(rpc_server, "silent")
    selection = WorkflowFilter(workflow_ids=[workflow_id])
    with Watch(rpc_server, selection, heartbeat_interval=Duration(seconds=1)) as watch:
        eventually(lambda: sum(message.HasField("heartbeat") for message in watch.messages) >= 2, SEES_WITHIN_S)
        assert all(message.resume_token for message in watch.messages)
        assert [message.WhichOneof("event") for message in watch.messages[:2]] == ["snapshot", "heartbeat"]


def token_after_all_changes(server: RunningServer, selection: WorkflowFilter, watch: Watch) -> str:
    """Returns the watch's token if it is later than all that was told; else nothing.

    A transaction that is older than a change, of another test's and in another database, may keep it from that.
    """
    token = watch.token
    with Watch(server, selection, token, watch.states) as resumed:
        [snapshot] = [message.snapshot for message in resumed.messages if message.HasField("snapshot")]
        return "" if snapshot.workflows else token


def test_going_on_tells_only_what_is_new(rpc_server: RunningServer) -> None:
    ids = [add(rpc_server, "goes on") for _ in range(3)]
    selection = WorkflowFilter(workflow_ids=ids)
    with Watch(rpc_server, selection, heartbeat_interval=Duration(seconds=1)) as watch:
        token = eventually(lambda: token_after_all_changes(rpc_server, selection, watch), SEES_WITHIN_S)
    write(rpc_server, ids[0], "status = 'SUCCESS'")
    delete(rpc_server, ids[1])
    with Watch(rpc_server, selection, token, watch.states) as resumed:
        [snapshot] = [message.snapshot for message in resumed.messages if message.HasField("snapshot")]
        assert [workflow.workflow_id for workflow in snapshot.workflows] == [ids[0]]
        assert list(snapshot.unchanged_workflow_ids) == [ids[2]]
        assert (snapshot.first, snapshot.last, snapshot.bookmark_lost) == (True, True, False)
        assert resumed.states == {ids[0]: "SUCCESS", ids[2]: "PENDING"}


@pytest.mark.parametrize("bookmark", [Bookmark("another cluster's", 5), None])
def test_a_lost_bookmark_begins_anew(rpc_server: RunningServer, bookmark: Bookmark | None) -> None:
    workflow_id = add(rpc_server, "lost")
    selection = WorkflowFilter(workflow_ids=[workflow_id])
    token = PageTokens("WatchWorkflows", selection, field="resume_token").write_bookmark(bookmark)
    with Watch(rpc_server, selection, token) as watch:
        assert watch.states == {workflow_id: "PENDING"}
        assert watch.messages[0].snapshot.bookmark_lost == (bookmark is not None)


def test_a_token_of_another_filter_is_refused(rpc_server: RunningServer) -> None:
    token = PageTokens("WatchWorkflows", WorkflowFilter(names=["a"]), field="resume_token").write_bookmark(None)
    for wrong in (token, "x", token[:-1]):
        with Watch(rpc_server, WorkflowFilter(names=["b"]), wrong) as watch:
            assert watch.end() is grpc.StatusCode.INVALID_ARGUMENT
            assert watch.refusal is not None
            assert watch.refusal.fields == ["resume_token"]


def test_many_workflows_come_in_parts(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, name)"
        " SELECT 'part-' || n, 'PENDING', 'parts' FROM generate_series(1, 1700) AS n"
    )
    with Watch(server, WorkflowFilter(names=["parts"])) as watch:
        assert len(watch.states) == 1700
        snapshots = [message.snapshot for message in watch.messages if message.HasField("snapshot")]
        assert len(snapshots) >= 4
        assert [snapshot.first for snapshot in snapshots] == [True, *[False] * (len(snapshots) - 1)]
        assert [snapshot.last for snapshot in snapshots] == [*[False] * (len(snapshots) - 1), True]
        server.execute("UPDATE dbos.workflow_status SET status = 'SUCCESS'")
        watch.until(lambda states: set(states.values()) == {"SUCCESS"})


def test_a_watch_ends_well_when_it_is_old(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_watch_age="1s")
    with Watch(server, WorkflowFilter(names=["old"])) as watch:
        assert watch.end() is grpc.StatusCode.OK


def test_what_is_too_much_is_refused(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_selected_workflows=2, max_watched_filters=1, max_watched_workflows=1)
    for _ in range(2):
        add(server, "many")
    with Watch(server, WorkflowFilter(names=["many"])) as watch:
        with Watch(server, WorkflowFilter(names=["other"])) as refused:
            assert refused.end() is grpc.StatusCode.RESOURCE_EXHAUSTED
        with Watch(server, WorkflowFilter(workflow_ids=["a", "b"])) as refused:
            assert refused.refusal is not None
            assert refused.refusal.fields == ["filter.workflow_ids"]
        with Watch(server, WorkflowFilter(names=["many"])) as same:
            assert same.states == watch.states
        add(server, "many")
        assert watch.end() is grpc.StatusCode.INVALID_ARGUMENT
    with Watch(server, WorkflowFilter(names=["many"])) as refused:
        assert refused.end() is grpc.StatusCode.INVALID_ARGUMENT
        assert refused.refusal is not None
        assert refused.refusal.fields == ["filter"]


def test_a_filter_that_the_schema_cannot_do_is_refused(oldest_rpc_server: RunningServer) -> None:
    with Watch(oldest_rpc_server, WorkflowFilter(application_names=["shop"])) as watch:
        assert watch.refusal is not None
        assert watch.refusal.reason == "SCHEMA_CAPABILITY_MISSING"


def test_a_lost_connection_ends_no_watch(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    name = fresh("name")
    workflow_id = add(server, name)
    with (
        Watch(server, WorkflowFilter(names=[name])) as by_filter,
        Watch(server, WorkflowFilter(workflow_ids=[workflow_id])) as by_id,
    ):
        for _ in range(3):
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            write(server, workflow_id, "priority = priority + 1")
        write(server, workflow_id, "status = 'SUCCESS'")
        another = add(server, name)
        by_filter.until(lambda states: states == {workflow_id: "SUCCESS", another: "PENDING"})
        by_id.until(lambda states: states == {workflow_id: "SUCCESS"})


def test_watches_do_not_delay_the_end(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(grace="5m")
    with (
        Watch(server, WorkflowFilter(names=["draining"])) as by_filter,
        Watch(server, WorkflowFilter(workflow_ids=["draining"])) as by_id,
    ):
        server.rpc.refuse_calls()  # In another thread, and nothing there waits for it: the next wait sees it.
        for watch in (by_filter, by_id):
            assert _ended(watch).reason == "SHUTTING_DOWN"


def _ended(watch: Watch) -> Refusal:
    eventually(lambda: watch.refusal, SEES_WITHIN_S)
    assert watch.refusal is not None
    return watch.refusal


def test_states_that_are_cancelled(newest_rpc_server: RunningServer) -> None:
    """Every message is of a workflow that the filter selects, or says that it does no more."""
    name = fresh("name")
    selection = WorkflowFilter(names=[name], states=[WORKFLOW_STATE_CANCELLED])
    workflow_id = add(newest_rpc_server, name)
    with Watch(newest_rpc_server, selection) as watch:
        cancel = CancelWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id)
        assert newest_rpc_server.call(cancel).code is grpc.StatusCode.OK
        watch.until(lambda states: states == {workflow_id: "CANCELLED"})
        assert all(isinstance(message, WatchWorkflowsResponse) for message in watch.messages)
