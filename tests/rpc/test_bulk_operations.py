"""Bulk operations over a real channel, with a runner that works on them."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count

import psycopg
import pytest
from google.protobuf.message import Message
from google.protobuf.struct_pb2 import Struct

from tests.differential.seeds import SEED_TIME_MS, Rows, family, workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.eventually import eventually
from tests.fixtures.rpc_server import Reply, RunningServer, StartRpcServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import bulk_control_pb2 as bulk
from workflowcontrol.v1.server_control_pb2 import GetRequestRequest, ListRequestsRequest, ListRequestsResponse
from workflowcontrol.v1.types_pb2 import WORKFLOW_STATE_PENDING, TimeRange, WorkflowFilter

PENDING, APPLIED, UNCHANGED, FAILED = (
    bulk.BULK_ITEM_OUTCOME_PENDING,
    bulk.BULK_ITEM_OUTCOME_APPLIED,
    bulk.BULK_ITEM_OUTCOME_UNCHANGED,
    bulk.BULK_ITEM_OUTCOME_FAILED,
)
RUNNING, PAUSED, STOPPED, COMPLETED = (
    bulk.BULK_OPERATION_STATE_RUNNING,
    bulk.BULK_OPERATION_STATE_PAUSED,
    bulk.BULK_OPERATION_STATE_STOPPED,
    bulk.BULK_OPERATION_STATE_COMPLETED,
)
PATIENCE_S = 60.0
ORDERS = WorkflowFilter(queue_names=["orders"])

_numbers = count(1)


@pytest.fixture
def server(start_rpc_server: StartRpcServer, dbos_release: DbosRelease) -> RunningServer:
    """A server that works on operations, on a database of its own."""
    return start_rpc_server(dbos_release, bulk_operations=2)


@pytest.fixture
def newest_server(start_rpc_server: StartRpcServer) -> RunningServer:
    """As `server`, for what has nothing to do with the schema."""
    return start_rpc_server(bulk_operations=2)


def seed(server: RunningServer, number: int, state: WorkflowState = WorkflowState.ENQUEUED) -> list[str]:
    """Inserts that many workflows, each created a millisecond after the one before."""
    rows, workflow_ids = Rows(), [fresh("order") for _ in range(number)]
    for workflow_id in workflow_ids:
        rows.extend(workflow(workflow_id, state, created_at=SEED_TIME_MS + next(_numbers)))
    server.seed(rows)
    return workflow_ids


def named(*workflow_ids: str) -> bulk.BulkWorkflowIds:
    return bulk.BulkWorkflowIds(workflow_ids=workflow_ids)


def call_start(server: RunningServer, **fields: object) -> Reply:
    fields.setdefault("cancel", None if {"resume", "fork", "restart", "delete"} & fields.keys() else bulk.BulkCancel())
    return server.call(bulk.StartBulkOperationRequest(request_key=fresh("key"), **fields))  # type: ignore[arg-type]  # Typed by name only.


def start(server: RunningServer, **fields: object) -> bulk.BulkOperation:
    return call_start(server, **fields).read(bulk.StartBulkOperationResponse).bulk_operation


def get(server: RunningServer, operation_id: str) -> bulk.BulkOperation:
    return (
        server.call(bulk.GetBulkOperationRequest(operation_id=operation_id))
        .read(bulk.GetBulkOperationResponse)
        .bulk_operation
    )


def finish(server: RunningServer, operation: bulk.BulkOperation) -> bulk.BulkOperation:
    """Waits until the operation is completed, and returns it."""

    def completed() -> bulk.BulkOperation | None:
        found = get(server, operation.operation_id)
        return found if found.state == COMPLETED else None

    found = eventually(completed, PATIENCE_S)
    assert found is not None
    return found


def items_of(server: RunningServer, operation: bulk.BulkOperation, *outcomes: int) -> list[bulk.BulkOperationItem]:
    """Returns the items, page by page of three."""
    items: list[bulk.BulkOperationItem] = []
    token = ""
    while True:
        request = bulk.ListBulkOperationItemsRequest(
            operation_id=operation.operation_id,
            outcomes=outcomes,  # type: ignore[arg-type]  # Numbers.
            page_size=3,
            page_token=token,
        )
        page = server.call(request).read(bulk.ListBulkOperationItemsResponse)
        items += page.items
        token = page.next_page_token
        if not token:
            return items


def outcomes_of(server: RunningServer, operation: bulk.BulkOperation) -> dict[str, tuple[int, str]]:
    return {item.workflow_id: (item.outcome, item.result or item.error_reason) for item in items_of(server, operation)}


def statuses(server: RunningServer) -> dict[str, str]:
    rows = server.execute("SELECT workflow_uuid, status FROM dbos.workflow_status")
    return {row["workflow_uuid"]: row["status"] for row in rows}


def family_in_every_state(server: RunningServer, release: DbosRelease) -> dict[WorkflowState, str]:
    states = [state for state in WorkflowState if state is not WorkflowState.DELAYED or release != OLDEST]
    workflow_ids = {state: fresh("order") for state in states}
    for state, workflow_id in workflow_ids.items():
        server.seed(family(workflow_id, state))
    return workflow_ids


def test_a_cancellation_of_each_state(server: RunningServer, dbos_release: DbosRelease) -> None:
    ids = family_in_every_state(server, dbos_release)
    operation = finish(server, start(server, workflow_ids=named(*ids.values(), "nobody")))
    complete = {WorkflowState.SUCCESS: "ALREADY_COMPLETED", WorkflowState.ERROR: "ALREADY_COMPLETED"}
    untouched = {**complete, WorkflowState.CANCELLED: "ALREADY_CANCELLED"}
    expected: dict[str, tuple[int, str]] = {
        workflow_id: (UNCHANGED, untouched[state]) if state in untouched else (APPLIED, "CANCELLED")
        for state, workflow_id in ids.items()
    }
    assert outcomes_of(server, operation) == {**expected, "nobody": (FAILED, "WORKFLOW_NOT_FOUND")}
    assert (operation.unchanged_count, operation.failed_count) == (3, 1)
    assert operation.applied_count == operation.found_count - 4
    for state, workflow_id in ids.items():
        assert statuses(server)[workflow_id] == (state.value if state in complete else "CANCELLED")


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"cancel": bulk.BulkCancel(allow_missing=True)}, (UNCHANGED, "MISSING")),
        ({"delete": bulk.BulkDelete(allow_missing=True)}, (UNCHANGED, "MISSING")),
        ({"delete": bulk.BulkDelete()}, (FAILED, "WORKFLOW_NOT_FOUND")),
        ({"resume": bulk.BulkResume()}, (FAILED, "WORKFLOW_NOT_FOUND")),
        ({"fork": bulk.BulkFork()}, (FAILED, "WORKFLOW_NOT_FOUND")),
        ({"restart": bulk.BulkRestart()}, (FAILED, "WORKFLOW_NOT_FOUND")),
    ],
    ids=str,
)
def test_what_is_missing(newest_server: RunningServer, fields: dict[str, Message], missing: tuple[int, str]) -> None:
    operation = finish(newest_server, start(newest_server, workflow_ids=named("nobody"), **fields))
    assert outcomes_of(newest_server, operation) == {"nobody": missing}


def test_resumptions(server: RunningServer) -> None:
    [stopped] = seed(server, 1, WorkflowState.CANCELLED)
    [done] = seed(server, 1, WorkflowState.SUCCESS)
    fields = {"resume": bulk.BulkResume(queue_name="express")}
    operation = finish(server, start(server, workflow_ids=named(stopped, done), **fields))
    assert outcomes_of(server, operation) == {
        stopped: (APPLIED, "RESUMED"),
        done: (UNCHANGED, "ALREADY_COMPLETED"),
    }
    [row] = server.execute("SELECT queue_name FROM dbos.workflow_status WHERE workflow_uuid = %s", stopped)
    assert row["queue_name"] == "express"


@pytest.mark.parametrize(
    "fields",
    [
        {"fork": bulk.BulkFork(start_step=3, queue_name="express")},
        {"restart": bulk.BulkRestart(queue_name="express", application_version="v9")},
    ],
    ids=["forks", "restarts"],
)
def test_copies(server: RunningServer, fields: dict[str, Message]) -> None:
    sources = [fresh("order") for _ in range(3)]
    for source in sources:
        server.seed(family(source, WorkflowState.ERROR))
    operation = finish(server, start(server, workflow_ids=named(*sources), **fields))
    items = items_of(server, operation)
    assert [(item.workflow_id, item.outcome) for item in items] == [(source, APPLIED) for source in sources]
    rows = server.execute("SELECT workflow_uuid, forked_from FROM dbos.workflow_status WHERE queue_name = 'express'")
    copies = {row["workflow_uuid"]: row["forked_from"] for row in rows}
    assert copies == {item.new_workflow_id: item.workflow_id for item in items}


def test_a_step_that_some_do_not_have(newest_server: RunningServer) -> None:
    source, empty = fresh("order"), fresh("order")
    newest_server.seed(family(source, WorkflowState.ERROR), workflow(empty, WorkflowState.ERROR))
    fork = bulk.BulkFork(from_step_name="step-2")
    operation = finish(newest_server, start(newest_server, workflow_ids=named(source, empty), fork=fork))
    assert outcomes_of(newest_server, operation) == {source: (APPLIED, ""), empty: (FAILED, "STEP_NOT_FOUND")}


def test_deletions_with_all_descendants(server: RunningServer) -> None:
    workflow_ids = [fresh("order") for _ in range(3)]
    for workflow_id in workflow_ids:
        server.seed(family(workflow_id, WorkflowState.PENDING))
    running = finish(server, start(server, workflow_ids=named(*workflow_ids), delete=bulk.BulkDelete()))
    assert {item.error_reason for item in items_of(server, running)} == {"WORKFLOW_NOT_TERMINAL"}
    forced = bulk.BulkDelete(cascade=True, force=True)
    operation = finish(server, start(server, workflow_ids=named(*workflow_ids), delete=forced))
    assert operation.applied_count == 3
    # Forks of it stay.
    assert not [each for each in statuses(server) if each.startswith(tuple(workflow_ids)) and "fork" not in each]


def test_a_filter_finds_all_and_in_the_order_of_creation(server: RunningServer) -> None:
    workflow_ids = seed(server, 2500)
    seed(server, 5, WorkflowState.CANCELLED)
    operation = finish(server, start(server, filter=ORDERS))
    assert (operation.found_count, operation.applied_count, operation.selection_complete) == (2500, 2500, True)
    assert operation.filter == ORDERS
    assert operation.HasField("cancel")
    request = bulk.ListBulkOperationItemsRequest(operation_id=operation.operation_id, page_size=1000)
    page = server.call(request).read(bulk.ListBulkOperationItemsResponse)
    assert [item.workflow_id for item in page.items] == workflow_ids[:1000]


def test_an_operation_does_not_chase_what_it_makes(newest_server: RunningServer) -> None:
    seed(newest_server, 20)
    restart = bulk.BulkRestart(queue_name="orders")
    operation = finish(newest_server, start(newest_server, filter=ORDERS, restart=restart))
    assert operation.found_count == 20
    assert len(statuses(newest_server)) == 40


def test_at_most_so_many(newest_server: RunningServer) -> None:
    workflow_ids = seed(newest_server, 30)
    operation = finish(newest_server, start(newest_server, filter=ORDERS, max_workflows=7))
    assert (operation.found_count, operation.applied_count, operation.max_workflows) == (7, 7, 7)
    cancelled = {each for each, status in statuses(newest_server).items() if status == "CANCELLED"}
    assert cancelled == set(workflow_ids[:7])


def test_ids_beyond_the_limit_are_refused(newest_server: RunningServer) -> None:
    refusal = call_start(newest_server, workflow_ids=named("a", "b"), max_workflows=1).refused("INVALID_REQUEST")
    assert refusal.fields == ["max_workflows"]


@pytest.mark.parametrize(
    "empty",
    [
        WorkflowFilter(),
        WorkflowFilter(queued_only=False),
        WorkflowFilter(attributes=Struct()),
        WorkflowFilter(created=TimeRange()),
    ],
    ids=["nothing", "false", "no attributes", "no bounds"],
)
def test_an_empty_filter_is_refused(newest_server: RunningServer, empty: WorkflowFilter) -> None:
    assert call_start(newest_server, filter=empty).refused("INVALID_REQUEST").fields == ["filter"]


def test_a_filter_that_the_schema_cannot_do_is_refused(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(OLDEST, bulk_operations=2)
    for validate_only in (False, True):
        chosen = WorkflowFilter(application_names=["shop"])
        refusal = call_start(server, filter=chosen, validate_only=validate_only).refused("SCHEMA_CAPABILITY_MISSING")
        assert refusal.metadata["capability"] == "application_name"
    assert server.execute("SELECT 1 FROM workflow_control.bulk_operation") == []


def test_a_preview_shows_which(newest_server: RunningServer) -> None:
    workflow_ids = seed(newest_server, 120)
    reply = call_start(newest_server, filter=ORDERS, validate_only=True)
    preview = reply.read(bulk.StartBulkOperationResponse).preview
    assert (preview.workflow_count, preview.count_complete) == (120, True)
    assert [each.workflow_id for each in preview.sample] == workflow_ids[:100]
    assert all(each.state and not each.HasField("attributes") for each in preview.sample)
    ids = named(workflow_ids[3], "nobody")
    preview = (
        call_start(newest_server, workflow_ids=ids, validate_only=True).read(bulk.StartBulkOperationResponse).preview
    )
    assert [each.workflow_id for each in preview.sample] == [workflow_ids[3]]
    assert "CANCELLED" not in statuses(newest_server).values()


def test_a_preview_does_not_count_for_ever(newest_server: RunningServer) -> None:
    newest_server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, queue_name)"
        " SELECT 'many-' || n, 'ENQUEUED', 'orders' FROM generate_series(1, 10001) AS n"
    )
    reply = call_start(newest_server, filter=ORDERS, validate_only=True)
    preview = reply.read(bulk.StartBulkOperationResponse).preview
    assert (preview.workflow_count, preview.count_complete, len(preview.sample)) == (10_000, False, 100)


def change(server: RunningServer, request: type[Message], operation: bulk.BulkOperation) -> Reply:
    message = request(request_key=fresh("key"), operation_id=operation.operation_id)
    return server.call(message)


def settled(operation: bulk.BulkOperation) -> int:
    return operation.applied_count + operation.unchanged_count + operation.failed_count


def test_a_pause_holds_when_it_has_answered_and_goes_on_where_it_was(newest_server: RunningServer) -> None:
    seed(newest_server, 60)
    operation = start(newest_server, filter=ORDERS, max_per_second=40)
    eventually(lambda: settled(get(newest_server, operation.operation_id)) >= 5, PATIENCE_S)

    response = change(newest_server, bulk.PauseBulkOperationRequest, operation).read(bulk.PauseBulkOperationResponse)
    assert response.outcome == bulk.PauseBulkOperationResponse.OUTCOME_PAUSED
    paused = get(newest_server, operation.operation_id)
    assert paused == response.bulk_operation
    assert paused.state == PAUSED
    cancelled = list(statuses(newest_server).values()).count("CANCELLED")
    assert cancelled == settled(paused) < 60
    # Long enough for several batches, and for a runner to look for work.
    time.sleep(2.5)
    assert get(newest_server, operation.operation_id) == paused

    again = change(newest_server, bulk.PauseBulkOperationRequest, operation).read(bulk.PauseBulkOperationResponse)
    assert again.outcome == bulk.PauseBulkOperationResponse.OUTCOME_ALREADY_PAUSED
    resumed = change(newest_server, bulk.ContinueBulkOperationRequest, operation)
    outcome = resumed.read(bulk.ContinueBulkOperationResponse).outcome
    assert outcome == bulk.ContinueBulkOperationResponse.OUTCOME_CONTINUED
    assert finish(newest_server, operation).applied_count == 60


def test_a_stop_is_for_good(newest_server: RunningServer) -> None:
    seed(newest_server, 60)
    operation = start(newest_server, filter=ORDERS, max_per_second=20)
    eventually(lambda: settled(get(newest_server, operation.operation_id)) >= 3, PATIENCE_S)

    response = change(newest_server, bulk.StopBulkOperationRequest, operation).read(bulk.StopBulkOperationResponse)
    assert response.outcome == bulk.StopBulkOperationResponse.OUTCOME_STOPPED
    stopped = response.bulk_operation
    assert stopped.state == STOPPED
    assert stopped.HasField("end_time")
    assert list(statuses(newest_server).values()).count("CANCELLED") == settled(stopped) < 60
    time.sleep(1.5)
    assert get(newest_server, operation.operation_id) == stopped
    assert len(items_of(newest_server, operation, PENDING)) == stopped.found_count - settled(stopped)

    for request in (bulk.PauseBulkOperationRequest, bulk.ContinueBulkOperationRequest):
        refusal = change(newest_server, request, operation).refused("BULK_OPERATION_ENDED")
        assert refusal.metadata == {"operation_id": operation.operation_id, "state": "STOPPED"}
    again = change(newest_server, bulk.StopBulkOperationRequest, operation).read(bulk.StopBulkOperationResponse)
    assert again.outcome == bulk.StopBulkOperationResponse.OUTCOME_ALREADY_ENDED


def test_no_more_per_second_than_was_said(newest_server: RunningServer) -> None:
    workflow_ids = seed(newest_server, 12)
    operation = finish(newest_server, start(newest_server, workflow_ids=named(*workflow_ids), max_per_second=5))
    times = [item.settle_time.ToDatetime() for item in items_of(newest_server, operation)]
    # The clock is that of the commits: one may be late, and the next on time.
    late = timedelta(seconds=0.5)
    assert sorted(times)[-1] - sorted(times)[0] >= timedelta(seconds=11 / 5) - late
    assert most_within(times, timedelta(seconds=1) - late / 2) <= 5 + 1


def most_within(times: list[datetime], span: timedelta) -> int:
    return max(sum(begin <= each < begin + span for each in times) for begin in times)


def test_a_workflow_that_others_lock_is_tried_again_and_delays_no_other(newest_server: RunningServer) -> None:
    workflow_ids = seed(newest_server, 10)
    with psycopg.connect(newest_server.database_url) as holder:
        holder.execute("SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid = %s FOR UPDATE", [workflow_ids[4]])
        operation = start(newest_server, filter=ORDERS)
        eventually(lambda: settled(get(newest_server, operation.operation_id)) == 9, PATIENCE_S)
        [left] = items_of(newest_server, operation, PENDING)
        assert left.workflow_id == workflow_ids[4]
        holder.rollback()
    assert finish(newest_server, operation).applied_count == 10


def test_items_are_listed_by_outcome_and_page_by_page(newest_server: RunningServer) -> None:
    workflow_ids = seed(newest_server, 5)
    missing = [fresh("missing") for _ in range(5)]
    mixed = [each for pair in zip(workflow_ids, missing, strict=True) for each in pair]
    operation = finish(newest_server, start(newest_server, workflow_ids=named(*mixed)))
    assert [item.workflow_id for item in items_of(newest_server, operation)] == mixed
    assert [item.workflow_id for item in items_of(newest_server, operation, FAILED)] == missing
    assert [item.workflow_id for item in items_of(newest_server, operation, APPLIED)] == workflow_ids
    assert items_of(newest_server, operation, PENDING) == []
    failed = items_of(newest_server, operation, FAILED)[0]
    assert failed.error_message == f"There is no workflow {missing[0]!r}."
    assert failed.HasField("settle_time")


def test_operations_are_listed_the_newest_first(newest_server: RunningServer) -> None:
    operations = [start(newest_server, workflow_ids=named("nobody")) for _ in range(5)]
    for operation in operations:
        finish(newest_server, operation)

    def listed(**fields: object) -> list[str]:
        found, token = [], ""
        while True:
            request = bulk.ListBulkOperationsRequest(page_size=2, page_token=token, **fields)  # type: ignore[arg-type]  # Typed by name only.
            page = newest_server.call(request).read(bulk.ListBulkOperationsResponse)
            found += [each.operation_id for each in page.bulk_operations]
            token = page.next_page_token
            if not token:
                return found

    expected = [operation.operation_id for operation in reversed(operations)]
    assert listed() == listed(states=[COMPLETED]) == expected
    assert listed(states=[RUNNING, PAUSED, STOPPED]) == []


def test_the_journal_is_not_flooded(newest_server: RunningServer) -> None:
    workflow_ids = seed(newest_server, 20)
    operation = finish(newest_server, start(newest_server, filter=ORDERS, reason="It is late."))
    journal = newest_server.call(ListRequestsRequest()).read(ListRequestsResponse).requests
    assert [each.action for each in journal] == ["StartBulkOperation"]
    of_one = newest_server.call(ListRequestsRequest(workflow_id=workflow_ids[3])).read(ListRequestsResponse).requests
    assert [(each.action, each.bulk_operation_id, each.reason) for each in of_one] == [
        ("CancelWorkflow", operation.operation_id, "It is late.")
    ]
    newest_server.call(GetRequestRequest(request_key=workflow_ids[3])).refused("REQUEST_NOT_FOUND")


def test_another_scope_knows_nothing_of_it(newest_server: RunningServer, start_rpc_server: StartRpcServer) -> None:
    operation = finish(newest_server, start(newest_server, workflow_ids=named("nobody")))
    other = start_rpc_server(database_url=newest_server.database_url, scope="other")
    requests: list[Callable[[], Reply]] = [
        lambda: other.call(bulk.GetBulkOperationRequest(operation_id=operation.operation_id)),
        lambda: other.call(bulk.ListBulkOperationItemsRequest(operation_id=operation.operation_id)),
        lambda: change(other, bulk.StopBulkOperationRequest, operation),
    ]
    for ask in requests:
        ask().refused("BULK_OPERATION_NOT_FOUND")
    assert not other.call(bulk.ListBulkOperationsRequest()).read(bulk.ListBulkOperationsResponse).bulk_operations


def test_a_process_that_is_to_do_none_does_none(start_rpc_server: StartRpcServer) -> None:
    idle = start_rpc_server()
    seed(idle, 3)
    operation = start(idle, filter=ORDERS)
    time.sleep(1.5)
    assert get(idle, operation.operation_id).found_count == 0
    start_rpc_server(database_url=idle.database_url, bulk_operations=1)
    assert finish(idle, operation).applied_count == 3


def test_what_a_worker_has_taken_since_it_was_found_is_cancelled_too(newest_server: RunningServer) -> None:
    """The filter chooses; the state machine decides."""
    [workflow_id] = seed(newest_server, 1)
    chosen = WorkflowFilter(queue_names=["orders"], states=[WORKFLOW_STATE_PENDING])
    assert finish(newest_server, start(newest_server, filter=chosen)).found_count == 0
    newest_server.execute("UPDATE dbos.workflow_status SET status = 'PENDING' WHERE workflow_uuid = %s", workflow_id)
    assert finish(newest_server, start(newest_server, filter=chosen)).applied_count == 1
