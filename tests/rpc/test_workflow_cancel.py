"""CancelWorkflow: what it comes to in every state, and with descendants."""

from __future__ import annotations

import pytest

from tests.differential.seeds import Rows, clan, family, workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest, CancelWorkflowResponse

_RESPONSE = CancelWorkflowResponse
OUTCOMES = {
    WorkflowState.PENDING: _RESPONSE.OUTCOME_CANCELLED,
    WorkflowState.ENQUEUED: _RESPONSE.OUTCOME_CANCELLED,
    WorkflowState.DELAYED: _RESPONSE.OUTCOME_CANCELLED,
    WorkflowState.MAX_RECOVERY_ATTEMPTS_EXCEEDED: _RESPONSE.OUTCOME_CANCELLED,
    WorkflowState.CANCELLED: _RESPONSE.OUTCOME_ALREADY_CANCELLED,
    WorkflowState.SUCCESS: _RESPONSE.OUTCOME_ALREADY_COMPLETED,
    WorkflowState.ERROR: _RESPONSE.OUTCOME_ALREADY_COMPLETED,
}


def cancel(
    server: RunningServer, workflow_id: str, *, cascade: bool = False, allow_missing: bool = False
) -> CancelWorkflowResponse:
    request = CancelWorkflowRequest(
        workflow_id=workflow_id, request_key=fresh("key"), cascade=cascade, allow_missing=allow_missing
    )
    return server.call(request).read(CancelWorkflowResponse)


def statuses(server: RunningServer, prefix: str) -> dict[str, str]:
    """Returns the status of every workflow whose id begins so."""
    rows = server.execute(
        "SELECT workflow_uuid, status FROM dbos.workflow_status WHERE starts_with(workflow_uuid, %s)", prefix
    )
    return {row["workflow_uuid"]: row["status"] for row in rows}


def test_every_state_has_an_outcome() -> None:
    assert OUTCOMES.keys() == set(WorkflowState)


@pytest.mark.parametrize("state", OUTCOMES, ids=str)
def test_the_outcome_in_every_state(rpc_server: RunningServer, state: WorkflowState) -> None:
    workflow_id = fresh("order")
    rpc_server.seed(family(workflow_id, state))
    before = statuses(rpc_server, workflow_id)

    response = cancel(rpc_server, workflow_id)

    outcome = OUTCOMES[state]
    changes = outcome == _RESPONSE.OUTCOME_CANCELLED
    assert response.outcome == outcome
    assert types.WorkflowState.Name(response.previous_state) == f"WORKFLOW_STATE_{state.name}"
    assert response.workflow.raw_status == ("CANCELLED" if changes else state.value)
    assert not response.cancelled_descendant_ids
    assert statuses(rpc_server, workflow_id) == {**before, workflow_id: response.workflow.raw_status}


def test_a_cancelled_workflow_leaves_its_queue_and_frees_its_deduplication_id(
    rpc_server: RunningServer, dbos_release: DbosRelease
) -> None:
    workflow_id = fresh("order")
    rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING))
    cancelled = cancel(rpc_server, workflow_id).workflow
    assert cancelled.state == types.WORKFLOW_STATE_CANCELLED
    assert not cancelled.queue_name
    assert not cancelled.deduplication_id
    assert not cancelled.HasField("start_time")
    assert cancelled.HasField("complete_time") == (dbos_release != OLDEST)
    [row] = rpc_server.execute("SELECT * FROM dbos.workflow_status WHERE workflow_uuid = %s", workflow_id)
    assert row["owner_xid"] is None


def test_a_state_that_the_server_does_not_know_is_cancelled_as_dbos_would(rpc_server: RunningServer) -> None:
    workflow_id = fresh("order")
    rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING, status="PAUSED"))
    response = cancel(rpc_server, workflow_id)
    assert response.outcome == _RESPONSE.OUTCOME_CANCELLED
    assert response.previous_state == types.WORKFLOW_STATE_UNSPECIFIED


def test_a_missing_workflow_is_an_error_unless_allowed(rpc_server: RunningServer) -> None:
    missing = fresh("missing")
    request = CancelWorkflowRequest(workflow_id=missing, request_key=fresh("key"))
    rpc_server.call(request).refused("WORKFLOW_NOT_FOUND")

    response = cancel(rpc_server, missing, allow_missing=True, cascade=True)
    assert response.outcome == _RESPONSE.OUTCOME_MISSING
    assert not response.HasField("workflow")
    assert response.previous_state == types.WORKFLOW_STATE_UNSPECIFIED

    workflow_id = fresh("order")
    rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING))
    assert cancel(rpc_server, workflow_id, allow_missing=True).outcome == _RESPONSE.OUTCOME_CANCELLED


@pytest.mark.parametrize("state", OUTCOMES, ids=str)
def test_a_cascade_cancels_whatever_is_below_in_any_state(rpc_server: RunningServer, state: WorkflowState) -> None:
    workflow_id = fresh("clan")
    rpc_server.seed(clan(workflow_id, state, OUTCOMES))
    before = statuses(rpc_server, workflow_id)

    response = cancel(rpc_server, workflow_id, cascade=True)

    can_be_cancelled = [s for s in OUTCOMES if OUTCOMES[s] == _RESPONSE.OUTCOME_CANCELLED]
    descendants = sorted(
        [f"{workflow_id}/{child.lower()}" for child in can_be_cancelled]
        + [f"{workflow_id}/{child.lower()}/grandchild" for child in OUTCOMES]
    )
    assert response.outcome == OUTCOMES[state]
    assert list(response.cancelled_descendant_ids) == descendants
    assert response.cancelled_descendant_count == len(descendants)
    assert statuses(rpc_server, workflow_id) == {
        **before,
        workflow_id: response.workflow.raw_status,
        **dict.fromkeys(descendants, "CANCELLED"),
    }


def test_a_cascade_follows_parents_only_and_ends_in_a_circle(rpc_server: RunningServer) -> None:
    root = fresh("circle")
    rows = Rows()
    rows.extend(workflow(root, WorkflowState.PENDING, parent_workflow_id=f"{root}/child"))
    rows.extend(workflow(f"{root}/child", WorkflowState.PENDING, parent_workflow_id=root))
    rows.extend(workflow(f"{root}/fork", WorkflowState.PENDING, forked_from=root))
    rpc_server.seed(rows)
    response = cancel(rpc_server, root, cascade=True)
    assert list(response.cancelled_descendant_ids) == [f"{root}/child"]
    assert statuses(rpc_server, root)[f"{root}/fork"] == "PENDING"


def test_a_cascade_of_thousands_lists_a_thousand_and_counts_all(newest_rpc_server: RunningServer) -> None:
    root = fresh("large")
    newest_rpc_server.seed(workflow(root, WorkflowState.PENDING))
    newest_rpc_server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, parent_workflow_id)"
        " SELECT %s || '/' || lpad(n::text, 4, '0'), 'ENQUEUED', %s FROM generate_series(1, 1200) AS n",
        root,
        root,
    )
    response = cancel(newest_rpc_server, root, cascade=True)
    assert response.cancelled_descendant_count == 1200
    assert list(response.cancelled_descendant_ids) == [f"{root}/{number:04}" for number in range(1, 1001)]
    assert set(statuses(newest_rpc_server, root).values()) == {"CANCELLED"}
    newest_rpc_server.execute("DELETE FROM dbos.workflow_status WHERE parent_workflow_id = %s", root)
