"""GetEvent with `timeout`: it waits until the event is set, and no longer than it can still be."""

from __future__ import annotations

import time
from collections.abc import Callable

import grpc
import pytest
from google.protobuf.duration_pb2 import Duration

from tests.differential.seeds import Rows, workflow
from tests.fixtures.communication import seed_more
from tests.fixtures.rpc_server import Reply, RunningServer, StartRpcServer, fresh
from workflow_control.domain.states import COMPLETE, WorkflowState
from workflowcontrol.v1.workflow_changes_pb2 import DeleteWorkflowRequest
from workflowcontrol.v1.workflow_events_pb2 import GetEventRequest, GetEventResponse

MEBIBYTE = 1024 * 1024
LONG = Duration(seconds=15)
SHORT = Duration(nanos=300_000_000)
SOON_S = 10.0
"""Less than LONG."""


def seed(server: RunningServer, state: WorkflowState = WorkflowState.PENDING) -> str:
    """Returns the id of a new workflow."""
    workflow_id = fresh("awaited")
    server.seed(workflow(workflow_id, state))
    return workflow_id


def set_event(server: RunningServer, workflow_id: str, value: str, key: str = "progress") -> None:
    """Does what a worker does."""
    rows = Rows()
    rows.add("workflow_events", workflow_uuid=workflow_id, key=key, value=value)
    seed_more(server.database_url, rows)


def start(server: RunningServer, workflow_id: str, timeout: Duration, key: str = "progress") -> Callable[[], Reply]:
    return server.start_call(GetEventRequest(workflow_id=workflow_id, key=key, timeout=timeout))


def value_of(reply: Reply) -> str:
    return reply.read(GetEventResponse).event.value.text


def elapsed_s(call: Callable[[], object]) -> float:
    began = time.monotonic()
    call()
    return time.monotonic() - began


@pytest.mark.parametrize("state", sorted(set(WorkflowState) - COMPLETE))
def test_it_waits_until_the_event_is_set(rpc_server: RunningServer, state: WorkflowState) -> None:
    """Also for one that was cancelled, which may be resumed, and of which a step may still run."""
    workflow_id = seed(rpc_server, state)
    waiting = [start(rpc_server, workflow_id, LONG) for _ in range(3)]
    set_event(rpc_server, workflow_id, "of another key", key="other")
    assert start(rpc_server, workflow_id, SHORT)().refused("EVENT_NOT_FOUND")
    set_event(rpc_server, workflow_id, "40 %")
    assert [value_of(wait()) for wait in waiting] == ["40 %"] * 3
    assert value_of(start(rpc_server, workflow_id, LONG)()) == "40 %"


def test_when_the_time_is_up_it_is_not_found(rpc_server: RunningServer) -> None:
    workflow_id = seed(rpc_server)
    for timeout, at_least_s in ((Duration(), 0.0), (Duration(nanos=1_000_000), 0.0), (SHORT, 0.3)):
        waiting = start(rpc_server, workflow_id, timeout)
        began = time.monotonic()
        refusal = waiting().refused("EVENT_NOT_FOUND")
        assert at_least_s <= time.monotonic() - began + 0.05
        assert refusal.metadata == {"workflow_id": workflow_id, "key": "progress"}


@pytest.mark.parametrize("state", sorted(COMPLETE))
def test_a_workflow_that_is_complete_is_not_waited_for(rpc_server: RunningServer, state: WorkflowState) -> None:
    workflow_id = seed(rpc_server, state)
    assert elapsed_s(lambda: start(rpc_server, workflow_id, LONG)().refused("EVENT_NOT_FOUND")) < SOON_S
    workflow_id = seed(rpc_server)
    waiting, never = start(rpc_server, workflow_id, LONG), start(rpc_server, workflow_id, LONG, key="never")
    rpc_server.execute(
        "WITH done AS (UPDATE dbos.workflow_status SET status = %s WHERE workflow_uuid = %s)"
        " INSERT INTO dbos.workflow_events (workflow_uuid, key, value) VALUES (%s, 'progress', 'the last')",
        state.value,
        workflow_id,
        workflow_id,
    )
    assert value_of(waiting()) == "the last"
    assert elapsed_s(never) < SOON_S
    never().refused("EVENT_NOT_FOUND")


def test_a_workflow_that_is_not_there_or_is_deleted_meanwhile_is_not_found(rpc_server: RunningServer) -> None:
    missing = fresh("missing")
    assert elapsed_s(lambda: start(rpc_server, missing, LONG)().refused("WORKFLOW_NOT_FOUND")) < SOON_S
    workflow_id = seed(rpc_server)
    waiting = start(rpc_server, workflow_id, LONG)
    start(rpc_server, workflow_id, SHORT)().refused("EVENT_NOT_FOUND")
    delete = DeleteWorkflowRequest(request_key=fresh("key"), workflow_id=workflow_id, force=True)
    assert rpc_server.call(delete).code is grpc.StatusCode.OK
    waiting().refused("WORKFLOW_NOT_FOUND")


def test_a_value_that_is_too_large_is_named(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    workflow_id = seed(server)
    waiting = start(server, workflow_id, LONG)
    start(server, workflow_id, SHORT)().refused("EVENT_NOT_FOUND")
    set_event(server, workflow_id, "x" * 3_000_000)
    waiting().refused("RESPONSE_TOO_LARGE")


def test_the_callers_deadline_and_the_servers_limit_end_the_waiting_with_an_answer(
    start_rpc_server: StartRpcServer,
) -> None:
    server = start_rpc_server(max_deadline="2s")
    workflow_id = seed(server)
    request = GetEventRequest(workflow_id=workflow_id, key="progress", timeout=Duration(seconds=600))
    server.call(request, timeout_s=1.5).refused("EVENT_NOT_FOUND")
    server.call(request, timeout_s=20).refused("EVENT_NOT_FOUND")


def test_a_time_that_is_none_is_refused(newest_rpc_server: RunningServer) -> None:
    for timeout in (Duration(seconds=-1), Duration(nanos=-1), Duration(seconds=1, nanos=-1)):
        refusal = start(newest_rpc_server, "order-7", timeout)().refused("INVALID_REQUEST")
        assert refusal.fields == ["timeout"]
