"""Every error reason of the contract, provoked on the real server. `read_refusal` checks each against the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import grpc
import psycopg
import pytest
from google.protobuf.duration_pb2 import Duration
from google.rpc.error_details_pb2 import PreconditionFailure, ResourceInfo, RetryInfo

from tests.differential.seeds import Rows, workflow
from tests.fixtures.control import expire
from tests.fixtures.dbos_releases import OLDEST
from tests.fixtures.eventually import eventually
from tests.fixtures.rpc_errors import Refusal, documented_reasons
from tests.fixtures.rpc_server import Reply, RunningServer, StartRpcServer, fresh, wait_until_blocked
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.bulk_control_pb2 import (
    BulkCancel,
    BulkWorkflowIds,
    GetBulkOperationRequest,
    PauseBulkOperationRequest,
    StartBulkOperationRequest,
    StartBulkOperationResponse,
    StopBulkOperationRequest,
    StopBulkOperationResponse,
)
from workflowcontrol.v1.queue_control_pb2 import (
    DeleteQueueRequest,
    GetLatestApplicationVersionRequest,
    GetQueueRequest,
    RegisterQueueRequest,
    SetLatestApplicationVersionRequest,
)
from workflowcontrol.v1.schedule_control_pb2 import (
    BackfillScheduleRequest,
    CreateScheduleRequest,
    DeleteScheduleRequest,
    GetScheduleRequest,
    NewSchedule,
    TriggerScheduleRequest,
)
from workflowcontrol.v1.server_control_pb2 import GetRequestRequest, ListRequestsRequest
from workflowcontrol.v1.types_pb2 import WorkflowFilter
from workflowcontrol.v1.workflow_changes_pb2 import (
    DeleteWorkflowRequest,
    SetWorkflowDelayRequest,
    SetWorkflowPriorityRequest,
)
from workflowcontrol.v1.workflow_control_pb2 import (
    CancelWorkflowRequest,
    CancelWorkflowResponse,
    ForkWorkflowRequest,
    GetWorkflowRequest,
    ListWorkflowsRequest,
    ResumeWorkflowRequest,
)
from workflowcontrol.v1.workflow_events_pb2 import GetEventRequest
from workflowcontrol.v1.workflow_start_pb2 import NewWorkflow, StartWorkflowRequest, StartWorkflowResponse

PICKLED_NONE = "gAROLg=="
START_BULK = StartBulkOperationRequest(
    request_key="bulk", cancel=BulkCancel(), workflow_ids=BulkWorkflowIds(workflow_ids=["order-1"])
)
Provoke = Callable[[StartRpcServer], Refusal]


def cancel(workflow_id: str, key: str = "") -> CancelWorkflowRequest:
    return CancelWorkflowRequest(request_key=key or fresh("key"), workflow_id=workflow_id)


def seeded(server: RunningServer) -> str:
    """Returns the id of a new PENDING workflow."""
    workflow_id = fresh("order")
    server.seed(workflow(workflow_id, WorkflowState.PENDING))
    return workflow_id


def started_bulk_operation(server: RunningServer) -> str:
    """Returns the id of the operation that `START_BULK` starts."""
    response = server.call(START_BULK).read(StartBulkOperationResponse)
    return response.bulk_operation.operation_id


@contextmanager
def locked(server: RunningServer, *workflow_ids: str) -> Iterator[psycopg.Connection[Any]]:
    """Holds the rows as a worker's transaction does."""
    with psycopg.connect(server.database_url) as holder:
        holder.execute(
            "SELECT 1 FROM dbos.workflow_status WHERE workflow_uuid = ANY (%s) FOR UPDATE", [list(workflow_ids)]
        )
        yield holder
        holder.rollback()


def invalid_request(start: StartRpcServer) -> Refusal:
    refusal = start().call(CancelWorkflowRequest(workflow_id=" ")).refused("INVALID_REQUEST")
    assert refusal.fields == ["request_key", "workflow_id"]
    assert refusal.metadata == {"fields": "request_key,workflow_id"}
    return refusal


def workflow_not_found(start: StartRpcServer) -> Refusal:
    server = start()
    for request in (GetWorkflowRequest(workflow_id="missing"), cancel("missing")):
        refusal = server.call(request).refused("WORKFLOW_NOT_FOUND")
        resource = refusal.detail(ResourceInfo)
        assert (resource.resource_type, resource.resource_name) == ("workflowcontrol.v1.Workflow", "missing")
    return refusal


def workflow_exists(start: StartRpcServer) -> Refusal:
    server = start()
    source, taken = seeded(server), seeded(server)
    request = ForkWorkflowRequest(request_key="key", workflow_id=source, new_workflow_id=taken)
    refusal = server.call(request).refused("WORKFLOW_EXISTS")
    assert refusal.detail(ResourceInfo).resource_name == taken
    assert refusal.metadata == {"workflow_id": taken}
    return refusal


def step_not_found(start: StartRpcServer) -> Refusal:
    server = start()
    source = seeded(server)
    request = ForkWorkflowRequest(request_key="key", workflow_id=source, from_step_name="pack")
    refusal = server.call(request).refused("STEP_NOT_FOUND")
    assert refusal.detail(ResourceInfo).resource_name == "pack"
    assert refusal.metadata == {"workflow_id": source, "step_name": "pack"}
    return refusal


def deduplicated(start: StartRpcServer) -> Refusal:
    server = start()
    new = NewWorkflow(workflow_name="process_order", queue_name="orders", deduplication_id="customer-3")
    holder = server.call(StartWorkflowRequest(request_key="key-1", workflow=new)).read(StartWorkflowResponse).workflow
    refusal = server.call(StartWorkflowRequest(request_key="key-2", workflow=new)).refused("DEDUPLICATED")
    assert refusal.detail(ResourceInfo).resource_name == holder.workflow_id
    assert refusal.metadata["holder_workflow_id"] == holder.workflow_id
    return refusal


def queue_partition_key_required(start: StartRpcServer) -> Refusal:
    server = start()
    server.execute("INSERT INTO dbos.queues (name, partition_queue) VALUES ('orders', TRUE)")
    new = NewWorkflow(workflow_name="process_order", queue_name="orders")
    refusal = server.call(StartWorkflowRequest(request_key="key", workflow=new)).refused("QUEUE_PARTITION_KEY_REQUIRED")
    [violation] = refusal.detail(PreconditionFailure).violations
    assert violation.subject == "orders"
    return refusal


def workflow_not_terminal(start: StartRpcServer) -> Refusal:
    server = start()
    workflow_id = seeded(server)
    child_id = f"{workflow_id}/child"
    server.seed(workflow(child_id, WorkflowState.ENQUEUED, parent_workflow_id=workflow_id))
    request = DeleteWorkflowRequest(request_key="key-1", workflow_id=workflow_id)
    assert_wrong_state(server.call(request).refused("WORKFLOW_NOT_TERMINAL"), workflow_id, "PENDING")
    server.call(cancel(workflow_id)).read(CancelWorkflowResponse)
    request = DeleteWorkflowRequest(request_key="key-2", workflow_id=workflow_id, cascade=True)
    refusal = server.call(request).refused("WORKFLOW_NOT_TERMINAL")
    assert_wrong_state(refusal, child_id, "ENQUEUED")
    return refusal


def workflow_not_delayed(start: StartRpcServer) -> Refusal:
    server = start()
    workflow_id = seeded(server)
    request = SetWorkflowDelayRequest(request_key="key", workflow_id=workflow_id, delay=Duration(seconds=1))
    refusal = server.call(request).refused("WORKFLOW_NOT_DELAYED")
    assert_wrong_state(refusal, workflow_id, "PENDING")
    return refusal


def workflow_not_queued(start: StartRpcServer) -> Refusal:
    server = start()
    workflow_id = seeded(server)
    request = SetWorkflowPriorityRequest(request_key="key", workflow_id=workflow_id, priority=1)
    refusal = server.call(request).refused("WORKFLOW_NOT_QUEUED")
    assert_wrong_state(refusal, workflow_id, "PENDING")
    return refusal


def assert_wrong_state(refusal: Refusal, workflow_id: str, state: str) -> None:
    assert refusal.metadata == {"workflow_id": workflow_id, "state": state}
    [violation] = refusal.detail(PreconditionFailure).violations
    assert violation.subject == workflow_id


def request_not_found(start: StartRpcServer) -> Refusal:
    refusal = start().call(GetRequestRequest(request_key="unused")).refused("REQUEST_NOT_FOUND")
    assert refusal.detail(ResourceInfo).resource_name == "unused"
    return refusal


def event_not_found(start: StartRpcServer) -> Refusal:
    server = start()
    workflow_id = seeded(server)
    refusal = server.call(GetEventRequest(workflow_id=workflow_id, key="progress")).refused("EVENT_NOT_FOUND")
    assert refusal.detail(ResourceInfo).resource_name == "progress"
    assert refusal.metadata == {"workflow_id": workflow_id, "key": "progress"}
    return refusal


def schema_capability_missing(start: StartRpcServer) -> Refusal:
    request = ListWorkflowsRequest(filter=WorkflowFilter(application_names=["shop"]))
    refusal = start(OLDEST).call(request).refused("SCHEMA_CAPABILITY_MISSING")
    assert refusal.metadata == {"capability": "application_name", "first_release": "2.30.0"}
    [violation] = refusal.detail(PreconditionFailure).violations
    assert violation.subject == "application_name"
    return refusal


def request_key_reused(start: StartRpcServer) -> Refusal:
    server = start()
    first, second = seeded(server), seeded(server)
    server.call(cancel(first, "key")).read(CancelWorkflowResponse)
    refusal = server.call(cancel(second, "key")).refused("REQUEST_KEY_REUSED")
    resume = ResumeWorkflowRequest(request_key="key", workflow_id=first)
    assert server.call(resume).refused("REQUEST_KEY_REUSED").metadata == refusal.metadata
    return refusal


def request_key_parameters_differ(start: StartRpcServer) -> Refusal:
    server = start()
    workflow_id = seeded(server)
    server.call(cancel(workflow_id, "key")).read(CancelWorkflowResponse)
    request = CancelWorkflowRequest(request_key="key", workflow_id=workflow_id, cascade=True)
    return server.call(request).refused("REQUEST_KEY_PARAMETERS_DIFFER")


def request_previously_failed(start: StartRpcServer) -> Refusal:
    server = start()
    server.call(cancel("missing", "key")).refused("WORKFLOW_NOT_FOUND")
    return server.call(cancel("missing", "key")).refused("REQUEST_PREVIOUSLY_FAILED")


def request_in_progress(start: StartRpcServer) -> Refusal:
    # The twin runs in another process, whose transaction has claimed the key and is not done.
    server = start(lock_timeout_ms=100)
    workflow_id = seeded(server)
    with psycopg.connect(server.database_url) as twin:
        twin.execute(
            "INSERT INTO workflow_control.request (scope, request_key, action, workflow_id, fingerprint,"
            " fingerprint_version, execution_id, actor, reason, created_at, expires_at) VALUES ('default', 'key',"
            " 'CancelWorkflow', %s, sha256(''), 1, gen_random_uuid(), '', '', now(), now() + interval '1 day')",
            [workflow_id],
        )
        refusal = server.call(cancel(workflow_id, "key")).refused("REQUEST_IN_PROGRESS")
        twin.rollback()
    assert_pushed_back(refusal)
    assert server.call(cancel(workflow_id, "key")).code is grpc.StatusCode.OK
    return refusal


def request_in_progress_here(start: StartRpcServer) -> Refusal:
    # The twin runs in this process, and the second call may not wait as long as it does.
    server = start(lock_timeout_ms=4000)
    workflow_id = seeded(server)
    with locked(server, workflow_id) as holder:
        twin = server.start_call(cancel(workflow_id, "key"))
        wait_until_blocked(server, holder)
        refusal = server.call(cancel(workflow_id, "key"), timeout_s=1).refused("REQUEST_IN_PROGRESS")
    twin().read(CancelWorkflowResponse)
    assert_pushed_back(refusal)
    return refusal


def workflow_locked(start: StartRpcServer) -> Refusal:
    server = start(lock_timeout_ms=100)
    workflow_id = seeded(server)
    with locked(server, workflow_id):
        refusal = server.call(cancel(workflow_id, "key")).refused("WORKFLOW_LOCKED")
    assert_pushed_back(refusal)
    assert server.call(cancel(workflow_id, "key")).code is grpc.StatusCode.OK
    return refusal


def overloaded(start: StartRpcServer) -> Refusal:
    server = start(mutation_connections=1, max_queued_mutations=1)
    running, *waiting = (seeded(server) for _ in range(3))
    with locked(server, running) as holder:
        calls = [server.start_call(cancel(running))]
        wait_until_blocked(server, holder)
        calls += [server.start_call(cancel(workflow_id)) for workflow_id in waiting]
        # One of the two waits, the other finds no place; it is the first to be answered.
        eventually(lambda: any(event.get("reason") == "OVERLOADED" for event in server.log))
    replies = [call() for call in calls]
    [refused] = [reply for reply in replies if reply.refusal is not None]
    refusal = refused.refused("OVERLOADED")
    assert refusal.metadata == {"limit": "1"}
    assert_pushed_back(refusal)
    return refusal


def database_unavailable(start: StartRpcServer) -> Refusal:
    server = start(pool_timeout_ms=200)
    workflow_id = seeded(server)
    with psycopg.connect(_postgres_database(server), autocommit=True) as connection:
        name = urlsplit(server.database_url).path.removeprefix("/")
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        reads = (GetWorkflowRequest(workflow_id=workflow_id), ListWorkflowsRequest(), ListRequestsRequest())
        refusals = [server.call(request).refused("DATABASE_UNAVAILABLE") for request in (*reads, cancel(workflow_id))]
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
    for refusal in refusals:
        assert refusal.detail(RetryInfo).retry_delay.ToMilliseconds() > 0
        assert refusal.metadata == {}
    return refusals[-1]


def outcome_unknown(start: StartRpcServer) -> Refusal:
    server = start()
    workflow_id = seeded(server)
    # Each COMMIT of ours loses its connection, so that nobody hears what became of it.
    server.execute(
        "CREATE FUNCTION lose_connection() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'"
    )
    server.execute(
        "CREATE CONSTRAINT TRIGGER lose_connection AFTER INSERT ON workflow_control.request"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lose_connection()"
    )
    refusal = server.call(cancel(workflow_id, "key"), timeout_s=2).refused("OUTCOME_UNKNOWN")
    assert refusal.metadata == {"request_key": "key"}
    server.execute("DROP TRIGGER lose_connection ON workflow_control.request")
    # What the contract says to do: repeat it with the same key.
    eventually(lambda: server.call(cancel(workflow_id, "key")).code is grpc.StatusCode.OK)
    return refusal


def deadline_exceeded(start: StartRpcServer) -> Refusal:
    server = start(max_deadline="500ms", lock_timeout_ms=4000)
    workflow_id = seeded(server)
    with locked(server, workflow_id):
        capped = server.call(cancel(workflow_id, "key")).refused("DEADLINE_EXCEEDED")
        # The caller's own deadline, told by the server while there is time.
        asked = server.call(cancel(workflow_id, "key"), timeout_s=0.4).refused("DEADLINE_EXCEEDED")
    assert asked.metadata == capped.metadata == {}
    eventually(lambda: server.call(cancel(workflow_id, "key")).code is grpc.StatusCode.OK)
    return asked


def response_too_large(start: StartRpcServer) -> Refusal:
    server = start(max_response_bytes=2 * 1024 * 1024)
    server.seed(workflow("large", WorkflowState.PENDING))
    server.execute("UPDATE dbos.workflow_input SET inputs = repeat('x', 3000000)")
    refusal = server.call(GetWorkflowRequest(workflow_id="large")).refused("RESPONSE_TOO_LARGE")
    assert refusal.metadata["workflow_id"] == "large"
    assert refusal.metadata["limit"] == str(2 * 1024 * 1024)
    assert int(refusal.metadata["bytes"]) > 3_000_000
    assert "BASIC" in refusal.message
    return refusal


def shutting_down(start: StartRpcServer) -> Refusal:
    server = start()
    workflow_id = seeded(server)
    # A drain closes its connections a moment later, in which no test can be sure to call.
    server.rpc._admission.close()
    server.call(GetWorkflowRequest(workflow_id=workflow_id)).refused("SHUTTING_DOWN")
    refusal = server.call(cancel(workflow_id)).refused("SHUTTING_DOWN")
    assert refusal.detail(RetryInfo).retry_delay.ToMilliseconds() > 0
    return refusal


def internal(start: StartRpcServer) -> Refusal:
    server = start()
    workflow_id = seeded(server)
    server.execute(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'a secret of the database' USING ERRCODE = 'XX000'; END $$"
    )
    server.execute("CREATE TRIGGER fail BEFORE UPDATE ON dbos.workflow_status FOR EACH ROW EXECUTE FUNCTION fail()")
    refusal = server.call(cancel(workflow_id, "key")).refused("INTERNAL")
    error_id = refusal.metadata["error_id"]
    assert refusal.message == f"Internal error {error_id}."
    assert "secret" not in str(refusal)
    [logged] = [event for event in server.log if event["event"] == "internal error"]
    assert logged["error_id"] == error_id
    assert "a secret of the database" in logged["exception"]
    server.execute("DROP TRIGGER fail ON dbos.workflow_status")
    assert server.call(cancel(workflow_id, "key")).code is grpc.StatusCode.OK
    return refusal


def register_queue(server: RunningServer, application_name: str) -> Reply:
    request = RegisterQueueRequest(request_key=fresh("key"), queue_name="packing", application_name=application_name)
    return server.call(request)


def queue_not_found(start: StartRpcServer) -> Refusal:
    server = start()
    for request in (GetQueueRequest(queue_name="none"), DeleteQueueRequest(request_key="key", queue_name="none")):
        refusal = server.call(request).refused("QUEUE_NOT_FOUND")
        resource = refusal.detail(ResourceInfo)
        assert (resource.resource_type, resource.resource_name) == ("workflowcontrol.v1.Queue", "none")
        assert refusal.metadata == {"queue_name": "none"}
    return refusal


def application_version_not_found(start: StartRpcServer) -> Refusal:
    server = start()
    latest = server.call(GetLatestApplicationVersionRequest()).refused("APPLICATION_VERSION_NOT_FOUND")
    assert latest.metadata == {"application_version": ""}
    request = SetLatestApplicationVersionRequest(request_key="key", application_version="v7")
    refusal = server.call(request).refused("APPLICATION_VERSION_NOT_FOUND")
    resource = refusal.detail(ResourceInfo)
    assert (resource.resource_type, resource.resource_name) == ("workflowcontrol.v1.ApplicationVersion", "v7")
    return refusal


def owned_by_another_application(start: StartRpcServer) -> Refusal:
    server = start()
    assert register_queue(server, "shop").code is grpc.StatusCode.OK
    refusal = register_queue(server, "bank").refused("OWNED_BY_ANOTHER_APPLICATION")
    assert refusal.metadata == {"kind": "queue", "name": "packing", "application_name": "shop"}
    [violation] = refusal.detail(PreconditionFailure).violations
    assert (violation.type, violation.subject) == ("OWNER", "packing")
    return refusal


def seed_schedule(server: RunningServer, **columns: object) -> None:
    rows = Rows()
    definition = {"workflow_name": "report", "schedule": "* * * * * *", "cron_timezone": "Europe/Paris"}
    rows.add("workflow_schedules", schedule_id="id", schedule_name="nightly", **{**definition, **columns})
    server.seed(rows)


def backfill(server: RunningServer, start: str, end: str) -> Reply:
    request = BackfillScheduleRequest(request_key=fresh("key"), schedule_name="nightly")
    request.start_time.FromJsonString(start)
    request.end_time.FromJsonString(end)
    return server.call(request)


def assert_precondition(refusal: Refusal, kind: str, subject: str = "nightly") -> Refusal:
    [violation] = refusal.detail(PreconditionFailure).violations
    assert (violation.type, violation.subject, violation.description) == (kind, subject, refusal.message)
    return refusal


def schedule_not_found(start: StartRpcServer) -> Refusal:
    server = start()
    for request in (
        GetScheduleRequest(schedule_name="none"),
        DeleteScheduleRequest(request_key="key", schedule_name="none"),
    ):
        refusal = server.call(request).refused("SCHEDULE_NOT_FOUND")
        resource = refusal.detail(ResourceInfo)
        assert (resource.resource_type, resource.resource_name) == ("workflowcontrol.v1.Schedule", "none")
    return refusal


def schedule_exists(start: StartRpcServer) -> Refusal:
    server = start()
    seed_schedule(server, context=PICKLED_NONE)
    new = NewSchedule(schedule_name="nightly", workflow_name="report", cron="0 0 12 * * *")
    refusal = server.call(CreateScheduleRequest(request_key="key", schedule=new)).refused("SCHEDULE_EXISTS")
    assert refusal.detail(ResourceInfo).resource_name == "nightly"
    return refusal


def schedule_runtime_unknown(start: StartRpcServer) -> Refusal:
    server = start()
    new = NewSchedule(schedule_name="nightly", workflow_name="report", cron="0 0 12 * * *")
    request = CreateScheduleRequest(request_key="key", schedule=new)
    return assert_precondition(server.call(request).refused("SCHEDULE_RUNTIME_UNKNOWN"), "RUNTIME")


def schedule_context_private(start: StartRpcServer) -> Refusal:
    server = start()
    # A pickled class.
    seed_schedule(server, context="gASVFgAAAAAAAACMCGJ1aWx0aW5zlIwFc2xpY2WUk5Qu")
    server.execute("INSERT INTO dbos.application_versions (version_id, version_name) VALUES ('id', 'v1')")
    reply = server.call(TriggerScheduleRequest(request_key="key", schedule_name="nightly"))
    return assert_precondition(reply.refused("SCHEDULE_CONTEXT_PRIVATE"), "CONTEXT")


def schedule_times_uncertain(start: StartRpcServer) -> Refusal:
    server = start()
    seed_schedule(server, context=PICKLED_NONE)
    reply = backfill(server, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z")
    return assert_precondition(reply.refused("SCHEDULE_TIMES_UNCERTAIN"), "TIMES")


def backfill_too_large(start: StartRpcServer) -> Refusal:
    server = start()
    seed_schedule(server, context=PICKLED_NONE)
    reply = backfill(server, "2026-01-29T00:00:00Z", "2026-01-29T12:00:00Z")
    return assert_precondition(reply.refused("BACKFILL_TOO_LARGE"), "RUNS")


def bulk_operation_not_found(start: StartRpcServer) -> Refusal:
    server = start()
    for request in (
        GetBulkOperationRequest(operation_id="none"),
        StopBulkOperationRequest(request_key="key", operation_id="none"),
    ):
        refusal = server.call(request).refused("BULK_OPERATION_NOT_FOUND")
        resource = refusal.detail(ResourceInfo)
        assert (resource.resource_type, resource.resource_name) == ("workflowcontrol.v1.BulkOperation", "none")
    return refusal


def bulk_operation_exists(start: StartRpcServer) -> Refusal:
    server = start()
    first = started_bulk_operation(server)
    expire(server.database_url, "bulk")
    refusal = server.call(START_BULK).refused("BULK_OPERATION_EXISTS")
    assert refusal.detail(ResourceInfo).resource_name == refusal.metadata["operation_id"] == first
    return refusal


def bulk_operation_ended(start: StartRpcServer) -> Refusal:
    server = start()
    operation_id = started_bulk_operation(server)
    server.call(StopBulkOperationRequest(request_key="stop", operation_id=operation_id)).read(StopBulkOperationResponse)
    reply = server.call(PauseBulkOperationRequest(request_key="pause", operation_id=operation_id))
    return assert_precondition(reply.refused("BULK_OPERATION_ENDED"), "BULK_OPERATION_STATE", operation_id)


PROVOCATIONS: tuple[Provoke, ...] = (
    invalid_request,
    workflow_not_found,
    workflow_exists,
    step_not_found,
    deduplicated,
    queue_partition_key_required,
    workflow_not_terminal,
    workflow_not_delayed,
    workflow_not_queued,
    queue_not_found,
    application_version_not_found,
    owned_by_another_application,
    schedule_not_found,
    schedule_exists,
    schedule_runtime_unknown,
    schedule_context_private,
    schedule_times_uncertain,
    backfill_too_large,
    bulk_operation_not_found,
    bulk_operation_exists,
    bulk_operation_ended,
    request_not_found,
    event_not_found,
    schema_capability_missing,
    request_key_reused,
    request_key_parameters_differ,
    request_previously_failed,
    request_in_progress,
    request_in_progress_here,
    workflow_locked,
    overloaded,
    database_unavailable,
    outcome_unknown,
    deadline_exceeded,
    response_too_large,
    shutting_down,
    internal,
)


def assert_pushed_back(refusal: Refusal) -> None:
    """Asserts that gRPC's own retry and a client that reads RetryInfo wait equally long."""
    delay = refusal.detail(RetryInfo).retry_delay.ToMilliseconds()
    assert delay > 0
    assert refusal.trailers["grpc-retry-pushback-ms"] == str(delay)


def _postgres_database(server: RunningServer) -> str:
    return urlunsplit(urlsplit(server.database_url)._replace(path="/postgres"))


def test_every_reason_is_provoked() -> None:
    names = {provoke.__name__.removesuffix("_here").upper() for provoke in PROVOCATIONS}
    assert names == documented_reasons().keys()


@pytest.mark.parametrize("provoke", PROVOCATIONS, ids=lambda provoke: provoke.__name__)
def test_the_reason_is_as_documented(provoke: Provoke, start_rpc_server: StartRpcServer) -> None:
    refusal = provoke(start_rpc_server)
    assert refusal.reason == provoke.__name__.removesuffix("_here").upper()
