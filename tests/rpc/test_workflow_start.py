"""StartWorkflow: the new workflow, its id, what is in its way, and what is warned of."""

from __future__ import annotations

import json
import pickle
from base64 import b64decode
from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.struct_pb2 import NULL_VALUE, Value
from google.protobuf.timestamp_pb2 import Timestamp
from google.rpc.error_details_pb2 import PreconditionFailure, ResourceInfo

from tests.differential.seeds import workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.eventually import eventually
from tests.fixtures.rpc_server import RunningServer, fresh
from workflow_control.domain.records import INTERNAL_QUEUE
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.types_pb2 import WorkflowView
from workflowcontrol.v1.workflow_control_pb2 import GetWorkflowRequest, GetWorkflowResponse
from workflowcontrol.v1.workflow_start_pb2 import (
    DUPLICATE_POLICY_RETURN_EXISTING,
    NewWorkflow,
    StartWarning,
    StartWorkflowRequest,
    StartWorkflowResponse,
)

STARTED = StartWorkflowResponse.OUTCOME_STARTED
EXISTING = StartWorkflowResponse.OUTCOME_EXISTING


def new_workflow(**fields: Any) -> NewWorkflow:  # noqa: ANN401 - Any field's type.
    """Returns a workflow that every release can start."""
    return NewWorkflow(**{"workflow_name": "process_order", "python_native": True, **fields})


def request(key: str | None = None, **fields: Any) -> StartWorkflowRequest:  # noqa: ANN401 - Any field's type.
    return StartWorkflowRequest(request_key=key or fresh("key"), workflow=new_workflow(**fields))


def start(server: RunningServer, **fields: Any) -> StartWorkflowResponse:  # noqa: ANN401 - Any field's type.
    return server.call(request(**fields)).read(StartWorkflowResponse)


def get(server: RunningServer, workflow_id: str) -> types.Workflow:
    call = GetWorkflowRequest(workflow_id=workflow_id, view=WorkflowView.WORKFLOW_VIEW_FULL)
    return server.call(call).read(GetWorkflowResponse).workflow


def basic(full: types.Workflow) -> types.Workflow:
    full.ClearField("input")
    return full


def test_the_response_is_the_stored_workflow(rpc_server: RunningServer) -> None:
    response = start(
        rpc_server,
        workflow_id=fresh("order"),
        class_name="Shop",
        config_name="main",
        queue_name="orders",
        application_version="version-1",
        deduplication_id=fresh("customer"),
        priority=7,
        queue_partition_key="partition-1",
        timeout=Duration(seconds=90, nanos=500_000_000),
        authenticated_user="alice",
        assumed_role="clerk",
        authenticated_roles=["clerk", 'of "honour"'],
    )
    assert response.outcome == STARTED
    started = response.workflow
    assert started.state == types.WORKFLOW_STATE_ENQUEUED
    assert (started.queue_name, started.priority, started.timeout.ToMilliseconds()) == ("orders", 7, 90_500)
    assert list(started.authenticated_roles) == ["clerk", 'of "honour"']
    assert basic(get(rpc_server, started.workflow_id)) == started


def test_without_more_it_is_in_the_internal_queue_under_a_derived_id(rpc_server: RunningServer) -> None:
    key = fresh("key")
    first = rpc_server.call(request(key)).read(StartWorkflowResponse).workflow
    assert first.queue_name == INTERNAL_QUEUE
    # The key has expired and was cleaned up: the id is the same, and taken.
    rpc_server.execute("DELETE FROM workflow_control.request WHERE request_key = %s", key)
    refusal = rpc_server.call(request(key)).refused("WORKFLOW_EXISTS")
    assert refusal.metadata == {"workflow_id": first.workflow_id}


def test_arguments_are_written_as_the_release_reads_them(rpc_server: RunningServer, dbos_release: DbosRelease) -> None:
    args = [Value(number_value=3), Value(number_value=0.5), Value(string_value="é"), Value(null_value=NULL_VALUE)]
    response = start(rpc_server, args=args, named_args={"flag": True, "items": [1, {"a": None}]})
    stored = get(rpc_server, response.workflow.workflow_id).input
    expected_args = [3, 0.5, "é", None]
    expected_named = {"flag": True, "items": [1, {"a": None}]}
    if dbos_release == OLDEST:
        assert not stored.serialization
        read = pickle.loads(b64decode(stored.text))  # noqa: S301 - What this very test has had written.
        assert read == {"args": tuple(expected_args), "kwargs": expected_named}
        assert type(read["args"][0]) is int
    else:
        assert stored.serialization == "portable_json"
        assert json.loads(stored.text) == {"positionalArgs": expected_args, "namedArgs": expected_named}
        assert '"positionalArgs":[3,0.5,"é",null]' in stored.text


def test_only_python_can_be_started_where_nothing_else_can_be_written(
    rpc_server: RunningServer, dbos_release: DbosRelease
) -> None:
    reply = rpc_server.call(request(python_native=False))
    if dbos_release == OLDEST:
        assert reply.refused("SCHEMA_CAPABILITY_MISSING").metadata["capability"] == "serialization"
    else:
        assert reply.read(StartWorkflowResponse).outcome == STARTED


@pytest.mark.parametrize(
    ("fields", "capability"),
    [
        ({"application_name": "shop"}, "application_name"),
        ({"attributes": {}}, "attributes"),
        ({"delay": Duration()}, "delay"),
        ({"delay_until": Timestamp(seconds=1)}, "delay"),
        ({"debounce": {"key": "a", "period": Duration(seconds=1)}}, "debounce"),
    ],
    ids=str,
)
def test_what_the_oldest_schema_lacks_is_refused(
    rpc_server: RunningServer, dbos_release: DbosRelease, fields: dict[str, Any], capability: str
) -> None:
    reply = rpc_server.call(request(**fields))
    if dbos_release == OLDEST:
        assert reply.refused("SCHEMA_CAPABILITY_MISSING").metadata["capability"] == capability
    else:
        assert reply.read(StartWorkflowResponse).outcome == STARTED


@pytest.mark.parametrize("state", WorkflowState)
def test_a_taken_id_is_refused_in_whatever_state(newest_rpc_server: RunningServer, state: WorkflowState) -> None:
    taken = fresh("order")
    newest_rpc_server.seed(workflow(taken, state))
    refusal = newest_rpc_server.call(request(workflow_id=taken)).refused("WORKFLOW_EXISTS")
    assert refusal.metadata == {"workflow_id": taken}
    assert refusal.detail(ResourceInfo).resource_name == taken


def test_a_held_deduplication_id_is_refused_or_its_holder_returned(rpc_server: RunningServer) -> None:
    held = fresh("customer")
    holder = start(rpc_server, queue_name="orders", deduplication_id=held).workflow
    refusal = rpc_server.call(request(queue_name="orders", deduplication_id=held)).refused("DEDUPLICATED")
    assert refusal.metadata == {
        "queue_name": "orders",
        "deduplication_id": held,
        "holder_workflow_id": holder.workflow_id,
    }
    assert refusal.detail(ResourceInfo).resource_name == holder.workflow_id

    rows = count_workflows(rpc_server)
    existing = start(
        rpc_server, queue_name="orders", deduplication_id=held, duplicate_policy=DUPLICATE_POLICY_RETURN_EXISTING
    )
    assert existing.outcome == EXISTING
    assert existing.workflow == holder
    assert not existing.warnings
    assert count_workflows(rpc_server) == rows

    # Another queue is another matter.
    assert start(rpc_server, queue_name="other orders", deduplication_id=held).outcome == STARTED


def count_workflows(server: RunningServer) -> int:
    [row] = server.execute("SELECT count(*) AS number FROM dbos.workflow_status")
    return int(row["number"])


def test_two_at_once_with_one_deduplication_id_start_one(newest_rpc_server: RunningServer) -> None:
    held = fresh("customer")
    calls = [
        newest_rpc_server.start_call(
            request(queue_name="orders", deduplication_id=held, duplicate_policy=DUPLICATE_POLICY_RETURN_EXISTING)
        )
        for _ in range(20)
    ]
    responses = [wait().read(StartWorkflowResponse) for wait in calls]
    assert sorted(response.outcome for response in responses) == [STARTED, *[EXISTING] * 19]
    assert len({response.workflow.workflow_id for response in responses}) == 1


def test_a_partitioned_queue_needs_a_key(newest_rpc_server: RunningServer) -> None:
    queue = fresh("queue")
    newest_rpc_server.execute("INSERT INTO dbos.queues (name, partition_queue) VALUES (%s, TRUE)", queue)
    refusal = newest_rpc_server.call(request(queue_name=queue)).refused("QUEUE_PARTITION_KEY_REQUIRED")
    assert refusal.metadata == {"queue_name": queue}
    [violation] = refusal.detail(PreconditionFailure).violations
    assert violation.subject == queue
    started = start(newest_rpc_server, queue_name=queue, queue_partition_key="a")
    assert started.workflow.queue_partition_key == "a"


def test_what_nothing_has_heard_of_is_warned_of(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    names = {kind: fresh(kind) for kind in ("workflow", "queue", "version", "application")}

    def warnings(**fields: Any) -> dict[int, str]:  # noqa: ANN401 - Any field's type.
        response = start(server, **fields)
        for warning in response.warnings:
            assert repr(warning.value) in warning.message
        return {warning.code: warning.value for warning in response.warnings}

    unknown = {
        "workflow_name": names["workflow"],
        "queue_name": names["queue"],
        "application_version": names["version"],
        "application_name": names["application"],
    }
    assert warnings(**unknown) == {
        StartWarning.CODE_UNKNOWN_WORKFLOW_NAME: names["workflow"],
        StartWarning.CODE_UNKNOWN_QUEUE: names["queue"],
        StartWarning.CODE_UNKNOWN_APPLICATION_VERSION: names["version"],
        StartWarning.CODE_UNKNOWN_APPLICATION: names["application"],
    }
    registered_queue, registered_version, owner = fresh("queue"), fresh("version"), fresh("application")
    server.execute("INSERT INTO dbos.queues (name, application_name) VALUES (%s, %s)", registered_queue, owner)
    server.execute(
        "INSERT INTO dbos.application_versions (version_id, version_name) VALUES (%s, %s)",
        fresh("id"),
        registered_version,
    )
    known = {"queue_name": registered_queue, "application_version": registered_version, "application_name": owner}
    assert warnings(workflow_name=names["workflow"] + "-2", **known) == {
        StartWarning.CODE_UNKNOWN_WORKFLOW_NAME: names["workflow"] + "-2"
    }
    # By now the first workflow has been seen, once a moment has passed.
    eventually(lambda: not warnings(**unknown))


def test_a_delayed_one_waits(newest_rpc_server: RunningServer) -> None:
    delayed = start(newest_rpc_server, delay=Duration(seconds=60)).workflow
    assert delayed.state == types.WORKFLOW_STATE_DELAYED
    assert delayed.delay_until.ToMilliseconds() == delayed.create_time.ToMilliseconds() + 60_000

    at = Timestamp(seconds=4_000_000_000, nanos=1)
    delayed = start(newest_rpc_server, delay_until=at).workflow
    assert delayed.delay_until.ToMilliseconds() == 4_000_000_000_001
    past = start(newest_rpc_server, delay_until=Timestamp(seconds=1)).workflow
    assert past.state == types.WORKFLOW_STATE_DELAYED
    assert past.delay_until == past.create_time


def test_a_deadline_is_kept(rpc_server: RunningServer) -> None:
    started = start(rpc_server, deadline=Timestamp(seconds=4_000_000_000)).workflow
    assert started.deadline.seconds == 4_000_000_000
    assert not started.HasField("timeout")


def test_two_commands_of_one_workflow_id_start_one(newest_rpc_server: RunningServer) -> None:
    workflow_id = fresh("order")
    calls = [newest_rpc_server.start_call(request(workflow_id=workflow_id)) for _ in range(10)]
    replies = [wait() for wait in calls]
    assert sum(reply.refusal is None for reply in replies) == 1
    for reply in replies:
        if reply.refusal is not None:
            reply.refused("WORKFLOW_EXISTS")


def test_what_a_deleted_workflow_has_left_behind_is_not_the_new_ones(newest_rpc_server: RunningServer) -> None:
    server, workflow_id = newest_rpc_server, fresh("order")
    server.execute("INSERT INTO dbos.workflow_input (workflow_uuid, inputs) VALUES (%s, 'old')", workflow_id)
    server.execute("INSERT INTO dbos.workflow_output (workflow_uuid, output) VALUES (%s, 'old')", workflow_id)
    server.execute(
        "INSERT INTO dbos.operation_outputs (workflow_uuid, function_id, function_name) VALUES (%s, 1, 'old')",
        workflow_id,
    )
    start(server, workflow_id=workflow_id, args=[Value(number_value=1)])
    assert get(server, workflow_id).input.text == '{"namedArgs":{},"positionalArgs":[1]}'
    for table in ("workflow_output", "operation_outputs"):
        assert not server.execute(f"SELECT FROM dbos.{table} WHERE workflow_uuid = %s", workflow_id)
