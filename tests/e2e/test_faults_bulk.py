"""Bulk operations over servers that are killed, stopped, drained, or cut off: each workflow once, and true progress."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

import psycopg
import pytest

from tests.fixtures.control import fetch
from tests.fixtures.eventually import eventually
from tests.fixtures.load import connect
from tests.fixtures.server import ServerProcess, StartServer
from tests.fixtures.stalling_proxy import StallingProxy
from workflow_control.bulk.runner import LEASE
from workflow_control_client import (
    BulkCancel,
    BulkOperation,
    BulkOperationState,
    BulkRestart,
    WorkflowControlClient,
    WorkflowFilter,
)

ORDERS = WorkflowFilter(queue_names=["orders"])
PATIENCE_S = 120.0
COMPLETED = BulkOperationState.BULK_OPERATION_STATE_COMPLETED


def seed(url: str, count: int) -> None:
    """Inserts workflows that wait in a queue, oldest first."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO dbos.workflow_status (workflow_uuid, status, name, queue_name, created_at, updated_at)"
            " SELECT 'order-' || n, 'ENQUEUED', 'order', 'orders', 1700000000000 + n, 1700000000000"
            " FROM generate_series(1, %s) AS n",
            [count],
        )
        connection.execute("ANALYZE dbos.workflow_status")


def progress(url: str) -> tuple[str, int, int]:
    """Returns the state of the operation, how many it has found, and how many have their outcome."""
    [row] = fetch(
        url,
        "SELECT state, found_count, applied_count + unchanged_count + failed_count"
        " FROM workflow_control.bulk_operation",
    )
    return row[0], row[1], row[2]


def assert_true(url: str) -> None:
    """Asserts that the operation says what was done: its counts, its items, its keys and the workflows agree."""
    with psycopg.connect(url) as connection:
        # As of one instant: whoever was killed may be committing still.
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        [(found, applied, unchanged, failed)] = connection.execute(
            "SELECT found_count, applied_count, unchanged_count, failed_count FROM workflow_control.bulk_operation"
        )
        items: dict[str, int] = dict(
            connection.execute(
                "SELECT coalesce(outcome, 'PENDING'), count(*) FROM workflow_control.bulk_operation_item GROUP BY 1"
            ).fetchall()
        )
        expected = {"APPLIED": applied, "UNCHANGED": unchanged, "FAILED": failed}
        expected["PENDING"] = found - sum(expected.values())
        assert items == {outcome: count for outcome, count in expected.items() if count}
        # One transaction: each item that is settled has used its key, and no other has.
        parted = connection.execute(
            "SELECT i.workflow_id, i.outcome FROM workflow_control.bulk_operation_item AS i"
            " FULL JOIN (SELECT * FROM workflow_control.request WHERE action NOT LIKE '%BulkOperation') AS r"
            " ON r.request_key = i.workflow_id WHERE (i.outcome IS NULL) <> (r.request_key IS NULL)"
        ).fetchall()
        assert parted == []


def assert_each_restarted_once(url: str, count: int) -> None:
    [(copies, sources)] = fetch(
        url,
        "SELECT count(*), count(DISTINCT forked_from) FROM dbos.workflow_status WHERE forked_from IS NOT NULL",
    )
    assert (copies, sources) == (count, count)


def assert_each_cancelled_once(url: str, count: int) -> None:
    assert dict(fetch(url, "SELECT status, count(*) FROM dbos.workflow_status GROUP BY 1")) == {"CANCELLED": count}


def followed(client: WorkflowControlClient, operation_id: str) -> BulkOperation:
    """Waits for the end of an operation, through whatever befalls the servers; sees that its counts only grow."""
    last = BulkOperation()

    def ended() -> BulkOperation | None:
        nonlocal last
        operation = client.get_bulk_operation(operation_id).bulk_operation
        for count in ("found_count", "applied_count", "unchanged_count", "failed_count"):
            assert getattr(operation, count) >= getattr(last, count)
        last = operation
        return operation if operation.state == COMPLETED else None

    operation = eventually(ended, PATIENCE_S)
    assert operation is not None
    return operation


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("action", "check"),
    [
        pytest.param({"cancel": BulkCancel()}, assert_each_cancelled_once, id="cancel"),
        pytest.param({"restart": BulkRestart()}, assert_each_restarted_once, id="restart"),
    ],
)
def test_servers_that_are_killed_lose_and_repeat_nothing(
    start_server: StartServer, control_url: str, action: dict[str, BulkCancel], check: Callable[[str, int], None]
) -> None:
    count = 10_000
    seed(control_url, count)
    servers = [start_server(control_url) for _ in range(2)]
    with connect(*(server.address for server in servers)) as client:
        started = client.start_bulk_operation(**action, filter=ORDERS).bulk_operation  # type: ignore[arg-type]  # One of them.
    for settled in (1500, 5000):
        wait_for_progress(control_url, settled)
        # Whoever holds it dies, and the other must take it over.
        [victim] = [server for server in servers if holds(server)]
        victim.kill()
        assert_true(control_url)
        assert progress(control_url)[2] < count
        servers[servers.index(victim)] = start_server(control_url)
    with connect(*(server.address for server in servers)) as client:
        operation = followed(client, started.operation_id)
    assert (operation.found_count, operation.applied_count) == (count, count)
    assert_true(control_url)
    check(control_url, count)


def wait_for_progress(url: str, settled: int) -> None:
    eventually(lambda: progress(url)[2] >= settled, PATIENCE_S)


def holds(server: ServerProcess) -> bool:
    """Tells whether the server has taken the operation up, and has not let go of it."""
    lines = [event["event"] for event in server.events("bulk operation")]
    return bool(lines) and lines[-1] == "bulk operation taken up"


@pytest.mark.parametrize("step", ["opened", "applied", "recorded", "committed"])
def test_a_server_that_dies_inside_a_batch(start_server: StartServer, control_url: str, step: str) -> None:
    seed(control_url, 300)
    victim = start_server(control_url, failpoint=f"{step}:kill", bulk_operations=1)
    with psycopg.connect(control_url, autocommit=True) as connection:
        insert_operation(connection)
    assert victim.wait(PATIENCE_S) == -signal.SIGKILL
    assert_true(control_url)
    assert (progress(control_url)[2] > 0) == (step == "committed")

    survivor = start_server(control_url)
    with connect(survivor.address) as client:
        assert followed(client, "operation-1").applied_count == 300
    assert_true(control_url)
    assert_each_cancelled_once(control_url, 300)


def insert_operation(connection: psycopg.Connection[tuple[object, ...]], *, max_per_second: int | None = None) -> None:
    """Starts an operation without a call: the next transaction of an executor is one of its batches."""
    connection.execute(
        "INSERT INTO workflow_control.bulk_operation (operation_id, scope, request_key, action, definition, by_filter,"
        " max_per_second, actor, reason, item_ttl, state, created_before, selection_complete, found_count, created_at,"
        " updated_at)"
        # The definition is {"cancel": {}, "filter": {"queue_names": ["orders"]}}.
        " VALUES ('operation-1', 'default', 'key', 'CancelWorkflow', %s, TRUE, %s, '', '', '1 day', 'RUNNING',"
        " 1800000000000, FALSE, 0, now(), now())",
        [b"\x2a\x00\x5a\x08\x3a\x06orders", max_per_second],
    )


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_server_that_sleeps_through_a_takeover_harms_nothing(start_server: StartServer, control_url: str) -> None:
    seed(control_url, 2000)
    sleeper = start_server(control_url)
    with psycopg.connect(control_url, autocommit=True) as connection:
        insert_operation(connection, max_per_second=400)
    eventually(lambda: progress(control_url)[2] > 0, PATIENCE_S)
    sleeper.process.send_signal(signal.SIGSTOP)
    try:
        asleep = progress(control_url)[2]
        taker = start_server(control_url)
        eventually(lambda: progress(control_url)[2] > asleep, LEASE.total_seconds() + PATIENCE_S)
        with connect(taker.address) as client:
            stopped = client.stop_bulk_operation("operation-1").bulk_operation
        before = statuses(control_url)
    finally:
        sleeper.process.send_signal(signal.SIGCONT)
    eventually(lambda: not holds(sleeper), PATIENCE_S)
    # It has found out by a batch of its own that was rolled back, or by its next look.
    time.sleep(1)
    assert statuses(control_url) == before
    assert before["CANCELLED"] == stopped.applied_count == progress(control_url)[2]
    assert_true(control_url)


def statuses(url: str) -> dict[str, int]:
    return dict(fetch(url, "SELECT status, count(*) FROM dbos.workflow_status GROUP BY 1"))


def test_a_server_that_drains_gives_its_operation_back_at_once(start_server: StartServer, control_url: str) -> None:
    seed(control_url, 3000)
    servers = [start_server(control_url) for _ in range(2)]
    with psycopg.connect(control_url, autocommit=True) as connection:
        insert_operation(connection, max_per_second=500)
    eventually(lambda: progress(control_url)[2] > 0, PATIENCE_S)
    first, second = sorted(servers, key=holds, reverse=True)
    first.terminate()
    assert first.wait() == 0
    assert first.events("bulk operation left")
    # Before the lease would be over.
    eventually(lambda: holds(second), LEASE.total_seconds() - 2)
    with connect(second.address) as client:
        assert followed(client, "operation-1").applied_count == 3000
    assert_true(control_url)
    assert_each_cancelled_once(control_url, 3000)


def test_several_processes_share_several_operations(start_server: StartServer, control_url: str) -> None:
    seed(control_url, 2000)
    server = start_server(control_url, processes=2, bulk_operations=1, port=0)
    with connect(server.address) as client:
        ids = [[f"order-{n}" for n in range(begin, 2001, 4)] for begin in (1, 2, 3, 4)]
        operations = [
            client.start_bulk_operation(cancel=BulkCancel(), workflow_ids=each, max_per_second=400).bulk_operation
            for each in ids
        ]
        eventually(lambda: len(server.events("bulk operation taken up")) >= 2, PATIENCE_S)
        for operation in operations:
            assert followed(client, operation.operation_id).applied_count == 500
    assert_each_cancelled_once(control_url, 2000)


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    "stall",
    [
        pytest.param(StallingProxy.stall, id="at any time"),
        # What Postgres has got of the batch keeps its locks until Postgres itself ends it.
        pytest.param(StallingProxy.stall_inside_batch, id="inside a batch"),
    ],
)
def test_a_database_that_is_away_is_waited_for(
    start_server: StartServer, control_url: str, stall: Callable[[StallingProxy], None]
) -> None:
    seed(control_url, 3000)
    with StallingProxy(control_url) as proxy:
        server = start_server(proxy.url)
        with psycopg.connect(control_url, autocommit=True) as connection:
            insert_operation(connection, max_per_second=500)
        eventually(lambda: progress(control_url)[2] > 0, PATIENCE_S)
        stall(proxy)
        time.sleep(3)
        proxy.heal()
        with connect(server.address) as client:
            eventually(lambda: progress(control_url)[0] == "COMPLETED", PATIENCE_S)
            assert followed(client, "operation-1").applied_count == 3000
    assert_true(control_url)
    assert_each_cancelled_once(control_url, 3000)
