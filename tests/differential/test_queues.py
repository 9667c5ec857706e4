"""What we make of queues, versions and owners is what each DBOS release's own client makes of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import grpc
import psycopg
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message

from tests.differential.ours import serve_our_channel
from tests.differential.seeds import SEED_TIME_MS, Rows, family
from tests.differential.table_diff import describe
from tests.differential.twin_runs import twin_databases
from tests.fixtures.dbos_releases import NEWEST, DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import Databases
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.queue_control_pb2 import (
    DeleteQueueRequest,
    ListApplicationVersionsRequest,
    ListQueuesRequest,
    RateLimit,
    RegisterQueueRequest,
    RenameApplicationRequest,
    SetLatestApplicationVersionRequest,
)
from workflowcontrol.v1.queue_control_pb2_grpc import QueueControlStub

_CALL_TIMEOUT_S: Final = 10.0
_FIRST_WITH_PRIORITY_FOR_ALL: Final = DbosRelease.parse("3.0.0")

NEVER_UPDATE: Final = RegisterQueueRequest.CONFLICT_POLICY_NEVER_UPDATE


@dataclass(frozen=True)
class Case:
    """The same wish, to us and to a release's client."""

    name: str
    since: DbosRelease
    request: Message
    method: str
    arguments: tuple[object, ...] = ()
    options: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def _case(name: str, since: str, request: Message, method: str, *arguments: object, **options: object) -> Case:
    return Case(name, DbosRelease.parse(since), request, method, arguments, options)


def _register(name: str, since: str, queue_name: str, ours: dict[str, Any], theirs: dict[str, object]) -> Case:
    request = RegisterQueueRequest(request_key="key", queue_name=queue_name, **ours)
    return _case(name, since, request, "register_queue", queue_name, **theirs)


CASES = (
    _register("register", "2.20.0", "new", {}, {}),
    _register(
        "register with limits",
        "2.20.0",
        "new",
        {
            "concurrency": 10,
            "worker_concurrency": 2,
            "rate_limit": RateLimit(max_starts=50, period=Duration(seconds=1, nanos=500_000_000)),
            "polling_interval": Duration(nanos=250_000_000),
        },
        {
            "concurrency": 10,
            "worker_concurrency": 2,
            "limiter": {"limit": 50, "period": 1.5},
            "polling_interval_sec": 0.25,
        },
    ),
    _register(
        "register with partition limits",
        "2.31.0",
        "new",
        {
            "partition_concurrency": 3,
            "partition_worker_concurrency": 2,
            "partition_rate_limit": RateLimit(max_starts=5, period=Duration(seconds=60)),
        },
        {
            "partition_concurrency": 3,
            "partition_worker_concurrency": 2,
            "partition_limiter": {"limit": 5, "period": 60.0},
        },
    ),
    _register("update", "2.20.0", "old", {"concurrency": 4}, {"concurrency": 4}),
    _register(
        "do not update",
        "2.20.0",
        "old",
        {"concurrency": 4, "conflict_policy": NEVER_UPDATE},
        {"concurrency": 4, "on_conflict": "never_update"},
    ),
    _register("claim", "2.30.0", "unclaimed", {"application_name": "shop"}, {"application_name": "shop"}),
    _case(
        "delete",
        "2.20.0",
        DeleteQueueRequest(request_key="key", queue_name="old"),
        "delete_queue",
        "old",
    ),
    _case(
        "delete what is missing",
        "2.20.0",
        DeleteQueueRequest(request_key="key", queue_name="none", allow_missing=True),
        "delete_queue",
        "none",
    ),
    _case(
        "set latest",
        "2.14.0",
        SetLatestApplicationVersionRequest(request_key="key", application_version="v1"),
        "set_latest_application_version",
        "v1",
    ),
    _case(
        "set latest and claim",
        "2.30.0",
        SetLatestApplicationVersionRequest(request_key="key", application_version="v2", application_name="shop"),
        "set_latest_application_version",
        "v2",
        application_name="shop",
    ),
    _case(
        "rename",
        "2.30.0",
        RenameApplicationRequest(request_key="key", application_name="shop", new_application_name="store"),
        "rename_application",
        "shop",
        "store",
    ),
    _case(
        "rename and adopt",
        "2.30.0",
        RenameApplicationRequest(
            request_key="key", application_name="shop", new_application_name="store", adopt_unclaimed=True
        ),
        "rename_application",
        "shop",
        "store",
        adopt_unclaimed_rows=True,
    ),
    _case(
        "adopt",
        "2.30.0",
        RenameApplicationRequest(request_key="key", new_application_name="store", adopt_unclaimed=True),
        "rename_application",
        None,
        "store",
        adopt_unclaimed_rows=True,
    ),
)

ALWAYS = (DbosRelease.parse("2.20.0"), DbosRelease.parse("2.31.1"))


def _rows(release: DbosRelease) -> Rows:
    rows = Rows()
    times = {"created_at": SEED_TIME_MS, "updated_at": SEED_TIME_MS + 1}
    limits = {"concurrency": 2, "rate_limit_max": 9, "rate_limit_period_sec": 3.5, "partition_queue": True}
    for owner in ("shop", None):
        prefix = owner or "nobody"
        for state in WorkflowState:
            if state is not WorkflowState.DELAYED or release >= DbosRelease.parse("2.16.0"):
                rows.extend(family(f"{prefix}-{state.lower()}/order", state, application_name=owner))
    for name, owner in (("old", "shop"), ("unclaimed", None), ("foreign", "bank")):
        rows.add("queues", queue_id=f"id of {name}", name=name, application_name=owner, **limits, **times)
    for number, owner in ((1, "shop"), (2, None), (3, "bank")):
        rows.add(
            "application_versions",
            version_id=f"id of v{number}",
            version_name=f"v{number}",
            version_timestamp=SEED_TIME_MS + number,
            created_at=SEED_TIME_MS,
            application_name=owner,
        )
    rows.add(
        "workflow_schedules",
        schedule_id="id",
        schedule_name="nightly",
        workflow_name="order",
        schedule="0 0 * * * *",
        status="ACTIVE",
        context="null",
        application_name="shop",
    )
    return rows


_OURS: Final[dict[type[Message], Callable[[QueueControlStub], Callable[..., Message]]]] = {
    RegisterQueueRequest: lambda stub: stub.RegisterQueue,
    DeleteQueueRequest: lambda stub: stub.DeleteQueue,
    SetLatestApplicationVersionRequest: lambda stub: stub.SetLatestApplicationVersion,
    RenameApplicationRequest: lambda stub: stub.RenameApplication,
}


def test_both_leave_the_same_rows(
    dbos_release: DbosRelease,
    case: Case,
    databases: Databases,
    dbos_template: DbosTemplate,
    release_process: ReleaseProcesses,
) -> None:
    process = release_process(dbos_release)

    def ours(url: str) -> None:
        with serve_our_channel(url) as channel:
            _OURS[type(case.request)](QueueControlStub(channel))(case.request, timeout=_CALL_TIMEOUT_S)

    def theirs(url: str) -> None:
        options = dict(case.options)
        if case.method == "register_queue" and dbos_release < _FIRST_WITH_PRIORITY_FOR_ALL:
            # We always ask for what later releases always do.
            options["priority_enabled"] = True
        process.call("control_queues", database_url=url, method=case.method, arguments=list(case.arguments), **options)
        process.call("disconnect", database_url=url)

    with twin_databases(databases, dbos_template(dbos_release), _rows(dbos_release)) as twins:
        for url in (twins.ours, twins.theirs):
            _make_ids_equal(url)
        differences = twins.differences(ours, theirs)

    assert not differences, describe(differences)


def _make_ids_equal(url: str) -> None:
    """Has the database give the same id, not a random one, to the queue that is registered in it."""
    with psycopg.connect(url) as connection:
        if connection.execute("SELECT to_regclass('dbos.queues')").fetchone() != (None,):
            connection.execute("ALTER TABLE dbos.queues ALTER queue_id SET DEFAULT 'new id'")


def test_both_show_the_same_queues_and_versions(
    databases: Databases, dbos_template: DbosTemplate, release_process: ReleaseProcesses
) -> None:
    process = release_process(NEWEST)
    with twin_databases(databases, dbos_template(NEWEST), _rows(NEWEST)) as twins:
        their_queues = process.call("list_queues", database_url=twins.theirs)
        their_versions = process.call("list_versions", database_url=twins.theirs)
        process.call("disconnect", database_url=twins.theirs)
        with serve_our_channel(twins.theirs) as channel:
            queues, versions = _our_lists(channel)

    assert sorted(queues, key=lambda queue: str(queue["name"])) == sorted(
        _dicts(their_queues), key=lambda queue: str(queue["name"])
    )
    assert versions == [
        (each["version_name"], each["version_timestamp"], each["created_at"], each["application_name"] or "")
        for each in _dicts(their_versions)
    ]


def _dicts(answer: object) -> list[dict[str, Any]]:
    assert isinstance(answer, list)
    assert answer
    return answer


def _our_lists(channel: grpc.Channel) -> tuple[list[dict[str, object]], list[tuple[object, ...]]]:
    stub = QueueControlStub(channel)
    listed = stub.ListQueues(ListQueuesRequest(), timeout=_CALL_TIMEOUT_S).queues
    queues: list[dict[str, object]] = [
        {
            "name": queue.queue_name,
            "concurrency": queue.registration.concurrency or None,
            "worker_concurrency": queue.registration.worker_concurrency or None,
            "limiter": {
                "limit": queue.registration.rate_limit.max_starts,
                "period": queue.registration.rate_limit.period.ToMilliseconds() / 1000,
            },
            "polling_interval_sec": queue.registration.polling_interval.ToMilliseconds() / 1000,
        }
        # Theirs does not know of the others.
        for queue in listed
        if queue.HasField("registration")
    ]
    response = stub.ListApplicationVersions(ListApplicationVersionsRequest(), timeout=_CALL_TIMEOUT_S)
    return queues, [
        (
            version.application_version,
            version.latest_time.ToMilliseconds(),
            version.create_time.ToMilliseconds(),
            version.application_name,
        )
        for version in response.application_versions
    ]
