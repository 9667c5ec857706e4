"""CancelOverdueWorkflows: which workflows are cancelled for their age, and whose."""

from __future__ import annotations

from typing import Any, Final

import psycopg
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.seeds import family, workflow
from tests.fixtures.dbos_releases import NEWEST, OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflow_control.domain import limits
from workflow_control.domain.states import ACTIVE, WorkflowState
from workflowcontrol.v1.server_control_pb2 import CancelOverdueWorkflowsRequest, CancelOverdueWorkflowsResponse
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest

CUTOFF_MS: Final = 1_700_000_000_000


def cancel(server: RunningServer, **fields: Any) -> CancelOverdueWorkflowsResponse:  # noqa: ANN401 - Any field's type.
    request = CancelOverdueWorkflowsRequest(request_key=fresh("key"), **fields)
    return server.call(request).read(CancelOverdueWorkflowsResponse)


def cutoff() -> Timestamp:
    time = Timestamp()
    time.FromMilliseconds(CUTOFF_MS)
    return time


def cancelled(server: RunningServer) -> list[str]:
    rows = server.execute("SELECT workflow_uuid AS id FROM dbos.workflow_status WHERE status = 'CANCELLED' ORDER BY 1")
    return [row["id"] for row in rows]


@pytest.fixture
def server(start_rpc_server: StartRpcServer, dbos_release: DbosRelease) -> RunningServer:
    return start_rpc_server(dbos_release)


@pytest.mark.parametrize("state", WorkflowState, ids=str)
def test_what_is_active_and_old_is_cancelled(server: RunningServer, state: WorkflowState) -> None:
    server.seed(
        workflow("old", state, created_at=CUTOFF_MS - 1),
        workflow("then", state, created_at=CUTOFF_MS),
        workflow("young", state, created_at=CUTOFF_MS + 1),
    )
    before = server.execute("SELECT * FROM dbos.workflow_status ORDER BY workflow_uuid")
    response = cancel(server, cutoff_time=cutoff())
    if state in ACTIVE:
        assert list(response.cancelled_workflow_ids) == cancelled(server) == ["old", "then"]
    else:
        assert server.execute("SELECT * FROM dbos.workflow_status ORDER BY workflow_uuid") == before
    assert response.cancelled_workflow_count == len(response.cancelled_workflow_ids)
    assert response.cutoff_time == cutoff()
    assert not response.more


def test_each_is_cancelled_as_by_itself(server: RunningServer) -> None:
    server.seed(workflow("one", WorkflowState.PENDING, created_at=CUTOFF_MS), family("other", WorkflowState.PENDING))
    server.call(CancelWorkflowRequest(request_key=fresh("key"), workflow_id="other"))
    server.execute("UPDATE dbos.workflow_status SET created_at = %s WHERE workflow_uuid <> 'one'", CUTOFF_MS + 1)
    cancel(server, cutoff_time=cutoff())
    one, other = (
        server.execute("SELECT * FROM dbos.workflow_status WHERE workflow_uuid = %s", name)[0]
        for name in ("one", "other")
    )
    changed = ("status", "queue_name", "deduplication_id", "started_at_epoch_ms", "owner_xid", "priority")
    assert [one[column] for column in changed] == [other[column] for column in changed]
    # Children have their own age.
    assert cancelled(server) == ["one", "other"]


def test_an_age_counts_back_from_now(server: RunningServer) -> None:
    [now] = server.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms")
    server.seed(
        workflow("old", WorkflowState.ENQUEUED, created_at=now["ms"] - 7_200_000),
        workflow("young", WorkflowState.ENQUEUED, created_at=now["ms"]),
    )
    response = cancel(server, older_than=Duration(seconds=3600))
    assert cancelled(server) == ["old"]
    assert 0 <= response.cutoff_time.ToMilliseconds() + 3_600_000 - now["ms"] < 60_000


def test_only_the_workflows_of_some_applications_and_of_none(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(NEWEST)
    for owner in ("shop", "bank", "inn", None):
        for state in ACTIVE:
            server.seed(workflow(f"{owner}-{state}", state, created_at=CUTOFF_MS, application_name=owner))
    response = cancel(server, cutoff_time=cutoff(), application_names=["shop", "bank"])
    assert response.cancelled_workflow_count == 9
    assert cancelled(server) == sorted(f"{owner}-{state}" for owner in ("shop", "bank", None) for state in ACTIVE)


def test_applications_need_a_schema_that_knows_them(oldest_rpc_server: RunningServer) -> None:
    request = CancelOverdueWorkflowsRequest(request_key=fresh("key"), cutoff_time=Timestamp(), application_names=["a"])
    refusal = oldest_rpc_server.call(request).refused("SCHEMA_CAPABILITY_MISSING")
    assert refusal.metadata["first_release"] == "2.30.0"


@pytest.mark.parametrize("release", [OLDEST, NEWEST], ids=str)
def test_many_are_cancelled_call_by_call(start_rpc_server: StartRpcServer, release: DbosRelease) -> None:
    server = start_rpc_server(release)
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, queue_name, created_at, updated_at)"
        " SELECT 'order-' || lpad(n::text, 5, '0'), (ARRAY['PENDING', 'ENQUEUED'])[1 + n %% 2],"
        " 'queue-' || n %% 3, n, n"
        " FROM generate_series(1, %s) AS n",
        limits.OVERDUE_WORKFLOWS_MAX + 1500,
    )
    counts = []
    for most in (2**31 - 1, 0, 0, 0):
        response = cancel(server, cutoff_time=cutoff(), max_workflows=most)
        counts.append((response.cancelled_workflow_count, len(response.cancelled_workflow_ids), response.more))
    assert counts == [
        (limits.OVERDUE_WORKFLOWS_MAX, limits.LISTED_OVERDUE_MAX, True),
        (1000, 1000, True),
        (500, 500, False),
        (0, 0, False),
    ]


def test_what_another_holds_is_passed_over_and_told(server: RunningServer) -> None:
    server.seed(*(workflow(f"order-{n}", WorkflowState.PENDING, created_at=CUTOFF_MS) for n in range(3)))
    with psycopg.connect(server.database_url) as worker:
        worker.execute("UPDATE dbos.workflow_status SET status = 'SUCCESS' WHERE workflow_uuid = 'order-1'")
        response = cancel(server, cutoff_time=cutoff())
        assert (response.cancelled_workflow_count, response.locked_workflow_count) == (2, 1)
        # All that it takes are held: there may be more, but to ask at once would not help.
        worker.execute("UPDATE dbos.workflow_status SET status = 'SUCCESS'")
        held = cancel(server, cutoff_time=cutoff(), max_workflows=1)
        assert (held.cancelled_workflow_count, held.locked_workflow_count, held.more) == (0, 1, False)
        worker.commit()
    assert cancelled(server) == []


def test_an_age_is_required(newest_rpc_server: RunningServer) -> None:
    request = CancelOverdueWorkflowsRequest(request_key=fresh("key"))
    assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == ["age"]
