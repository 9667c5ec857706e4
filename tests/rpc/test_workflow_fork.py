"""ForkWorkflow: where the copy begins, what it takes along, and its id."""

from __future__ import annotations

from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration

from tests.differential.seeds import LAST_STEP, SEED_TIME_MS, family, workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, fresh
from workflow_control.domain.records import INTERNAL_QUEUE
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.workflow_control_pb2 import (
    ForkWorkflowRequest,
    ForkWorkflowResponse,
    ListWorkflowStepsRequest,
    ListWorkflowStepsResponse,
)

FAILED_STEP = 3
"""The one step of a seeded past that failed."""


def fork(server: RunningServer, source: str, **fields: Any) -> ForkWorkflowResponse:  # noqa: ANN401 - Any field's type.
    request = ForkWorkflowRequest(workflow_id=source, request_key=fresh("key"), **fields)
    return server.call(request).read(ForkWorkflowResponse)


def seed_source(server: RunningServer, state: WorkflowState = WorkflowState.ERROR) -> str:
    source = fresh("source")
    server.seed(family(source, state))
    return source


def list_steps(server: RunningServer, workflow_id: str) -> list[types.WorkflowStep]:
    request = ListWorkflowStepsRequest(workflow_id=workflow_id, include_output=True)
    return list(server.call(request).read(ListWorkflowStepsResponse).steps)


@pytest.mark.parametrize("start_step", [None, 0, 1, 2, LAST_STEP, LAST_STEP + 4, 2**31 - 1], ids=str)
def test_the_steps_below_the_start_are_copied_and_the_rest_runs_again(
    rpc_server: RunningServer, start_step: int | None
) -> None:
    source = seed_source(rpc_server)
    response = fork(rpc_server, source, **({} if start_step is None else {"start_step": start_step}))
    assert response.forked_from == source
    assert response.start_step == (start_step or 0)
    copied = list_steps(rpc_server, response.workflow.workflow_id)
    expected = [step for step in list_steps(rpc_server, source) if step.step_id < (start_step or 0)]
    assert copied == expected
    assert response.copied_step_count == len(expected)


@pytest.mark.parametrize(
    ("start", "step"),
    [
        ({"from_last_failure": True}, FAILED_STEP),
        ({"from_last_step": True}, LAST_STEP),
        ({"from_step_name": "step-2"}, 2),
    ],
    ids=["from_last_failure", "from_last_step", "from_step_name"],
)
def test_the_start_is_found(rpc_server: RunningServer, start: dict[str, Any], step: int) -> None:
    response = fork(rpc_server, seed_source(rpc_server), **start)
    assert response.start_step == step
    assert response.copied_step_count == step - 1


def test_the_last_of_several_steps_of_a_name_is_meant(rpc_server: RunningServer) -> None:
    source = seed_source(rpc_server)
    rpc_server.execute(
        "UPDATE dbos.operation_outputs SET function_name = 'twice', error = 'failed'"
        " WHERE workflow_uuid = %s AND function_id IN (2, 4)",
        source,
    )
    assert fork(rpc_server, source, from_step_name="twice").start_step == 4
    assert fork(rpc_server, source, from_last_failure=True).start_step == 4


def test_without_a_failure_the_last_step_is_meant_and_without_steps_the_beginning(rpc_server: RunningServer) -> None:
    source, blank = seed_source(rpc_server), fresh("blank")
    rpc_server.execute(
        "UPDATE dbos.operation_outputs SET error = NULL, output = '1' WHERE workflow_uuid = %s AND error IS NOT NULL",
        source,
    )
    rpc_server.seed(workflow(blank, WorkflowState.PENDING))
    assert fork(rpc_server, source, from_last_failure=True).start_step == LAST_STEP
    assert fork(rpc_server, blank, from_last_failure=True).start_step == 0
    assert fork(rpc_server, blank, from_last_step=True).start_step == 0


def test_a_step_name_that_no_step_has_is_an_error(rpc_server: RunningServer) -> None:
    source = seed_source(rpc_server)
    request = ForkWorkflowRequest(workflow_id=source, request_key=fresh("key"), from_step_name="Step-2")
    refusal = rpc_server.call(request).refused("STEP_NOT_FOUND")
    assert refusal.metadata == {"workflow_id": source, "step_name": "Step-2"}


@pytest.mark.parametrize("state", tuple(WorkflowState), ids=str)
def test_the_copy_waits_for_a_worker_and_the_source_stays(
    rpc_server: RunningServer, dbos_release: DbosRelease, state: WorkflowState
) -> None:
    source = seed_source(rpc_server, state)
    query = "SELECT * FROM dbos.workflow_status WHERE workflow_uuid = %s"
    [before] = rpc_server.execute(query, source)

    copy = fork(rpc_server, source, start_step=3).workflow

    assert copy.state == types.WORKFLOW_STATE_ENQUEUED
    assert copy.queue_name == INTERNAL_QUEUE
    assert copy.forked_from == source
    assert (copy.name, copy.class_name, copy.config_name) == ("order", "Shop", "west")
    assert (copy.authenticated_user, copy.assumed_role) == (f"user of {source}", "clerk")
    assert copy.application_version == "version-1"
    assert copy.create_time.ToMilliseconds() > SEED_TIME_MS
    for unset in ("start_time", "complete_time", "delay_until", "timeout", "deadline"):
        assert not copy.HasField(unset), unset
    for empty in ("deduplication_id", "queue_partition_key", "executor_id", "parent_workflow_id", "priority"):
        assert not getattr(copy, empty), empty

    [after] = rpc_server.execute(query, source)
    assert after == {**before, **({} if dbos_release == OLDEST else {"was_forked_from": True})}


def test_the_options_are_kept(rpc_server: RunningServer) -> None:
    copy = fork(
        rpc_server,
        seed_source(rpc_server),
        application_version="version-2",
        queue_name="express",
        queue_partition_key="partition-2",
        timeout=Duration(seconds=90, nanos=1_000_000),
    ).workflow
    assert copy.application_version == "version-2"
    assert (copy.queue_name, copy.queue_partition_key) == ("express", "partition-2")
    assert copy.timeout.ToMilliseconds() == 90_001
    assert not copy.HasField("deadline")


def test_use_latest_version_binds_to_none(rpc_server: RunningServer) -> None:
    assert fork(rpc_server, seed_source(rpc_server), use_latest_version=True).workflow.application_version == ""


def test_replacement_children_are_replaced_in_copied_steps_only(rpc_server: RunningServer) -> None:
    source = seed_source(rpc_server)
    children = {f"{source}/child-1": "replaced-1", f"{source}/child-2": "replaced-2", "stranger": "never"}
    response = fork(rpc_server, source, start_step=4, replacement_children=children)
    replaced = [step.child_workflow_id for step in list_steps(rpc_server, response.workflow.workflow_id)]
    assert replaced == ["", "replaced-1", ""]
    assert f"{source}/child-1" in [step.child_workflow_id for step in list_steps(rpc_server, source)]


def test_replacement_children_are_the_same_in_any_order(newest_rpc_server: RunningServer) -> None:
    source, key = seed_source(newest_rpc_server), fresh("key")
    pairs = [(f"child-{number}", f"new-{number}") for number in range(50)]
    first = ForkWorkflowRequest(workflow_id=source, request_key=key, replacement_children=dict(pairs))
    second = ForkWorkflowRequest(workflow_id=source, request_key=key, replacement_children=dict(reversed(pairs)))
    newest_rpc_server.call(first).read(ForkWorkflowResponse)
    assert newest_rpc_server.call(second).read(ForkWorkflowResponse).idempotency.replayed


def test_a_given_id_is_taken_once(rpc_server: RunningServer) -> None:
    source, new_id = seed_source(rpc_server), fresh("copy")
    assert fork(rpc_server, source, new_workflow_id=new_id).workflow.workflow_id == new_id
    request = ForkWorkflowRequest(workflow_id=source, request_key=fresh("key"), new_workflow_id=new_id)
    assert rpc_server.call(request).refused("WORKFLOW_EXISTS").metadata == {"workflow_id": new_id}


def test_an_id_of_our_own_derives_from_the_key_so_that_a_repeat_after_expiry_collides(
    rpc_server: RunningServer,
) -> None:
    source = seed_source(rpc_server)
    request = ForkWorkflowRequest(workflow_id=source, request_key=fresh("key"))
    new_id = rpc_server.call(request).read(ForkWorkflowResponse).workflow.workflow_id
    rpc_server.execute(
        "UPDATE workflow_control.request SET expires_at = now() WHERE request_key = %s", request.request_key
    )
    assert rpc_server.call(request).refused("WORKFLOW_EXISTS").metadata == {"workflow_id": new_id}
    forks = rpc_server.execute("SELECT workflow_uuid FROM dbos.workflow_status WHERE forked_from = %s", source)
    assert {row["workflow_uuid"] for row in forks} == {new_id, f"{source}/earlier-fork"}


def test_forks_of_other_keys_are_other_workflows(rpc_server: RunningServer) -> None:
    source = seed_source(rpc_server)
    assert len({fork(rpc_server, source).workflow.workflow_id for _ in range(3)}) == 3


def test_streams_and_events_below_the_start_go_along(rpc_server: RunningServer) -> None:
    source = seed_source(rpc_server)
    new_id = fork(rpc_server, source, start_step=3).workflow.workflow_id

    def rows(query: str, workflow_id: str) -> list[dict[str, Any]]:
        return rpc_server.execute(query, workflow_id)

    stream = 'SELECT key, value, "offset" FROM dbos.streams WHERE workflow_uuid = %s{} ORDER BY key, "offset"'
    assert rows(stream.format(""), new_id) == rows(stream.format(" AND function_id < 3"), source)
    assert rows("SELECT key, value FROM dbos.workflow_events WHERE workflow_uuid = %s ORDER BY key", new_id) == [
        {"key": "progress", "value": f"progress 2 of {source}"},
        {"key": "status", "value": f"status 1 of {source}"},
    ]
    assert rows("SELECT 1 FROM dbos.notifications WHERE destination_uuid = %s", new_id) == []


def test_a_workflow_forks_into_many_at_once(newest_rpc_server: RunningServer) -> None:
    # Copies of one source wait for each other; none is lost.
    source = seed_source(newest_rpc_server)
    calls = [
        newest_rpc_server.start_call(ForkWorkflowRequest(workflow_id=source, request_key=fresh("key"), start_step=3))
        for _ in range(20)
    ]
    copies = {call().read(ForkWorkflowResponse).workflow.workflow_id for call in calls}
    assert len(copies) == 20
