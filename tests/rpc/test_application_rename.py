"""RenameApplication: whose rows get another owner, and how large histories are moved call by call."""

from __future__ import annotations

import pytest

from tests.differential.seeds import SEED_TIME_MS, Rows, family
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflow_control.domain.limits import RENAMED_ROWS_MAX
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.queue_control_pb2 import RenameApplicationRequest, RenameApplicationResponse

OWNED = ("queues", "workflow_schedules", "application_versions", "workflow_status", "operation_outputs")


def rename(server: RunningServer, old: str, new: str, *, adopt_unclaimed: bool = False) -> RenameApplicationResponse:
    request = RenameApplicationRequest(
        request_key=fresh("key"), application_name=old, new_application_name=new, adopt_unclaimed=adopt_unclaimed
    )
    return server.call(request).read(RenameApplicationResponse)


def owners(server: RunningServer) -> dict[str, dict[str | None, int]]:
    return {
        table: {
            row["application_name"]: row["rows"]
            for row in server.execute(
                f"SELECT application_name, count(*) AS rows FROM dbos.{table} GROUP BY 1 ORDER BY 1"
            )
        }
        for table in OWNED
    }


def rows_of(owner: str | None) -> Rows:
    """One of everything that has an owner, and a workflow with steps in each state."""
    rows = Rows()
    times = {"created_at": SEED_TIME_MS, "updated_at": SEED_TIME_MS}
    for state in WorkflowState:
        rows.extend(family(f"{owner}-{state}", state, application_name=owner))
    for table in ("workflow_status", "operation_outputs"):
        for row in rows.by_table[table]:
            row["application_name"] = owner
    rows.add("queues", name=f"queue of {owner}", application_name=owner, **times)
    rows.add(
        "workflow_schedules",
        schedule_id=f"id of {owner}",
        schedule_name=f"schedule of {owner}",
        workflow_name="order",
        schedule="0 0 * * * *",
        status="ACTIVE",
        context="null",
        application_name=owner,
    )
    rows.add(
        "application_versions",
        version_id=f"id of {owner}",
        version_name=f"version of {owner}",
        version_timestamp=SEED_TIME_MS,
        created_at=SEED_TIME_MS,
        application_name=owner,
    )
    return rows


@pytest.fixture
def server(start_rpc_server: StartRpcServer) -> RunningServer:
    server = start_rpc_server()
    server.seed(*(rows_of(owner) for owner in ("shop", "bank", None)))
    return server


@pytest.mark.parametrize(
    ("old", "adopt_unclaimed", "moved"),
    [("shop", False, {"shop"}), ("shop", True, {"shop", None}), ("", True, {None})],
)
def test_what_is_asked_for_is_moved_and_nothing_else(
    server: RunningServer, old: str, adopt_unclaimed: bool, moved: set[str | None]
) -> None:
    before = owners(server)
    response = rename(server, old, "store", adopt_unclaimed=adopt_unclaimed)
    after = owners(server)
    for table in OWNED:
        count = sum(before[table][owner] for owner in moved)
        assert count > 0
        left = {owner: rows for owner, rows in before[table].items() if owner not in moved}
        assert after[table] == {**left, "store": count}
    counts = (
        response.queue_count,
        response.schedule_count,
        response.version_count,
        response.workflow_count,
        response.step_count,
    )
    assert counts == tuple(after[table]["store"] for table in OWNED)
    assert response.complete
    again = rename(server, old, "store", adopt_unclaimed=adopt_unclaimed)
    again.ClearField("idempotency")
    assert again == RenameApplicationResponse(complete=True)


def test_a_long_history_is_moved_call_by_call_and_what_is_active_at_once(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, name, application_name)"
        " SELECT 'done-' || n, 'SUCCESS', 'order', 'shop' FROM generate_series(1, %s) AS n",
        RENAMED_ROWS_MAX - 1,
    )
    server.execute(
        "INSERT INTO dbos.operation_outputs (workflow_uuid, function_id, function_name, application_name)"
        " SELECT 'done-' || n, 1, 'step', 'shop' FROM generate_series(1, 3) AS n"
    )
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, name, application_name)"
        " SELECT 'active-' || n, 'ENQUEUED', 'order', 'shop' FROM generate_series(1, 5) AS n"
    )
    first = rename(server, "shop", "store")
    assert (first.workflow_count, first.step_count, first.complete) == (RENAMED_ROWS_MAX + 4, 1, False)
    second = rename(server, "shop", "store")
    assert (second.workflow_count, second.step_count, second.complete) == (0, 2, True)


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"new_application_name": "store"}, "application_name"),
        ({"application_name": "store", "new_application_name": "store"}, "new_application_name"),
        ({"application_name": "shop", "new_application_name": "Store"}, "new_application_name"),
        ({"application_name": "shop", "new_application_name": "st"}, "new_application_name"),
        ({"application_name": "shop", "new_application_name": "store\n"}, "new_application_name"),
    ],
)
def test_names_that_cannot_be_are_refused(newest_rpc_server: RunningServer, fields: dict[str, str], named: str) -> None:
    request = RenameApplicationRequest(request_key=fresh("key"), **fields)  # type: ignore[arg-type]  # Names and values are texts.
    assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == [named]
