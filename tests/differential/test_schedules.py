"""What we make of schedules is what each DBOS release's own client makes of them."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import psycopg
from google.protobuf.message import Message
from google.protobuf.struct_pb2 import Value
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.ours import serve_our_channel
from tests.differential.seeds import SEED_TIME_MS, Rows, workflow
from tests.differential.table_diff import Difference, describe
from tests.differential.twin_runs import twin_databases
from tests.fixtures.dbos_releases import DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import Databases
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.schedule_control_pb2 import (
    RUNTIME_PYTHON,
    ApplySchedulesRequest,
    BackfillScheduleRequest,
    CreateScheduleRequest,
    DeleteScheduleRequest,
    ListSchedulesRequest,
    NewSchedule,
    PauseScheduleRequest,
    ResumeScheduleRequest,
    TriggerScheduleRequest,
)
from workflowcontrol.v1.schedule_control_pb2_grpc import ScheduleControlStub

_CALL_TIMEOUT_S: Final = 10.0
_FIRST: Final = DbosRelease.parse("2.14.0")
_FIRST_WITH_ZONES: Final = DbosRelease.parse("2.16.0")
_FIRST_WITH_OWNERS: Final = DbosRelease.parse("2.30.0")
_CONTEXT: Final = {"again": {"days": 3}, "kind": "full", "shelves": [1, 2.5, None, True, "a"]}
"""In the order of its keys, in which we write objects, and without parts that occur twice, which pickles share."""

ALWAYS = tuple(DbosRelease.parse(version) for version in ("2.14.0", "2.20.0", "2.31.1"))


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


def _definition(
    ours: dict[str, Any], theirs: dict[str, object], name: str = "new"
) -> tuple[NewSchedule, dict[str, object]]:
    """Returns the same schedule for both sides."""
    cron = "*/20 30 2 * * 1-5"
    schedule = NewSchedule(schedule_name=name, workflow_name="order", cron=cron, runtime=RUNTIME_PYTHON, **ours)
    return schedule, {"schedule_name": name, "workflow_name": "order", "schedule": cron, "context": None, **theirs}


def _create(name: str, since: str, ours: dict[str, Any], theirs: dict[str, object]) -> Case:
    schedule, options = _definition(ours, theirs)
    return _case(name, since, CreateScheduleRequest(request_key="key", schedule=schedule), "create_schedule", **options)


def _apply(name: str, since: str, *definitions: tuple[NewSchedule, dict[str, object]]) -> Case:
    request = ApplySchedulesRequest(request_key="key", schedules=[schedule for schedule, _ in definitions])
    theirs = [{"cron_timezone": "UTC", **options} for _, options in definitions]
    return _case(name, since, request, "apply_schedules", theirs)


def _json(value: object) -> Value:
    message = Value()
    message.struct_value.update(value)  # type: ignore[arg-type]  # A dict of any JSON.
    return message


def _time(text: str) -> Timestamp:
    message = Timestamp()
    message.FromDatetime(datetime.fromisoformat(text))
    return message


def _backfill(name: str, since: str, schedule_name: str, start: str, end: str) -> Case:
    request = BackfillScheduleRequest(
        request_key="key", schedule_name=schedule_name, start_time=_time(start), end_time=_time(end)
    )
    return _case(name, since, request, "backfill_schedule", schedule_name, f"@{start}", f"@{end}")


_PARIS: Final = {"time_zone": "Europe/Paris"}, {"cron_timezone": "Europe/Paris"}

CASES = (
    _create("create, before there were zones", "2.14.0", {}, {}),
    _create("create with a context", "2.14.0", {"context_value": _json(_CONTEXT)}, {"context": _CONTEXT}),
    _create("create with a class", "2.16.0", {"class_name": "Shop"}, {"workflow_class_name": "Shop"}),
    _create(
        "create with all options",
        "2.16.0",
        {**_PARIS[0], "automatic_backfill": True, "queue_name": "orders"},
        {**_PARIS[1], "automatic_backfill": True, "queue_name": "orders"},
    ),
    _create("create for an application", "2.30.0", {"application_name": "shop"}, {"application_name": "shop"}),
    _apply("apply", "2.20.0", _definition({}, {}), _definition({}, {}, "other")),
    # Before 2.28 their client loses the state of a schedule, and what it fired last.
    _apply(
        "apply to what exists",
        "2.28.0",
        _definition({"context_value": _json(_CONTEXT)}, {"context": _CONTEXT}, "paris"),
        _definition({"queue_name": "orders"}, {"queue_name": "orders"}, "paused"),
    ),
    _apply(
        "apply and claim",
        "2.30.0",
        _definition({"application_name": "shop"}, {"application_name": "shop"}, "paris"),
        _definition({}, {}, "owned"),
    ),
    _case("pause", "2.14.0", PauseScheduleRequest(request_key="key", schedule_name="paris"), "pause_schedule", "paris"),
    _case(
        "resume",
        "2.14.0",
        ResumeScheduleRequest(request_key="key", schedule_name="paused"),
        "resume_schedule",
        "paused",
    ),
    _case(
        "delete", "2.14.0", DeleteScheduleRequest(request_key="key", schedule_name="paris"), "delete_schedule", "paris"
    ),
    _case(
        "delete what is missing",
        "2.14.0",
        DeleteScheduleRequest(request_key="key", schedule_name="none", allow_missing=True),
        "delete_schedule",
        "none",
    ),
    _backfill("backfill in no zone", "2.14.0", "paused", "2026-01-14T11:00:00+00:00", "2026-01-18T12:00:00+00:00"),
    _backfill("backfill in a zone", "2.16.0", "paris", "2026-07-14T00:00:00+00:00", "2026-07-14T10:00:00+00:00"),
    _backfill("backfill on a queue", "2.16.0", "owned", "2026-01-14T11:00:00+00:00", "2026-01-18T12:00:00.5+00:00"),
    _backfill("backfill nothing", "2.14.0", "paused", "2026-01-14T12:00:00+00:00", "2026-01-15T12:00:00+00:00"),
    _case(
        "trigger",
        "2.14.0",
        TriggerScheduleRequest(request_key="key", schedule_name="paris"),
        "trigger_schedule",
        "paris",
    ),
    _case(
        "trigger on a queue",
        "2.16.0",
        TriggerScheduleRequest(request_key="key", schedule_name="owned"),
        "trigger_schedule",
        "owned",
    ),
)


def _rows(release: DbosRelease) -> Rows:
    rows = Rows()
    context = base64.b64encode(pickle.dumps(_CONTEXT, 4)).decode()
    schedules: dict[str, dict[str, object]] = {
        "paris": {"cron_timezone": "Europe/Paris", "last_fired_at": "2026-01-15T02:30:40+01:00"},
        "paused": {"status": "PAUSED", "schedule": "0 0 12 * * *", "automatic_backfill": True},
        "owned": {
            "schedule": "0 0 12 * * *",
            "cron_timezone": "UTC",
            "queue_name": "orders",
            "workflow_class_name": "Shop",
            "application_name": "shop",
        },
    }
    for name, columns in schedules.items():
        definition = {"workflow_name": "order", "schedule": "0 */30 2-9 * * *", "context": context, "status": "ACTIVE"}
        rows.add("workflow_schedules", schedule_id=f"id of {name}", schedule_name=name, **{**definition, **columns})
    for number, owner in ((1, "shop"), (2, None), (3, "bank")):
        rows.add(
            "application_versions",
            version_id=f"id of v{number}",
            version_name=f"v{number}",
            version_timestamp=SEED_TIME_MS + number,
            created_at=SEED_TIME_MS,
            application_name=owner,
        )
    # What has run already.
    for workflow_id in ("sched-paused-2026-01-16T12:00:00+00:00", "sched-paris-2026-07-14T03:30:00+02:00"):
        rows.extend(workflow(workflow_id, WorkflowState.SUCCESS))
    return rows


_OURS: Final[dict[type[Message], Callable[[ScheduleControlStub], Callable[..., Any]]]] = {
    CreateScheduleRequest: lambda stub: stub.CreateSchedule,
    ApplySchedulesRequest: lambda stub: stub.ApplySchedules,
    PauseScheduleRequest: lambda stub: stub.PauseSchedule,
    ResumeScheduleRequest: lambda stub: stub.ResumeSchedule,
    DeleteScheduleRequest: lambda stub: stub.DeleteSchedule,
    TriggerScheduleRequest: lambda stub: stub.TriggerSchedule,
    BackfillScheduleRequest: lambda stub: stub.BackfillSchedule,
}


def test_both_leave_the_same_rows(
    dbos_release: DbosRelease,
    case: Case,
    databases: Databases,
    dbos_template: DbosTemplate,
    release_process: ReleaseProcesses,
) -> None:
    process = release_process(dbos_release)
    started: dict[str, list[str]] = {}
    arguments: list[list[object]] = []

    def settle(url: str) -> None:
        """Take out what is random, or the time of now; what a triggered run gets is compared apart."""
        with psycopg.connect(url) as connection:
            connection.execute(
                "UPDATE dbos.workflow_schedules SET schedule_id = 'new id of ' || schedule_name"
                " WHERE schedule_id NOT LIKE 'id of %'"
            )
            if case.method != "trigger_schedule":
                return
            has_table = connection.execute("SELECT to_regclass('dbos.workflow_input') IS NOT NULL").fetchone()
            table = "workflow_input" if has_table == (True,) else "workflow_status"
            [row] = connection.execute(
                f"SELECT workflow_uuid, inputs FROM dbos.{table} WHERE workflow_uuid LIKE '%-trigger-%'"
            ).fetchall()
            arguments.append(process.call("read_scheduled_inputs", inputs=str(row[1])))  # type: ignore[arg-type]  # A list.
            connection.execute(f"UPDATE dbos.{table} SET inputs = 'inputs' WHERE workflow_uuid = %s", [row[0]])
            for each in {table, "workflow_status"}:
                connection.execute(
                    f"UPDATE dbos.{each} SET workflow_uuid = 'trigger' WHERE workflow_uuid = %s", [row[0]]
                )

    def ours(url: str) -> None:
        with serve_our_channel(url) as channel:
            response = _OURS[type(case.request)](ScheduleControlStub(channel))(case.request, timeout=_CALL_TIMEOUT_S)
        if case.method == "backfill_schedule":
            started["ours"] = [run.workflow_id for run in response.runs]
        settle(url)

    def theirs(url: str) -> None:
        options = {**case.options}
        if case.method == "create_schedule" and dbos_release >= _FIRST_WITH_ZONES:
            # We always write one.
            options.setdefault("cron_timezone", "UTC")
        made = process.call(
            "control_schedules", database_url=url, method=case.method, arguments=list(case.arguments), **options
        )
        process.call("disconnect", database_url=url)
        if case.method == "backfill_schedule":
            started["theirs"] = made  # type: ignore[assignment]  # Ids.
        settle(url)

    with twin_databases(databases, dbos_template(dbos_release), _rows(dbos_release)) as twins:
        differences = [each for each in twins.differences(ours, theirs) if not _is_null(each)]

    assert not differences, describe(differences)
    assert started.get("ours") == started.get("theirs")
    if arguments:
        [mine, yours] = arguments
        assert [mine[0], mine[1], *mine[3:]] == [yours[0], yours[1], *yours[3:]]
        assert abs(_instant(mine) - _instant(yours)) < timedelta(minutes=1)


def _is_null(difference: Difference) -> bool:
    """Tells whether it is only that their scheduler writes a JSON null where all else, theirs included, writes none."""
    return difference.is_in("workflow_status", "attributes") and (difference.ours, difference.theirs) == (None, "null")


def _instant(arguments: list[object]) -> datetime:
    return datetime.fromisoformat(str(arguments[2]))


def test_both_show_the_same_schedules(
    dbos_release: DbosRelease, databases: Databases, dbos_template: DbosTemplate, release_process: ReleaseProcesses
) -> None:
    if dbos_release < _FIRST:
        return
    process = release_process(dbos_release)
    conditions: list[tuple[dict[str, Any], dict[str, object]]] = [
        ({}, {}),
        ({"states": ["SCHEDULE_STATE_PAUSED"]}, {"status": "PAUSED"}),
        ({"workflow_names": ["order", "none"]}, {"workflow_name": ["order", "none"]}),
        ({"schedule_name_prefixes": ["pa"]}, {"schedule_name_prefix": "pa"}),
    ]
    with twin_databases(databases, dbos_template(dbos_release), _rows(dbos_release)) as twins:
        with serve_our_channel(twins.theirs) as channel:
            stub = ScheduleControlStub(channel)
            for ours, theirs in conditions:
                listed: Any = process.call("list_schedules", database_url=twins.theirs, **theirs)
                mine = stub.ListSchedules(ListSchedulesRequest(**ours), timeout=_CALL_TIMEOUT_S).schedules
                assert [each.schedule_name for each in mine] == sorted(each["schedule_name"] for each in listed)
                for schedule in mine:
                    [shown] = [each for each in listed if each["schedule_name"] == schedule.schedule_name]
                    _assert_same(schedule, shown, dbos_release)
        process.call("disconnect", database_url=twins.theirs)


def _assert_same(ours: Any, theirs: dict[str, Any], release: DbosRelease) -> None:  # noqa: ANN401 - A Schedule.
    assert ours.schedule_id == theirs["schedule_id"]
    assert (ours.workflow_name, ours.cron) == (theirs["workflow_name"], theirs["schedule"])
    assert ours.class_name == (theirs["workflow_class_name"] or "")
    assert {1: "ACTIVE", 2: "PAUSED"}[ours.state] == theirs["status"]
    assert dict(ours.context.value.struct_value.items()).keys() == theirs["context"].keys()
    if release >= _FIRST_WITH_ZONES:
        assert ours.time_zone == (theirs["cron_timezone"] or "")
        assert ours.queue_name == (theirs["queue_name"] or "")
        assert ours.automatic_backfill == theirs["automatic_backfill"]
        fired = theirs["last_fired_at"]
        assert ours.HasField("last_fired_time") == (fired is not None)
        if fired is not None:
            assert ours.last_fired_time.ToSeconds() == int(datetime.fromisoformat(fired).timestamp())
    if release >= _FIRST_WITH_OWNERS:
        assert ours.application_name == (theirs["application_name"] or "")
