"""A preview writes nothing, takes no key, and answers what execution then answers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.differential.seeds import LAST_STEP, clan, family
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, fresh
from tests.rpc.mutation_cases import MutationCase
from tests.rpc.mutations import (
    MUTATIONS,
    Mutation,
    failing_subject,
    idempotency_of,
    seed_subject,
    seed_workflow,
    without_now,
)
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.server_control_pb2 import GetRequestRequest
from workflowcontrol.v1.types_pb2 import Idempotency

STATES = tuple(WorkflowState)

FORK_STARTS: tuple[dict[str, Any], ...] = (
    {},
    {"start_step": 0},
    {"start_step": 1},
    {"start_step": LAST_STEP},
    {"start_step": LAST_STEP + 4},
    {"from_last_failure": True},
    {"from_last_step": True},
    {"from_step_name": "step-2"},
    {"from_step_name": "no such step"},
)
BY_ACTION = {mutation.action: mutation for mutation in MUTATIONS}
CANCEL, RESUME, FORK = BY_ACTION["CancelWorkflow"], BY_ACTION["ResumeWorkflow"], BY_ACTION["ForkWorkflow"]


def assert_preview_is_right(server: RunningServer, mutation: Mutation, workflow_id: str, **fields: object) -> None:
    """Asserts that a preview changes nothing, and that executing with the same key answers what it said."""
    key = fresh("key")
    before = server.snapshot()
    preview = server.call(mutation.request(workflow_id, key, **{**fields, "validate_only": True}))
    assert server.snapshot() == before
    server.call(GetRequestRequest(request_key=key)).refused("REQUEST_NOT_FOUND")

    executed = server.call(mutation.request(workflow_id, key, **fields))
    if executed.refusal is not None:
        assert preview.refusal is not None
        assert preview.refusal.reason == executed.refusal.reason
        assert preview.refusal.message == executed.refusal.message
        assert preview.refusal.metadata == executed.refusal.metadata
        assert preview.refusal.details == executed.refusal.details
        return
    foretold, told = mutation.foretold(preview.read(mutation.response_type)), executed.read(mutation.response_type)
    assert without_now(foretold) == without_now(told)
    assert not idempotency_of(told).replayed
    assert idempotency_of(foretold) == Idempotency(request_key=key)
    assert "idempotency-replayed" not in preview.initial_metadata


@pytest.mark.parametrize(
    "write",
    [
        "UPDATE dbos.workflow_status SET name = name WHERE workflow_uuid = %s",
        "DELETE FROM dbos.workflow_status WHERE workflow_uuid = %s",
        "INSERT INTO dbos.workflow_events (workflow_uuid, key, value) VALUES (%s, 'key', 'value')",
    ],
)
def test_a_write_would_be_noticed(newest_rpc_server: RunningServer, write: str) -> None:
    workflow_id = seed_workflow(newest_rpc_server)
    before = newest_rpc_server.snapshot()
    assert newest_rpc_server.snapshot() == before
    newest_rpc_server.execute(write, workflow_id)
    assert newest_rpc_server.snapshot() != before


@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_in_every_state(rpc_server: RunningServer, mutation: Mutation, state: WorkflowState) -> None:
    assert_preview_is_right(rpc_server, mutation, seed_subject(rpc_server, mutation, state))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_of_what_fails(rpc_server: RunningServer, mutation: Mutation) -> None:
    """Of a workflow that is not there, or of one that is and must not."""
    assert_preview_is_right(rpc_server, mutation, failing_subject(rpc_server, mutation))


@pytest.mark.parametrize("fields", [{"cascade": False}, {"allow_missing": True}], ids=str)
def test_of_a_cancellation(newest_rpc_server: RunningServer, fields: dict[str, Any]) -> None:
    assert_preview_is_right(newest_rpc_server, CANCEL, seed_workflow(newest_rpc_server), **fields)
    assert_preview_is_right(newest_rpc_server, CANCEL, fresh("missing"), allow_missing=True)


def test_of_a_cascade(rpc_server: RunningServer, dbos_release: DbosRelease) -> None:
    states = [state for state in STATES if state is not WorkflowState.DELAYED or dbos_release != OLDEST]
    workflow_id = fresh("clan")
    rpc_server.seed(clan(workflow_id, WorkflowState.PENDING, states))
    assert_preview_is_right(rpc_server, CANCEL, workflow_id, cascade=True)


def test_of_a_resumption_into_another_queue(newest_rpc_server: RunningServer) -> None:
    workflow_id = seed_workflow(newest_rpc_server, WorkflowState.CANCELLED)
    assert_preview_is_right(newest_rpc_server, RESUME, workflow_id, queue_name="express")


@pytest.mark.parametrize("start", FORK_STARTS, ids=str)
def test_of_a_fork_from_everywhere(rpc_server: RunningServer, start: dict[str, Any]) -> None:
    without_start = Mutation(FORK.method, MutationCase())
    assert_preview_is_right(rpc_server, without_start, seed_workflow(rpc_server, WorkflowState.ERROR), **start)


def test_of_a_fork_to_an_id_that_is_taken(rpc_server: RunningServer) -> None:
    source, taken = seed_workflow(rpc_server), fresh("taken")
    rpc_server.seed(family(taken, WorkflowState.SUCCESS))
    assert_preview_is_right(rpc_server, FORK, source, new_workflow_id=taken)
    assert_preview_is_right(rpc_server, FORK, source, new_workflow_id=source)
