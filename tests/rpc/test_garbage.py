"""CollectGarbage: what is deleted and what is kept, call by call, whoever else is at work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import psycopg
import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.seeds import Rows, past, workflow
from tests.fixtures.dbos_releases import NEWEST, OLDEST, DbosRelease, DbosTemplate
from tests.fixtures.postgres import CreateDatabase
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflow_control.domain import limits
from workflow_control.domain.retention import Place, Stage
from workflow_control.domain.states import ACTIVE, WorkflowState
from workflow_control.rpc.page_tokens import PageTokens
from workflowcontrol.v1.server_control_pb2 import CollectGarbageRequest, CollectGarbageResponse

HOUR_MS: Final = 3_600_000
CUTOFF_MS: Final = 1_700_000_000_000
BY_COMPLETION: Final = DbosRelease.parse("3.0.0")


def collect(server: RunningServer, **fields: Any) -> CollectGarbageResponse:  # noqa: ANN401 - Any field's type.
    request = CollectGarbageRequest(request_key=fresh("key"), **fields)
    return server.call(request).read(CollectGarbageResponse)


def cutoff(milliseconds: int = CUTOFF_MS) -> Timestamp:
    time = Timestamp()
    time.FromMilliseconds(milliseconds)
    return time


def collect_all(server: RunningServer, **fields: Any) -> Iterator[CollectGarbageResponse]:  # noqa: ANN401 - As above.
    response = collect(server, **fields)
    yield response
    rest = {name: value for name, value in fields.items() if name == "max_workflows"}
    while response.continue_token:
        response = collect(server, continue_token=response.continue_token, **rest)
        yield response


def left(server: RunningServer) -> list[str]:
    return [r["id"] for r in server.execute("SELECT workflow_uuid AS id FROM dbos.workflow_status ORDER BY 1")]


def ended(workflow_id: str, time_ms: int, state: WorkflowState = WorkflowState.SUCCESS, **columns: object) -> Rows:
    """A workflow that was created an hour before it ended."""
    times: dict[str, Any] = {"created_at": time_ms - HOUR_MS, "updated_at": time_ms, "completed_at": time_ms}
    return workflow(workflow_id, state, **{**times, **columns})


@pytest.fixture
def server(start_rpc_server: StartRpcServer, dbos_release: DbosRelease) -> RunningServer:
    return start_rpc_server(dbos_release)


@pytest.mark.parametrize("state", WorkflowState, ids=str)
def test_what_has_ended_goes_and_what_is_active_stays(server: RunningServer, state: WorkflowState) -> None:
    # An active one has a time of completion where an old client has resumed it.
    server.seed(ended("old", CUTOFF_MS - 1, state))
    response = collect(server, cutoff_time=cutoff())
    is_kept = state in ACTIVE
    assert left(server) == ["old"] * is_kept
    assert response.deleted_workflow_count == (not is_kept)
    assert list(response.deleted_workflow_ids) == ["old"] * (not is_kept)
    assert response.cutoff_time == cutoff()
    assert not response.continue_token


def test_the_time_is_that_of_the_release(server: RunningServer, dbos_release: DbosRelease) -> None:
    server.seed(
        ended("ended before", CUTOFF_MS - 1),
        ended("ended then", CUTOFF_MS),
        ended("created before", CUTOFF_MS + HOUR_MS - 1),
        ended("created then", CUTOFF_MS + HOUR_MS),
    )
    collect(server, cutoff_time=cutoff())
    kept = ["created before", "created then", "ended then"]
    assert left(server) == (kept if dbos_release >= BY_COMPLETION else ["created then"])


def test_all_that_belongs_to_it_goes_too_and_nothing_else(server: RunningServer) -> None:
    server.seed(ended("old", CUTOFF_MS - 1), ended("young", CUTOFF_MS + 2 * HOUR_MS), past("old"), past("young"))
    before = owners_of_rows(server)
    assert {"workflow_status", "operation_outputs", "notifications", "streams", "workflow_events_history"} <= set(
        before
    )
    assert all(set(owners) == {"old", "young"} for owners in before.values())
    collect(server, cutoff_time=cutoff())
    assert owners_of_rows(server) == {table: {"young": owners["young"]} for table, owners in before.items()}


def owners_of_rows(server: RunningServer) -> dict[str, dict[str, int]]:
    """Returns how many rows each workflow has, by table."""
    columns = server.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'dbos' AND column_name IN ('workflow_uuid', 'destination_uuid')"
    )
    owners = {
        each["table_name"]: {
            row["id"]: row["rows"]
            for row in server.execute(
                f"SELECT {each['column_name']} AS id, count(*) AS rows FROM dbos.{each['table_name']} GROUP BY 1"
            )
        }
        for each in columns
    }
    return {table: counts for table, counts in owners.items() if counts}


def test_dead_letters_without_a_time_of_completion_are_not_kept_for_ever(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(NEWEST)
    dead = WorkflowState.MAX_RECOVERY_ATTEMPTS_EXCEEDED
    server.seed(
        ended("dead", CUTOFF_MS - 1, dead, completed_at=None),
        ended("of 2.11", CUTOFF_MS - 1, completed_at=None),
        # Created before, and changed after.
        ended("dead lately", CUTOFF_MS, dead, completed_at=None),
        ended("waiting", CUTOFF_MS - 1, WorkflowState.ENQUEUED, completed_at=None),
        ended("dated", CUTOFF_MS - 1),
    )
    [response] = collect_all(server, cutoff_time=cutoff())
    assert left(server) == ["dead lately", "waiting"]
    assert list(response.deleted_workflow_ids) == ["dated", "dead", "of 2.11"]


def test_what_is_left_of_workflows_that_are_gone_goes(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(NEWEST)
    for name, time in (("old", CUTOFF_MS - 1), ("young", CUTOFF_MS)):
        for workflow_id, lives in ((f"{name} orphan", False), (name, True)):
            if lives:
                server.seed(workflow(workflow_id, WorkflowState.PENDING, created_at=1))
            for table in ("workflow_input", "workflow_output"):
                server.execute(f"DELETE FROM dbos.{table} WHERE workflow_uuid = %s", workflow_id)
                server.execute(
                    f"INSERT INTO dbos.{table} (workflow_uuid, retention_timestamp) VALUES (%s, %s)", workflow_id, time
                )
            server.execute(
                "INSERT INTO dbos.operation_outputs (workflow_uuid, function_id, retention_timestamp)"
                " SELECT %s, n, %s FROM generate_series(1, 3) AS n",
                workflow_id,
                time,
            )
    [response] = collect_all(server, cutoff_time=cutoff())
    assert (response.deleted_workflow_count, response.deleted_orphan_count) == (0, 5)
    for table in ("workflow_input", "workflow_output", "operation_outputs"):
        ids = server.execute(f"SELECT DISTINCT workflow_uuid AS id FROM dbos.{table} ORDER BY 1")
        assert [row["id"] for row in ids] == ["old", "young", "young orphan"]


def test_the_newest_are_kept_by_their_number(server: RunningServer) -> None:
    for n in range(10):
        server.seed(ended(f"order-{n}", CUTOFF_MS + n))
    response = collect(server, keep_newest=4)
    assert left(server) == [f"order-{n}" for n in range(6, 10)]
    assert response.deleted_workflow_count == 6
    response = collect(server, keep_newest=5)
    assert not response.HasField("cutoff_time")
    assert left(server) == [f"order-{n}" for n in range(6, 10)]
    # The rule that deletes more decides.
    collect(server, keep_newest=3, cutoff_time=cutoff(CUTOFF_MS - 10 * HOUR_MS))
    assert left(server) == ["order-7", "order-8", "order-9"]
    collect(server, keep_newest=3, cutoff_time=cutoff(CUTOFF_MS + 8 + HOUR_MS))
    assert left(server) == []


def test_an_age_counts_back_from_now(server: RunningServer) -> None:
    [now] = server.execute("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms")
    server.seed(ended("old", now["ms"] - 3 * HOUR_MS), ended("young", now["ms"]))
    response = collect(server, older_than=Duration(seconds=2 * 3600))
    assert left(server) == ["young"]
    assert now["ms"] <= response.cutoff_time.ToMilliseconds() + 2 * HOUR_MS < now["ms"] + 60_000


def test_a_collection_goes_on_call_by_call_the_oldest_first(server: RunningServer) -> None:
    # Some of them ended in the same millisecond.
    rows = Rows()
    for n in range(25):
        rows.extend(ended(f"order-{n:02}", CUTOFF_MS - 100 + n // 3))
        if n % 2:
            rows.extend(ended(f"busy-{n:02}", CUTOFF_MS - 100 + n // 3, WorkflowState.PENDING, completed_at=None))
    server.seed(rows)
    responses = list(collect_all(server, cutoff_time=cutoff(), max_workflows=10))
    assert [r.deleted_workflow_count for r in responses if r.deleted_workflow_count] == [10, 10, 5]
    assert [i for r in responses for i in r.deleted_workflow_ids] == [f"order-{n:02}" for n in range(25)]
    assert {r.cutoff_time.ToMilliseconds() for r in responses} == {CUTOFF_MS}
    assert left(server) == [f"busy-{n:02}" for n in range(1, 25, 2)]


def test_the_rows_of_one_transaction_are_bounded_and_one_workflow_goes_whole(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(NEWEST)
    for n, steps in enumerate((limits.COLLECTED_ROWS_MAX + 1, 3, limits.COLLECTED_ROWS_MAX, 3)):
        server.seed(ended(f"order-{n}", CUTOFF_MS - 10 + n))
        server.execute(
            "INSERT INTO dbos.operation_outputs (workflow_uuid, function_id, function_name, retention_timestamp)"
            " SELECT %s, n, 'step', 1 FROM generate_series(1, %s) AS n",
            f"order-{n}",
            steps,
        )
    responses = list(collect_all(server, cutoff_time=cutoff()))
    deleted = [list(r.deleted_workflow_ids) for r in responses if r.deleted_workflow_ids]
    assert deleted == [["order-0"], ["order-1", "order-2"], ["order-3"]]
    assert server.execute("SELECT count(*) AS steps FROM dbos.operation_outputs") == [{"steps": 0}]


def test_no_call_looks_at_all_that_is_active(start_rpc_server: StartRpcServer) -> None:
    """Before 3.0 the old workflows that are still active are in the way."""
    server = start_rpc_server(OLDEST)
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, created_at, updated_at)"
        " SELECT 'order-' || lpad(n::text, 6, '0'), CASE WHEN n %% 10000 = 0 THEN 'ERROR' ELSE 'ENQUEUED' END, n, n"
        " FROM generate_series(1, %s) AS n",
        2 * limits.COLLECTION_LOOKS_AT_MAX + 10_000,
    )
    responses = list(collect_all(server, cutoff_time=cutoff()))
    assert [r.deleted_workflow_count for r in responses] == [2, 2, 1]


def test_what_another_holds_is_passed_over_and_told(server: RunningServer) -> None:
    server.seed(*(ended(f"order-{n}", CUTOFF_MS - 10 + n) for n in range(4)))
    with psycopg.connect(server.database_url) as other:
        other.execute("SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid = 'order-1' FOR UPDATE")
        # A message to it is being sent, which refers to it.
        other.execute(
            "INSERT INTO dbos.notifications (destination_uuid, topic, message) VALUES ('order-2', 'topic', 'message')"
        )
        response = collect(server, cutoff_time=cutoff())
        assert (response.deleted_workflow_count, response.locked_workflow_count) == (2, 2)
        assert not response.continue_token
        other.rollback()
    assert left(server) == ["order-1", "order-2"]
    assert collect(server, cutoff_time=cutoff()).deleted_workflow_count == 2


def test_one_that_is_resumed_meanwhile_stays(server: RunningServer) -> None:
    server.seed(ended("resumed", CUTOFF_MS - 1, WorkflowState.CANCELLED), ended("other", CUTOFF_MS - 2))
    with psycopg.connect(server.database_url) as worker:
        worker.execute("UPDATE dbos.workflow_status SET status = 'ENQUEUED' WHERE workflow_uuid = 'resumed'")
        response = collect(server, cutoff_time=cutoff())
        worker.commit()
    assert (response.deleted_workflow_count, response.locked_workflow_count) == (1, 1)
    assert left(server) == ["resumed"]


def test_a_preview_says_what_would_go_and_deletes_nothing(server: RunningServer) -> None:
    server.seed(*(ended(f"order-{n}", CUTOFF_MS - 10 + n) for n in range(3)))
    before = server.snapshot()
    preview = collect(server, cutoff_time=cutoff(), max_workflows=2, validate_only=True)
    assert list(preview.deleted_workflow_ids) == ["order-0", "order-1"]
    assert server.snapshot() == before


def test_transactions_in_the_same_database_go_with_their_workflow(
    start_rpc_server: StartRpcServer, create_database: CreateDatabase, dbos_template: DbosTemplate
) -> None:
    """DBOS 2 notes there what an application's own transactions came to."""
    url = create_database(dbos_template(OLDEST))
    with psycopg.connect(url) as connection:
        connection.execute(TRANSACTION_OUTPUTS)
    server = start_rpc_server(database_url=url)
    server.seed(ended("old", CUTOFF_MS - 1), ended("busy", CUTOFF_MS - 1, WorkflowState.PENDING, completed_at=None))
    for workflow_id in ("old", "busy", "old orphan", "young orphan"):
        server.execute(
            "INSERT INTO dbos.transaction_outputs (workflow_uuid, function_id, txn_snapshot, created_at)"
            " VALUES (%s, 1, '', %s)",
            workflow_id,
            CUTOFF_MS if workflow_id == "young orphan" else 1,
        )
    response = collect(server, cutoff_time=cutoff())
    assert (response.deleted_workflow_count, response.deleted_orphan_count) == (1, 1)
    ids = server.execute("SELECT workflow_uuid AS id FROM dbos.transaction_outputs ORDER BY 1")
    assert [row["id"] for row in ids] == ["busy", "young orphan"]


TRANSACTION_OUTPUTS: Final = """
    CREATE TABLE dbos.transaction_outputs (
        workflow_uuid text, function_id int, output text, error text, txn_id text, txn_snapshot text NOT NULL,
        executor_id text, function_name text NOT NULL DEFAULT '', created_at bigint NOT NULL,
        PRIMARY KEY (workflow_uuid, function_id)
    );
    CREATE INDEX transaction_outputs_created_at_index ON dbos.transaction_outputs (created_at)
"""
"""dbos 2.11.0 `_schemas/application_database.py`."""


TOKEN: Final = PageTokens("CollectGarbage", field="continue_token").write_place(Place(CUTOFF_MS, Stage.STEPS))


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, ["age"]),
        ({"keep_newest": limits.KEEP_NEWEST_MAX + 1}, ["keep_newest"]),
        ({"continue_token": "no token"}, ["continue_token"]),
        ({"continue_token": TOKEN, "keep_newest": 1}, ["keep_newest"]),
        ({"continue_token": TOKEN, "older_than": Duration(seconds=1)}, ["older_than"]),
        ({"continue_token": TOKEN, "cutoff_time": Timestamp(), "keep_newest": 1}, ["cutoff_time", "keep_newest"]),
        # That of a list.
        ({"continue_token": PageTokens("ListQueues").write_queue("orders")}, ["continue_token"]),
    ],
)
def test_what_to_collect_must_be_said_once(
    newest_rpc_server: RunningServer, fields: dict[str, Any], named: list[str]
) -> None:
    request = CollectGarbageRequest(request_key=fresh("key"), **fields)
    assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == named


def test_more_than_is_allowed_at_once_is_as_much_as_is_allowed(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(NEWEST)
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, created_at, updated_at, completed_at)"
        " SELECT 'order-' || n, 'SUCCESS', n, n, n FROM generate_series(1, %s) AS n",
        limits.GARBAGE_WORKFLOWS_MAX + 5,
    )
    response = collect(server, cutoff_time=cutoff(), max_workflows=2**31 - 1)
    assert response.deleted_workflow_count == limits.GARBAGE_WORKFLOWS_MAX
    assert len(response.deleted_workflow_ids) == limits.LISTED_GARBAGE_MAX
    assert collect(server, continue_token=response.continue_token).deleted_workflow_count == 5
