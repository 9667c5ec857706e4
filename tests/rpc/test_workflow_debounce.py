"""StartWorkflow with debounce: calls of one key become one workflow."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.struct_pb2 import Value
from google.protobuf.timestamp_pb2 import Timestamp

from tests.fixtures.rpc_server import Reply, RunningServer, fresh
from tests.rpc.test_workflow_start import count_workflows, get, request, start
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.workflow_start_pb2 import Debounce, StartWorkflowResponse

STARTED = StartWorkflowResponse.OUTCOME_STARTED
DEBOUNCED = StartWorkflowResponse.OUTCOME_DEBOUNCED


def debounced(key: str, number: int, *, period_s: int = 100, timeout_s: int | None = None, **fields: Any) -> Any:  # noqa: ANN401 - Any field's type.
    debounce = Debounce(key=key, period=Duration(seconds=period_s))
    if timeout_s is not None:
        debounce.timeout.seconds = timeout_s
    return request(args=[Value(number_value=number)], debounce=debounce, **fields)


def bounce(server: RunningServer, key: str, number: int, **fields: Any) -> StartWorkflowResponse:  # noqa: ANN401 - As above.
    return server.call(debounced(key, number, **fields)).read(StartWorkflowResponse)


def test_the_last_call_decides(newest_rpc_server: RunningServer) -> None:
    server, key = newest_rpc_server, fresh("customer")
    first = bounce(server, key, 1)
    assert first.outcome == STARTED
    assert first.workflow.state == types.WORKFLOW_STATE_DELAYED
    assert first.workflow.deduplication_id == f"process_order-{key}"
    rows = count_workflows(server)

    second = bounce(server, key, 2, period_s=200)
    assert second.outcome == DEBOUNCED
    assert second.workflow.workflow_id == first.workflow.workflow_id
    assert second.workflow.delay_until.ToMilliseconds() == second.workflow.update_time.ToMilliseconds() + 200_000
    assert not second.warnings
    assert count_workflows(server) == rows

    stored = get(server, first.workflow.workflow_id)
    assert stored.input.text == '{"namedArgs":{},"positionalArgs":[2]}'
    stored.ClearField("input")
    assert stored == second.workflow


def test_it_waits_no_longer_than_its_first_call_allowed(newest_rpc_server: RunningServer) -> None:
    key = fresh("customer")
    first = bounce(newest_rpc_server, key, 1, timeout_s=150).workflow
    deadline_ms = first.create_time.ToMilliseconds() + 150_000
    second = bounce(newest_rpc_server, key, 2, period_s=1000, timeout_s=9000).workflow
    assert second.delay_until.ToMilliseconds() == deadline_ms
    # Even the first is not late.
    short = bounce(newest_rpc_server, fresh("customer"), 1, period_s=100, timeout_s=10).workflow
    assert short.delay_until.ToMilliseconds() == short.create_time.ToMilliseconds() + 10_000


def test_the_next_window_is_another_workflow(newest_rpc_server: RunningServer) -> None:
    server, key = newest_rpc_server, fresh("customer")
    first = bounce(server, key, 1).workflow
    # As a worker does when the time is up.
    server.execute(
        "UPDATE dbos.workflow_status SET status = 'ENQUEUED', deduplication_id = NULL WHERE workflow_uuid = %s",
        first.workflow_id,
    )
    second = bounce(server, key, 2)
    assert second.outcome == STARTED
    assert second.workflow.workflow_id != first.workflow_id


def test_twenty_at_once_are_one(newest_rpc_server: RunningServer) -> None:
    key = fresh("customer")
    calls = [newest_rpc_server.start_call(debounced(key, number)) for number in range(20)]
    responses = [wait().read(StartWorkflowResponse) for wait in calls]
    assert sorted(response.outcome for response in responses) == [STARTED, *[DEBOUNCED] * 19]
    assert len({response.workflow.workflow_id for response in responses}) == 1


@pytest.mark.parametrize("reason", ["not debounced", "not waiting", "another function", "another application"])
def test_a_key_that_something_else_holds_is_refused(newest_rpc_server: RunningServer, reason: str) -> None:
    server, key = newest_rpc_server, fresh("customer")
    held = f"process_order-{key}"
    application_name = ""
    if reason == "not debounced":
        holder = start(server, deduplication_id=held).workflow
    else:
        # `process` and `order-key` make the same deduplication id as `process_order` and `key`.
        holder = bounce(server, key, 1, application_name="shop").workflow
        change = {
            "not waiting": "status = 'ENQUEUED'",
            "another function": "name = 'process'",
            "another application": "name = name",
        }[reason]
        server.execute(f"UPDATE dbos.workflow_status SET {change} WHERE workflow_uuid = %s", holder.workflow_id)
        application_name = "office" if reason == "another application" else ""
    rows = count_workflows(server)
    reply: Reply = server.call(debounced(key, 2, application_name=application_name))
    assert reply.refused("DEDUPLICATED").metadata["holder_workflow_id"] == holder.workflow_id
    assert count_workflows(server) == rows


def test_an_unclaimed_one_is_claimed(newest_rpc_server: RunningServer) -> None:
    key = fresh("customer")
    assert not bounce(newest_rpc_server, key, 1).workflow.application_name
    assert bounce(newest_rpc_server, key, 2, application_name="shop").workflow.application_name == "shop"
    assert bounce(newest_rpc_server, key, 3).workflow.application_name == "shop"


@pytest.mark.parametrize(
    "field",
    [
        {"deduplication_id": "a"},
        {"priority": 1},
        {"queue_partition_key": "a"},
        {"delay": Duration(seconds=1)},
        {"delay_until": Timestamp(seconds=1)},
    ],
    ids=str,
)
def test_what_debouncing_decides_by_itself_is_invalid(newest_rpc_server: RunningServer, field: dict[str, Any]) -> None:
    [name] = field
    assert newest_rpc_server.call(debounced("a", 1, **field)).refused("INVALID_REQUEST").fields == [f"workflow.{name}"]
