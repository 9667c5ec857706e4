"""GetWorkflow with `wait`, and AwaitWorkflows: what they wait for, what ends the waiting, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime
from typing import Any

import grpc
import psycopg
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.seeds import workflow
from tests.fixtures.eventually import eventually
from tests.fixtures.rpc_server import Reply, RunningServer, StartRpcServer, fresh
from workflow_control.domain.states import TERMINAL, WorkflowState
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.types_pb2 import Workflow
from workflowcontrol.v1.workflow_changes_pb2 import DeleteWorkflowRequest
from workflowcontrol.v1.workflow_control_pb2 import (
    CancelWorkflowRequest,
    GetWorkflowRequest,
    GetWorkflowResponse,
    ResumeWorkflowRequest,
)
from workflowcontrol.v1.workflow_waiting_pb2 import (
    AWAIT_MODE_ALL,
    AWAIT_MODE_FIRST,
    AwaitWorkflowsRequest,
    AwaitWorkflowsResponse,
    WorkflowWait,
)

UNTIL_COMPLETE = WorkflowWait.UNTIL_COMPLETE
UNTIL_CHANGED = WorkflowWait.UNTIL_CHANGED
SHORT = Duration(nanos=50_000_000)


def seed(server: RunningServer, state: WorkflowState = WorkflowState.PENDING) -> str:
    """Insert a workflow, and return its id."""
    workflow_id = fresh("waited-for")
    server.seed(workflow(workflow_id, state))
    return workflow_id


def end(server: RunningServer, workflow_id: str, state: WorkflowState = WorkflowState.SUCCESS) -> None:
    """Do what a worker does at the end of a workflow."""
    server.execute("UPDATE dbos.workflow_status SET status = %s WHERE workflow_uuid = %s", state.value, workflow_id)


def start_wait(server: RunningServer, workflow_id: str, **wait: Any) -> Callable[[], Workflow]:  # noqa: ANN401
    """Send a call that waits, and return how to wait for its workflow. `wait` are the fields of WorkflowWait."""
    reply = server.start_call(GetWorkflowRequest(workflow_id=workflow_id, wait=WorkflowWait(**wait)))
    return lambda: reply().read(GetWorkflowResponse).workflow


def start_await(server: RunningServer, *ids: str, **fields: Any) -> Callable[[], AwaitWorkflowsResponse]:  # noqa: ANN401
    """Likewise for AwaitWorkflows."""
    reply = server.start_call(AwaitWorkflowsRequest(workflow_ids=ids, **fields))
    return lambda: reply().read(AwaitWorkflowsResponse)


def until_polled(server: RunningServer, since: datetime) -> None:
    """Wait until the server has asked for those who wait: what changes from here on is a change during the call."""
    asked = (
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%%AS known_id%%' AND state = 'idle' AND query_start > %s"
        " AND datname = current_database()"
    )
    eventually(lambda: server.execute(asked, since))


def database_now(server: RunningServer) -> datetime:
    now = server.execute("SELECT clock_timestamp() AS now")[0]["now"]
    assert isinstance(now, datetime)
    return now


def elapsed_s(call: Callable[[], object]) -> float:
    began = time.monotonic()
    call()
    return time.monotonic() - began


@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_a_workflow_that_has_ended_needs_no_waiting(rpc_server: RunningServer, state: WorkflowState) -> None:
    workflow_id = seed(rpc_server, state)
    found = start_wait(rpc_server, workflow_id, until=UNTIL_COMPLETE)()
    assert found.raw_status == state.value


@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_waiting_ends_with_the_workflow(rpc_server: RunningServer, state: WorkflowState) -> None:
    workflow_id = seed(rpc_server)
    waiting = start_wait(rpc_server, workflow_id, until=UNTIL_COMPLETE)
    rpc_server.execute("UPDATE dbos.workflow_status SET priority = 7 WHERE workflow_uuid = %s", workflow_id)
    end(rpc_server, workflow_id, state)
    assert waiting().raw_status == state.value


@pytest.mark.parametrize(
    "change",
    ["priority = priority + 1", "status = 'ENQUEUED'", "updated_at = updated_at + 1", "executor_id = 'another'"],
)
def test_any_change_is_one(rpc_server: RunningServer, change: str) -> None:
    workflow_id = seed(rpc_server)
    began = database_now(rpc_server)
    waiting = start_wait(rpc_server, workflow_id, until=UNTIL_CHANGED)
    until_polled(rpc_server, began)
    rpc_server.execute(f"UPDATE dbos.workflow_status SET {change} WHERE workflow_uuid = %s", workflow_id)
    assert elapsed_s(waiting) < 10


def test_a_change_before_the_call_is_seen_by_its_time(rpc_server: RunningServer) -> None:
    workflow_id = seed(rpc_server)
    known = start_wait(rpc_server, workflow_id, until=UNTIL_CHANGED, timeout=SHORT)().update_time
    same = start_wait(rpc_server, workflow_id, until=UNTIL_CHANGED, after_update_time=known, timeout=SHORT)
    assert same().update_time == known
    earlier = Timestamp(seconds=known.seconds - 1, nanos=known.nanos)
    assert elapsed_s(start_wait(rpc_server, workflow_id, until=UNTIL_CHANGED, after_update_time=earlier)) < 10


@pytest.mark.parametrize("until", [UNTIL_COMPLETE, UNTIL_CHANGED])
def test_when_the_time_is_up_the_answer_is_the_workflow_as_it_is(rpc_server: RunningServer, until: int) -> None:
    workflow_id = seed(rpc_server)
    assert start_wait(rpc_server, workflow_id, until=until, timeout=SHORT)().raw_status == "PENDING"
    assert start_wait(rpc_server, workflow_id, until=until, timeout=Duration())().raw_status == "PENDING"


def test_the_caller_s_deadline_ends_the_waiting_in_time(rpc_server: RunningServer) -> None:
    workflow_id = seed(rpc_server)
    request = GetWorkflowRequest(workflow_id=workflow_id, wait=WorkflowWait(until=UNTIL_COMPLETE))
    assert rpc_server.call(request, timeout_s=3).read(GetWorkflowResponse).workflow.raw_status == "PENDING"


def test_so_does_the_server_s_limit(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_deadline="2s")
    workflow_id = seed(server)
    request = GetWorkflowRequest(
        workflow_id=workflow_id, wait=WorkflowWait(until=UNTIL_COMPLETE, timeout=Duration(seconds=60))
    )
    assert server.call(request).read(GetWorkflowResponse).workflow.raw_status == "PENDING"


def test_a_workflow_that_is_deleted_meanwhile_is_not_found(rpc_server: RunningServer) -> None:
    workflow_id = seed(rpc_server)
    began = database_now(rpc_server)
    call = rpc_server.start_call(GetWorkflowRequest(workflow_id=workflow_id, wait=WorkflowWait(until=UNTIL_COMPLETE)))
    until_polled(rpc_server, began)
    delete = DeleteWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id, force=True)
    assert rpc_server.call(delete).code is grpc.StatusCode.OK
    call().refused("WORKFLOW_NOT_FOUND")
    missing = GetWorkflowRequest(workflow_id=workflow_id, wait=WorkflowWait(until=UNTIL_COMPLETE))
    rpc_server.call(missing).refused("WORKFLOW_NOT_FOUND")


def test_our_own_mutation_is_seen_at_once(start_rpc_server: StartRpcServer) -> None:
    """Long before the next tick would come."""
    server = start_rpc_server(watch_interval_ms=10_000)
    workflow_id = seed(server)
    began = database_now(server)
    waiting = start_wait(server, workflow_id, until=UNTIL_COMPLETE)
    until_polled(server, began)

    def cancel_and_wait() -> None:
        cancel = CancelWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id)
        assert server.call(cancel).code is grpc.StatusCode.OK
        assert waiting().raw_status == "CANCELLED"

    assert elapsed_s(cancel_and_wait) < 5


def test_what_is_committed_late_is_seen(rpc_server: RunningServer) -> None:
    """Its times are from before many ticks."""
    workflow_id = seed(rpc_server)
    waiting = start_wait(rpc_server, workflow_id, until=UNTIL_COMPLETE)
    with psycopg.connect(rpc_server.database_url) as worker:
        worker.execute(
            "UPDATE dbos.workflow_status SET status = 'SUCCESS', updated_at = 1 WHERE workflow_uuid = %s",
            (workflow_id,),
        )
        time.sleep(1)
    assert waiting().raw_status == "SUCCESS"


def test_all_and_first(rpc_server: RunningServer) -> None:
    one, two, three = (seed(rpc_server) for _ in range(3))
    all_of_them = start_await(rpc_server, one, two, three, one)
    first = start_await(rpc_server, one, two, three, mode=AWAIT_MODE_FIRST)
    end(rpc_server, two)
    answer = first()
    assert answer.done
    assert [workflow.workflow_id for workflow in answer.workflows] == [two]
    assert list(answer.pending_workflow_ids) == [one, three]
    end(rpc_server, three, WorkflowState.CANCELLED)
    end(rpc_server, one, WorkflowState.ERROR)
    answer = all_of_them()
    assert answer.done
    assert [(each.workflow_id, each.raw_status) for each in answer.workflows] == [
        (one, "ERROR"),
        (two, "SUCCESS"),
        (three, "CANCELLED"),
    ]
    assert not answer.pending_workflow_ids
    assert not answer.missing_workflow_ids


def test_what_has_not_ended_in_time_is_named(rpc_server: RunningServer) -> None:
    pending, ended, missing = seed(rpc_server), seed(rpc_server, WorkflowState.SUCCESS), fresh("missing")
    answer = start_await(rpc_server, pending, ended, missing, mode=AWAIT_MODE_ALL, timeout=SHORT)()
    assert not answer.done
    assert [workflow.workflow_id for workflow in answer.workflows] == [ended]
    assert (list(answer.pending_workflow_ids), list(answer.missing_workflow_ids)) == ([pending], [missing])


def test_what_is_missing_or_deleted_counts_as_ended(rpc_server: RunningServer) -> None:
    missing, deleted = fresh("missing"), seed(rpc_server)
    assert start_await(rpc_server, deleted, missing, mode=AWAIT_MODE_FIRST)().done
    waiting = start_await(rpc_server, deleted, missing)
    rpc_server.execute("DELETE FROM dbos.workflow_status WHERE workflow_uuid = %s", deleted)
    answer = waiting()
    assert answer.done
    assert list(answer.missing_workflow_ids) == [deleted, missing]


def test_awaited_workflows_come_in_the_view_that_is_asked_for(rpc_server: RunningServer) -> None:
    ids = [seed(rpc_server, WorkflowState.SUCCESS) for _ in range(40)]
    for view in (types.WORKFLOW_VIEW_BASIC, types.WORKFLOW_VIEW_FULL):
        answer = start_await(rpc_server, *ids, view=view)()
        assert [workflow.workflow_id for workflow in answer.workflows] == ids
        assert {workflow.HasField("input") for workflow in answer.workflows} == {view == types.WORKFLOW_VIEW_FULL}


def test_what_does_not_fit_into_a_message_is_refused(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * 1024 * 1024)
    ids = [seed(server, WorkflowState.SUCCESS) for _ in range(3)]
    server.execute("UPDATE dbos.workflow_output SET output = repeat('x', 1000000)")
    server.call(AwaitWorkflowsRequest(workflow_ids=ids, view=types.WORKFLOW_VIEW_FULL)).refused("RESPONSE_TOO_LARGE")
    assert start_await(server, *ids)().done


def test_a_resumed_workflow_is_waited_for_again(rpc_server: RunningServer) -> None:
    workflow_id = seed(rpc_server, WorkflowState.CANCELLED)
    assert start_wait(rpc_server, workflow_id, until=UNTIL_COMPLETE)().raw_status == "CANCELLED"
    resume = ResumeWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id)
    assert rpc_server.call(resume).code is grpc.StatusCode.OK
    waiting = start_wait(rpc_server, workflow_id, until=UNTIL_COMPLETE)
    end(rpc_server, workflow_id)
    assert waiting().raw_status == "SUCCESS"


@pytest.mark.parametrize(
    ("wait", "field"),
    [
        (WorkflowWait(), "wait.until"),
        (WorkflowWait(until=UNTIL_COMPLETE, after_update_time=Timestamp(seconds=1)), "wait.after_update_time"),
        (WorkflowWait(until=UNTIL_COMPLETE, timeout=Duration(seconds=-1)), "wait.timeout"),
    ],
)
def test_a_wait_for_nothing_is_refused(newest_rpc_server: RunningServer, wait: WorkflowWait, field: str) -> None:
    refusal = newest_rpc_server.call(GetWorkflowRequest(workflow_id="order-1", wait=wait)).refused("INVALID_REQUEST")
    assert refusal.fields == [field]


@pytest.mark.parametrize("view", [types.WORKFLOW_VIEW_BASIC, types.WORKFLOW_VIEW_FULL])
def test_all_that_waited_for_one_workflow_are_answered(
    newest_rpc_server: RunningServer, view: types.WorkflowView.ValueType
) -> None:
    """They come at once, and are more than may queue up for the server's two connections."""
    server, workflow_id = newest_rpc_server, seed(newest_rpc_server)

    def start(**wait: Any) -> list[Callable[[], Reply]]:  # noqa: ANN401 - Fields of WorkflowWait.
        request = GetWorkflowRequest(
            workflow_id=workflow_id, view=view, wait=WorkflowWait(until=UNTIL_COMPLETE, **wait)
        )
        return [server.start_call(request) for _ in range(400)]

    in_vain = start(timeout=Duration(seconds=3))
    assert {answer().read(GetWorkflowResponse).workflow.raw_status for answer in in_vain} == {"PENDING"}
    waiting = start()
    before = database_now(server)
    until_polled(server, before)
    end(server, workflow_id)
    assert {answer().read(GetWorkflowResponse).workflow.raw_status for answer in waiting} == {"SUCCESS"}


def test_more_than_may_wait_are_refused(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_watchers=2, max_watched_workflows=3)
    ids = [seed(server) for _ in range(4)]
    server.call(AwaitWorkflowsRequest(workflow_ids=ids)).refused("INVALID_REQUEST")
    request = GetWorkflowRequest(workflow_id=ids[0], wait=WorkflowWait(until=UNTIL_COMPLETE))
    with ThreadPoolExecutor() as threads:
        answers = as_completed([threads.submit(server.start_call(request)) for _ in range(3)])
        refusal = next(answers).result().refused("OVERLOADED")
        end(server, ids[0])
        for answer in answers:
            assert answer.result().read(GetWorkflowResponse).workflow.raw_status == "SUCCESS"
    assert refusal.metadata == {"limit": "2"}
