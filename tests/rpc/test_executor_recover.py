"""RecoverExecutor: whose workflows wait for a worker again, and how they do."""

from __future__ import annotations

import psycopg
import pytest

from tests.differential.seeds import Rows, family, workflow
from tests.fixtures.dbos_releases import NEWEST
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh, wait_until_blocked
from workflow_control.domain.limits import EXECUTORS_MAX, LISTED_RECOVERED_MAX
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.workflow_changes_pb2 import RecoverExecutorRequest, RecoverExecutorResponse


def recover(server: RunningServer, *executor_ids: str, application_version: str = "") -> RecoverExecutorResponse:
    request = RecoverExecutorRequest(
        request_key=fresh("key"), executor_ids=executor_ids, application_version=application_version
    )
    return server.call(request).read(RecoverExecutorResponse)


def status(server: RunningServer, workflow_id: str) -> tuple[str, str | None]:
    [row] = server.execute("SELECT * FROM dbos.workflow_status WHERE workflow_uuid = %s", workflow_id)
    return row["status"], row["queue_name"]


@pytest.mark.parametrize("state", WorkflowState, ids=str)
def test_only_what_is_pending_is_recovered(rpc_server: RunningServer, state: WorkflowState) -> None:
    executor, workflow_id = fresh("executor"), fresh("order")
    rpc_server.seed(family(workflow_id, state, executor_id=executor))
    before = status(rpc_server, workflow_id)
    response = recover(rpc_server, executor)
    is_pending = state is WorkflowState.PENDING
    assert list(response.recovered_workflow_ids) == [workflow_id] * is_pending
    assert response.recovered_workflow_count == is_pending
    assert status(rpc_server, workflow_id) == (("ENQUEUED", "orders") if is_pending else before)


def test_a_recovered_workflow_waits_as_one_that_no_worker_has(rpc_server: RunningServer) -> None:
    executor, workflow_id = fresh("executor"), fresh("order")
    rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING, executor_id=executor, queue_name=None))
    [before] = rpc_server.execute("SELECT * FROM dbos.workflow_status WHERE workflow_uuid = %s", workflow_id)
    recover(rpc_server, executor)
    [after] = rpc_server.execute("SELECT * FROM dbos.workflow_status WHERE workflow_uuid = %s", workflow_id)
    assert after["updated_at"] > before["updated_at"]
    assert after == before | {
        "status": "ENQUEUED",
        # Which every worker serves.
        "queue_name": "_dbos_internal_queue",
        "started_at_epoch_ms": None,
        "owner_xid": None,
        "updated_at": after["updated_at"],
    }


def test_several_workers_and_one_version(rpc_server: RunningServer) -> None:
    one, other, alive = (fresh("executor") for _ in range(3))
    prefix = fresh("order")
    rows = Rows()
    for executor in (one, other, alive):
        for version in ("v1", "v2"):
            rows.extend(
                workflow(
                    f"{prefix}/{executor}/{version}",
                    WorkflowState.PENDING,
                    executor_id=executor,
                    application_version=version,
                )
            )
    rpc_server.seed(rows)
    response = recover(rpc_server, other, one, other, application_version="v2")
    assert list(response.recovered_workflow_ids) == [f"{prefix}/{one}/v2", f"{prefix}/{other}/v2"]
    response = recover(rpc_server, one, other)
    assert list(response.recovered_workflow_ids) == [f"{prefix}/{one}/v1", f"{prefix}/{other}/v1"]
    assert recover(rpc_server, one, other).recovered_workflow_count == 0
    assert status(rpc_server, f"{prefix}/{alive}/v1") == ("PENDING", "orders")


def test_many_are_counted_and_a_thousand_listed(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(NEWEST)
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, executor_id)"
        " SELECT 'order-' || lpad(n::text, 6, '0'), 'PENDING', 'dead' FROM generate_series(1, 20000) AS n"
    )
    response = recover(server, "dead")
    assert response.recovered_workflow_count == 20_000
    assert list(response.recovered_workflow_ids) == [f"order-{n:06}" for n in range(1, LISTED_RECOVERED_MAX + 1)]
    assert server.execute("SELECT count(*) AS left FROM dbos.workflow_status WHERE status = 'PENDING'") == [{"left": 0}]


def test_one_that_ends_meanwhile_is_left_alone(rpc_server: RunningServer) -> None:
    """As by the worker itself, which is not dead at all, or by somebody who cancels it."""
    executor, ending, other = fresh("executor"), fresh("order"), fresh("order")
    for workflow_id in (ending, other):
        rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING, executor_id=executor))
    with psycopg.connect(rpc_server.database_url) as worker:
        worker.execute("UPDATE dbos.workflow_status SET status = 'SUCCESS' WHERE workflow_uuid = %s", [ending])
        request = RecoverExecutorRequest(request_key=fresh("key"), executor_ids=[executor])
        wait = rpc_server.start_call(request)
        wait_until_blocked(rpc_server, worker)
        worker.commit()
        response = wait().read(RecoverExecutorResponse)
    assert list(response.recovered_workflow_ids) == [other]
    assert status(rpc_server, ending)[0] == "SUCCESS"


def test_a_recovery_is_about_one_to_a_hundred_workers(newest_rpc_server: RunningServer) -> None:
    none = RecoverExecutorRequest(request_key=fresh("key"))
    assert newest_rpc_server.call(none).refused("INVALID_REQUEST").fields == ["executor_ids"]
    many = [fresh("executor") for _ in range(EXECUTORS_MAX)]
    assert recover(newest_rpc_server, *many).recovered_workflow_count == 0
    too_many = RecoverExecutorRequest(request_key=fresh("key"), executor_ids=[*many, "one more"])
    assert newest_rpc_server.call(too_many).refused("INVALID_REQUEST").fields == ["executor_ids"]
