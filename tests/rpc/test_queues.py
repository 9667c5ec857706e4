"""Queues: what is registered of them, who owns them, and how deep they are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from google.protobuf.duration_pb2 import Duration

from tests.differential.seeds import SEED_TIME_MS, Rows, workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import Reply, RunningServer, StartRpcServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.queue_control_pb2 import (
    DeleteQueueRequest,
    DeleteQueueResponse,
    GetQueueRequest,
    GetQueueResponse,
    ListQueuesRequest,
    ListQueuesResponse,
    Queue,
    RateLimit,
    RegisterQueueRequest,
    RegisterQueueResponse,
)

NEVER_UPDATE = RegisterQueueRequest.CONFLICT_POLICY_NEVER_UPDATE


def call_register(server: RunningServer, queue_name: str, **fields: object) -> Reply:
    request = RegisterQueueRequest(request_key=fresh("key"), queue_name=queue_name, **fields)  # type: ignore[arg-type]  # Typed by name only.
    return server.call(request)


def register(server: RunningServer, queue_name: str, **fields: object) -> RegisterQueueResponse:
    return call_register(server, queue_name, **fields).read(RegisterQueueResponse)


def get(server: RunningServer, queue_name: str) -> Queue:
    return server.call(GetQueueRequest(queue_name=queue_name)).read(GetQueueResponse).queue


def seconds(count: float) -> Duration:
    duration = Duration()
    duration.FromMilliseconds(round(count * 1000))
    return duration


def every_limit() -> dict[str, object]:
    return {
        "concurrency": 10,
        "worker_concurrency": 5,
        "rate_limit": RateLimit(max_starts=50, period=seconds(1.5)),
        "partition_concurrency": 4,
        "partition_worker_concurrency": 3,
        "partition_rate_limit": RateLimit(max_starts=20, period=seconds(0.25)),
        "polling_interval": seconds(0.125),
        "application_name": "shop",
    }


def test_every_limit_is_registered(newest_rpc_server: RunningServer) -> None:
    name = fresh("queue")
    response = register(newest_rpc_server, name, **every_limit())
    assert response.outcome == RegisterQueueResponse.OUTCOME_REGISTERED
    for field, value in every_limit().items():
        assert getattr(response.registration, field) == value, field
    assert response.registration.partitioned
    assert response.registration.priority_enabled
    assert get(newest_rpc_server, name).registration == response.registration
    [row] = newest_rpc_server.execute("SELECT * FROM dbos.queues WHERE name = %s", name)
    assert row["queue_id"]
    assert (row["rate_limit_period_sec"], row["polling_interval_sec"]) == (1.5, 0.125)


def test_an_update_replaces_every_limit(newest_rpc_server: RunningServer) -> None:
    name = fresh("queue")
    first = register(newest_rpc_server, name, **every_limit())
    second = register(newest_rpc_server, name, concurrency=2)
    assert second.outcome == RegisterQueueResponse.OUTCOME_UPDATED
    registration = get(newest_rpc_server, name).registration
    assert registration == second.registration
    assert registration.concurrency == 2
    assert not registration.partitioned
    assert not registration.HasField("rate_limit")
    # Only a rename changes the owner.
    assert registration.application_name == "shop"
    assert registration.create_time == first.registration.create_time
    assert registration.polling_interval == seconds(1)


def test_a_queue_that_must_not_be_updated_stays(newest_rpc_server: RunningServer) -> None:
    name = fresh("queue")
    new = register(newest_rpc_server, name, concurrency=3, conflict_policy=NEVER_UPDATE)
    assert new.outcome == RegisterQueueResponse.OUTCOME_REGISTERED
    same = register(newest_rpc_server, name, concurrency=4, conflict_policy=NEVER_UPDATE)
    assert same.outcome == RegisterQueueResponse.OUTCOME_UNCHANGED
    assert same.registration == new.registration == get(newest_rpc_server, name).registration


def test_an_unclaimed_queue_is_claimed_and_then_refused_to_others(newest_rpc_server: RunningServer) -> None:
    name = fresh("queue")
    assert register(newest_rpc_server, name).registration.application_name == ""
    assert register(newest_rpc_server, name, application_name="shop").registration.application_name == "shop"
    for policy in (0, NEVER_UPDATE):
        reply = call_register(newest_rpc_server, name, application_name="bank", conflict_policy=policy)
        assert reply.refused("OWNED_BY_ANOTHER_APPLICATION").metadata["application_name"] == "shop"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"queue_name": "_dbos_internal_queue"}, "queue_name"),
        ({"concurrency": 1, "worker_concurrency": 2}, "worker_concurrency"),
        ({"concurrency": 1, "partition_concurrency": 2}, "partition_concurrency"),
        ({"concurrency": 1, "partition_worker_concurrency": 2}, "partition_worker_concurrency"),
        ({"worker_concurrency": 1, "partition_worker_concurrency": 2}, "partition_worker_concurrency"),
        ({"partition_concurrency": 1, "partition_worker_concurrency": 2}, "partition_worker_concurrency"),
        ({"rate_limit": RateLimit(max_starts=1)}, "rate_limit.period"),
        ({"rate_limit": RateLimit(period=seconds(1))}, "rate_limit.max_starts"),
    ],
)
def test_limits_that_contradict_each_other_are_refused(
    newest_rpc_server: RunningServer, fields: dict[str, object], named: str
) -> None:
    reply = call_register(newest_rpc_server, **{"queue_name": fresh("queue"), **fields})  # type: ignore[arg-type]  # As above.
    assert reply.refused("INVALID_REQUEST").fields == [named]


def test_equal_limits_do_not_contradict_each_other(newest_rpc_server: RunningServer) -> None:
    limits = dict.fromkeys(
        ("concurrency", "worker_concurrency", "partition_concurrency", "partition_worker_concurrency"), 2
    )
    assert register(newest_rpc_server, fresh("queue"), **limits).registration.partition_worker_concurrency == 2


@pytest.mark.parametrize(
    ("release", "fields", "capability"),
    [
        ("2.11.0", {}, "registered_queues"),
        ("2.20.0", {"partition_concurrency": 1}, "partition_limits"),
        ("2.20.0", {"application_name": "shop"}, "application_name"),
    ],
)
def test_what_a_schema_cannot_keep_is_refused(
    start_rpc_server: StartRpcServer, release: str, fields: dict[str, object], capability: str
) -> None:
    server = start_rpc_server(DbosRelease.parse(release))
    refusal = call_register(server, "packing", **fields).refused("SCHEMA_CAPABILITY_MISSING")
    assert refusal.metadata["capability"] == capability
    if fields:
        assert register(server, "packing", partitioned=True).registration.partitioned
    else:
        missing = server.call(DeleteQueueRequest(request_key="delete", queue_name="packing"))
        assert missing.refused("SCHEMA_CAPABILITY_MISSING").metadata["capability"] == capability


def test_a_registration_is_deleted_and_its_workflows_stay(newest_rpc_server: RunningServer) -> None:
    name = fresh("queue")
    newest_rpc_server.seed(workflow(fresh("order"), WorkflowState.ENQUEUED, queue_name=name))
    registered = register(newest_rpc_server, name, concurrency=3)
    request = DeleteQueueRequest(request_key=fresh("key"), queue_name=name, allow_missing=True)
    deleted = newest_rpc_server.call(request).read(DeleteQueueResponse)
    assert deleted.outcome == DeleteQueueResponse.OUTCOME_DELETED
    assert deleted.registration == registered.registration
    queue = get(newest_rpc_server, name)
    assert not queue.HasField("registration")
    assert queue.depth.enqueued == 1
    request.request_key = fresh("key")
    missing = newest_rpc_server.call(request).read(DeleteQueueResponse)
    assert missing.outcome == DeleteQueueResponse.OUTCOME_MISSING
    assert not missing.HasField("registration")


def deep_queue(name: str) -> Rows:
    rows = Rows()
    for state in WorkflowState:
        for number in range({"ENQUEUED": 3, "PENDING": 2}.get(state, 1)):
            rows.extend(workflow(f"{name}-{state}-{number}", state, queue_name=name, created_at=SEED_TIME_MS + number))
    return rows


def test_the_depth_of_a_queue_that_nobody_has_registered(rpc_server: RunningServer) -> None:
    name = fresh("queue")
    rpc_server.seed(deep_queue(name))
    queue = get(rpc_server, name)
    assert not queue.HasField("registration")
    depth = queue.depth
    assert (depth.enqueued, depth.pending, depth.delayed) == (3, 2, 1)
    [listed] = [each for each in list_all(rpc_server, page_size=1000) if each.queue_name == name]
    assert (listed.depth.enqueued, listed.depth.pending, listed.depth.delayed) == (3, 2, 1)
    assert 0 <= listed.depth.oldest_wait.ToMilliseconds() - depth.oldest_wait.ToMilliseconds() < 60_000


def test_the_oldest_wait_begins_when_a_delay_is_over(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    [now] = server.execute("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms")
    old, late = now["ms"] - 3_600_000, now["ms"] - 60_000
    server.seed(
        workflow("delayed-before", WorkflowState.ENQUEUED, queue_name="q", created_at=old, delay_until_epoch_ms=late),
        workflow("in-the-future", WorkflowState.ENQUEUED, queue_name="clock", created_at=now["ms"] + 3_600_000),
        workflow("ancient", WorkflowState.ENQUEUED, queue_name="ancient", created_at=-(2**63)),
        workflow("runs", WorkflowState.PENDING, queue_name="busy", created_at=old),
    )
    assert 60 <= get(server, "q").depth.oldest_wait.seconds < 120
    assert get(server, "clock").depth.oldest_wait == Duration()
    assert get(server, "clock").depth.HasField("oldest_wait")
    # The longest that a Duration can name.
    assert get(server, "ancient").depth.oldest_wait.seconds == 315_576_000_000
    assert not get(server, "busy").depth.HasField("oldest_wait")


def list_all(server: RunningServer, page_size: int, **fields: object) -> list[Queue]:
    queues: list[Queue] = []
    request = ListQueuesRequest(page_size=page_size, **fields)  # type: ignore[arg-type]  # As above.
    while True:
        response = server.call(request).read(ListQueuesResponse)
        assert len(response.queues) <= page_size
        queues.extend(response.queues)
        if not response.next_page_token:
            return queues
        request.page_token = response.next_page_token


def test_registered_and_other_queues_are_listed_by_name_in_pages(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    for name in ("b", "D", "ä"):
        register(server, name)
    server.seed(
        *(deep_queue(name) for name in ("a", "b", "c")), workflow("done", WorkflowState.SUCCESS, queue_name="e")
    )
    names = ["D", "a", "b", "c", "ä"]
    for page_size in (1, 2, 5, 1000):
        queues = list_all(server, page_size)
        assert [queue.queue_name for queue in queues] == names
        assert [queue.HasField("registration") for queue in queues] == [name in "bDä" for name in names]
        assert [queue.depth.enqueued for queue in queues] == [3 if name in "abc" else 0 for name in names]


def test_queues_are_listed_by_owner(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    register(server, "unclaimed")
    for owner in ("shop", "bank"):
        register(server, f"of-{owner}", application_name=owner)
    server.seed(deep_queue("unregistered"))
    queues = list_all(server, 10, application_names=["shop"])
    assert [queue.queue_name for queue in queues] == ["of-shop", "unclaimed", "unregistered"]


def test_owners_are_not_asked_for_where_there_are_none(oldest_rpc_server: RunningServer) -> None:
    reply = oldest_rpc_server.call(ListQueuesRequest(application_names=["shop"]))
    assert DbosRelease.parse(reply.refused("SCHEMA_CAPABILITY_MISSING").metadata["first_release"]) > OLDEST


def test_registrations_at_the_same_time_all_succeed(newest_rpc_server: RunningServer) -> None:
    name = fresh("queue")
    with ThreadPoolExecutor(8) as threads:
        responses = list(threads.map(lambda n: register(newest_rpc_server, name, concurrency=n), range(1, 17)))
    outcomes = [response.outcome for response in responses]
    assert outcomes.count(RegisterQueueResponse.OUTCOME_REGISTERED) == 1
    assert outcomes.count(RegisterQueueResponse.OUTCOME_UPDATED) == 15
