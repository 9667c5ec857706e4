"""The service ScheduleControl, over a real channel."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Sequence
from datetime import date
from typing import Any

import grpc
import pytest
from google.protobuf.struct_pb2 import Value
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.seeds import SEED_TIME_MS, Rows, workflow
from tests.fixtures.rpc_server import RunningServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import schedule_control_pb2 as messages
from workflowcontrol.v1.schedule_control_pb2 import (
    RUNTIME_GO,
    RUNTIME_JAVA,
    RUNTIME_PYTHON,
    RUNTIME_TYPESCRIPT,
    RUNTIME_UNSPECIFIED,
    ApplySchedulesRequest,
    BackfillScheduleRequest,
    CreateScheduleRequest,
    DeleteScheduleRequest,
    GetScheduleRequest,
    ListSchedulesRequest,
    NewSchedule,
    PauseScheduleRequest,
    PreviewScheduleRequest,
    ResumeScheduleRequest,
    Schedule,
    ScheduledRun,
    TriggerScheduleRequest,
    UpdateScheduleRequest,
)

NEW_YEAR_S = 1_735_689_600
DAY_S = 86_400
NONE = base64.b64encode(pickle.dumps(None, 4)).decode()


def seed(server: RunningServer, name: str, **columns: object) -> str:
    """Inserts a schedule of Python's, at noon each day in UTC."""
    rows = Rows()
    definition = {"workflow_name": "report", "schedule": "0 0 12 * * *", "cron_timezone": "UTC", "context": NONE}
    rows.add("workflow_schedules", schedule_id=f"id of {name}", schedule_name=name, **{**definition, **columns})
    server.seed(rows)
    return name


def register_version(server: RunningServer, application_name: str | None = None) -> str:
    """Registers the latest version."""
    rows, name = Rows(), fresh("version")
    [newest] = server.execute(
        "SELECT coalesce(max(version_timestamp), %s) + 1 AS t FROM dbos.application_versions", SEED_TIME_MS
    )
    times = {"version_timestamp": newest["t"], "created_at": SEED_TIME_MS}
    rows.add("application_versions", version_id=name, version_name=name, application_name=application_name, **times)
    server.seed(rows)
    return name


def stored(server: RunningServer, name: str) -> dict[str, Any]:
    [row] = server.execute("SELECT * FROM dbos.workflow_schedules WHERE schedule_name = %s", name)
    return dict(row)


def get(server: RunningServer, name: str) -> Schedule:
    return server.call(GetScheduleRequest(schedule_name=name)).read(messages.GetScheduleResponse).schedule


def create(server: RunningServer, name: str, **fields: Any) -> Any:  # noqa: ANN401 - The fields of NewSchedule; a Reply.
    defaults: dict[str, Any] = {"workflow_name": fresh("report"), "cron": "0 0 12 * * *", "runtime": RUNTIME_PYTHON}
    schedule = NewSchedule(schedule_name=name, **{**defaults, **fields})
    return server.call(CreateScheduleRequest(request_key=fresh("key"), schedule=schedule))


def backfill(server: RunningServer, name: str, days: int = 3, **fields: Any) -> Any:  # noqa: ANN401 - As above.
    request = BackfillScheduleRequest(
        request_key=fresh("key"),
        schedule_name=name,
        start_time=Timestamp(seconds=NEW_YEAR_S),
        end_time=Timestamp(seconds=NEW_YEAR_S + days * DAY_S),
        **fields,
    )
    return server.call(request)


def test_a_schedule_is_created_active_and_in_a_zone(newest_rpc_server: RunningServer) -> None:
    name = fresh("nightly")
    context = Value()
    context.struct_value.update({"kind": "full"})
    reply = create(newest_rpc_server, name, context_value=context, queue_name="reports", class_name="Shop")
    created = reply.read(messages.CreateScheduleResponse).schedule
    assert created.state == messages.SCHEDULE_STATE_ACTIVE
    row = stored(newest_rpc_server, name)
    assert (row["status"], row["cron_timezone"], row["last_fired_at"]) == ("ACTIVE", "UTC", None)
    assert pickle.loads(base64.b64decode(row["context"])) == {"kind": "full"}  # noqa: S301 - Just written.

    schedule = get(newest_rpc_server, name)
    assert (schedule.queue_name, schedule.class_name, schedule.runtime) == ("reports", "Shop", RUNTIME_PYTHON)
    assert schedule.context.text == row["context"]
    assert dict(schedule.context.value.struct_value.items()) == {"kind": "full"}
    assert schedule.context.serialization == "py_pickle"
    assert schedule.HasField("next_run_time")
    assert not schedule.HasField("last_fired_time")


@pytest.mark.parametrize(
    ("runtime", "context", "class_name"),
    [
        (RUNTIME_PYTHON, "gASIAWWULg==", None),
        (RUNTIME_TYPESCRIPT, '{"json":true,"__dbos_serializer":"superjson"}', ""),
        (RUNTIME_GO, "true", None),
        (RUNTIME_JAVA, "true", None),
    ],
)
def test_each_runtime_gets_what_it_reads(
    newest_rpc_server: RunningServer, runtime: messages.Runtime.ValueType, context: str, class_name: str | None
) -> None:
    name = fresh("nightly")
    create(newest_rpc_server, name, runtime=runtime, context_value=Value(bool_value=True)).read(
        messages.CreateScheduleResponse
    )
    row = stored(newest_rpc_server, name)
    if runtime == RUNTIME_PYTHON:
        assert pickle.loads(base64.b64decode(row["context"])) is True  # noqa: S301 - Just written.
    else:
        assert row["context"] == context
    assert row["workflow_class_name"] == class_name
    assert get(newest_rpc_server, name).context.value == Value(bool_value=True)


def test_what_an_application_wrote_is_stored_as_it_is(newest_rpc_server: RunningServer) -> None:
    name = fresh("nightly")
    create(newest_rpc_server, name, context_text="<own/>").read(messages.CreateScheduleResponse)
    assert stored(newest_rpc_server, name)["context"] == "<own/>"
    schedule = get(newest_rpc_server, name)
    assert (schedule.context.text, schedule.context.decoded, schedule.runtime) == ("<own/>", False, RUNTIME_UNSPECIFIED)


def test_the_runtime_is_found_out(newest_rpc_server: RunningServer) -> None:
    server, application, name = newest_rpc_server, fresh("shop"), fresh("nightly")
    fields = {"runtime": RUNTIME_UNSPECIFIED, "application_name": application}
    refusal = create(server, name, **fields).refused("SCHEDULE_RUNTIME_UNKNOWN")
    assert "Nothing in the database shows it" in refusal.metadata["detail"]

    # By a workflow of its name.
    rows = workflow(fresh("run"), WorkflowState.SUCCESS, name="typed", serialization="js_superjson", created_at=2**42)
    server.seed(rows)
    create(server, fresh("other"), **fields, workflow_name="typed").read(messages.CreateScheduleResponse)

    # By another schedule of the application.
    created = create(server, name, **fields).read(messages.CreateScheduleResponse).schedule
    assert created.runtime == RUNTIME_TYPESCRIPT

    # Unless they say different things.
    seed(server, fresh("python"), application_name=application)
    refusal = create(server, fresh("third"), **fields).refused("SCHEDULE_RUNTIME_UNKNOWN")
    assert "PYTHON, TYPESCRIPT" in refusal.metadata["detail"]
    server.execute("DELETE FROM dbos.workflow_status WHERE name = 'typed'")


def test_an_expression_that_is_not_portable_needs_its_runtime(newest_rpc_server: RunningServer) -> None:
    fields = {"cron": "0 0 12 1 * 1", "runtime": RUNTIME_UNSPECIFIED}
    refusal = create(newest_rpc_server, fresh("nightly"), **fields).refused("INVALID_REQUEST")
    assert refusal.message.startswith("schedule.cron: Its day of the month '1' and its day of the week '1'")
    create(newest_rpc_server, fresh("nightly"), cron="0 0 12 1 * 1").read(messages.CreateScheduleResponse)


def test_names_are_unique_whoever_owns_them(newest_rpc_server: RunningServer) -> None:
    name = seed(newest_rpc_server, fresh("nightly"), application_name="shop")
    create(newest_rpc_server, name, application_name="bank").refused("SCHEDULE_EXISTS")
    schedule = NewSchedule(schedule_name=name, workflow_name="order", cron="0 0 1 * * *", application_name="bank")
    other = NewSchedule(schedule_name=fresh("other"), workflow_name="o", cron="0 0 1 * * *", runtime=RUNTIME_PYTHON)
    request = ApplySchedulesRequest(request_key=fresh("key"), schedules=[other, schedule])
    refusal = newest_rpc_server.call(request).refused("OWNED_BY_ANOTHER_APPLICATION")
    assert refusal.metadata == {"kind": "schedule", "name": name, "application_name": "shop"}
    newest_rpc_server.call(GetScheduleRequest(schedule_name=other.schedule_name)).refused("SCHEDULE_NOT_FOUND")


def test_apply_keeps_the_state_and_what_was_fired(newest_rpc_server: RunningServer) -> None:
    server, fired = newest_rpc_server, "2026-01-15T12:00:00+00:00"
    name = seed(server, fresh("nightly"), status="PAUSED", last_fired_at=fired, automatic_backfill=True)
    new = fresh("weekly")
    schedules = [
        NewSchedule(schedule_name=name, workflow_name="report", cron="0 0 13 * * *"),
        NewSchedule(schedule_name=new, workflow_name="report", cron="0 0 13 * * 0", runtime=RUNTIME_PYTHON),
    ]
    outcomes = []
    for _ in range(2):
        request = ApplySchedulesRequest(request_key=fresh("key"), schedules=schedules)
        response = server.call(request).read(messages.ApplySchedulesResponse)
        outcomes.append([each.outcome for each in response.schedules])
    applied = messages.AppliedSchedule
    assert outcomes == [
        [applied.OUTCOME_UPDATED, applied.OUTCOME_CREATED],
        [applied.OUTCOME_UNCHANGED, applied.OUTCOME_UNCHANGED],
    ]
    row = stored(server, name)
    assert (row["status"], row["last_fired_at"], row["schedule"]) == ("PAUSED", fired, "0 0 13 * * *")
    assert (row["automatic_backfill"], row["schedule_id"]) == (False, f"id of {name}")


def test_pause_and_resume_keep_what_was_fired(newest_rpc_server: RunningServer) -> None:
    server, fired = newest_rpc_server, "2026-01-15T12:00:00Z"
    name = seed(server, fresh("nightly"), last_fired_at=fired)
    pause, resume = messages.PauseScheduleResponse, messages.ResumeScheduleResponse
    for outcome in (pause.OUTCOME_PAUSED, pause.OUTCOME_ALREADY_PAUSED):
        request = PauseScheduleRequest(request_key=fresh("key"), schedule_name=name)
        assert server.call(request).read(pause).outcome == outcome
        assert (stored(server, name)["status"], stored(server, name)["last_fired_at"]) == ("PAUSED", fired)
        assert not get(server, name).HasField("next_run_time")
    for again in (resume.OUTCOME_RESUMED, resume.OUTCOME_ALREADY_ACTIVE):
        resumption = ResumeScheduleRequest(request_key=fresh("key"), schedule_name=name)
        assert server.call(resumption).read(resume).outcome == again
        assert (stored(server, name)["status"], stored(server, name)["last_fired_at"]) == ("ACTIVE", fired)
        assert get(server, name).HasField("next_run_time")
    assert get(server, name).last_fired_time.ToJsonString() == fired


def test_an_update_changes_what_it_names(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    name = seed(server, fresh("nightly"), queue_name="reports", workflow_class_name="Shop")
    before = stored(server, name)
    request = UpdateScheduleRequest(request_key=fresh("key"), schedule_name=name, cron="0 1 2 * * *", queue_name="")
    updated = server.call(request).read(messages.UpdateScheduleResponse).schedule
    assert (updated.cron, updated.queue_name, updated.class_name) == ("0 1 2 * * *", "", "Shop")
    assert stored(server, name) == {**before, "schedule": "0 1 2 * * *", "queue_name": None}

    request = UpdateScheduleRequest(request_key=fresh("key"), schedule_name=name, context_value=Value(string_value="a"))
    server.call(request).read(messages.UpdateScheduleResponse)
    assert get(server, name).context.value.string_value == "a"

    request.request_key, request.runtime = fresh("key"), RUNTIME_GO
    refusal = server.call(request).refused("SCHEDULE_RUNTIME_UNKNOWN")
    assert refusal.metadata["detail"] == "The stored context is of PYTHON, and the request names another one."


def test_a_context_of_nobody_knows_whom_stays_untouched(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    name = seed(server, fresh("nightly"), context='{"a": 1}')
    request = UpdateScheduleRequest(request_key=fresh("key"), schedule_name=name, workflow_name="other")
    server.call(request).read(messages.UpdateScheduleResponse)
    assert stored(server, name)["context"] == '{"a": 1}'
    request = UpdateScheduleRequest(request_key=fresh("key"), schedule_name=name, context_value=Value(bool_value=True))
    server.call(request).refused("SCHEDULE_RUNTIME_UNKNOWN")
    server.call(TriggerScheduleRequest(request_key=fresh("key"), schedule_name=name)).refused(
        "SCHEDULE_RUNTIME_UNKNOWN"
    )


def test_deletion(newest_rpc_server: RunningServer) -> None:
    server, name = newest_rpc_server, seed(newest_rpc_server, fresh("nightly"))
    request = DeleteScheduleRequest(request_key=fresh("key"), schedule_name=name)
    assert server.call(request).read(messages.DeleteScheduleResponse).schedule.cron == "0 0 12 * * *"
    request = DeleteScheduleRequest(request_key=fresh("key"), schedule_name=name, allow_missing=True)
    response = server.call(request).read(messages.DeleteScheduleResponse)
    assert (response.outcome, response.HasField("schedule")) == (response.OUTCOME_MISSING, False)


def test_a_backfill_starts_each_run_once(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    version = register_version(server)
    name = seed(server, fresh("nightly"), queue_name="reports")
    server.seed(workflow(f"sched-{name}-2025-01-02T12:00:00+00:00", WorkflowState.SUCCESS))
    outcomes: list[Sequence[int]] = []
    for _ in range(2):
        response = backfill(server, name).read(messages.BackfillScheduleResponse)
        assert [run.workflow_id for run in response.runs] == [
            f"sched-{name}-2025-01-0{day}T12:00:00+00:00" for day in (1, 2, 3)
        ]
        outcomes.append([run.outcome for run in response.runs])
        assert response.started_count == sum(run.outcome == ScheduledRun.OUTCOME_STARTED for run in response.runs)
    started, existing = ScheduledRun.OUTCOME_STARTED, ScheduledRun.OUTCOME_EXISTING
    assert outcomes == [[started, existing, started], [existing] * 3]
    runs = server.execute(
        "SELECT status, queue_name, application_version, schedule_name, priority, serialization"
        " FROM dbos.workflow_status WHERE schedule_name = %s",
        name,
    )
    assert len(runs) == 2
    expected = {
        "status": "ENQUEUED",
        "queue_name": "reports",
        "application_version": version,
        "schedule_name": name,
        "priority": 0,
        "serialization": None,
    }
    assert [dict(run) for run in runs] == [expected, expected]


def test_a_backfill_is_bounded_and_away_from_changes_of_the_clock(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    register_version(server)
    name = seed(server, fresh("secondly"), schedule="* * * * * *")
    refusal = backfill(server, name).refused("BACKFILL_TOO_LARGE")
    assert refusal.metadata == {"schedule_name": name, "supplied": "more than 1000", "allowed": "1000"}
    name = seed(server, fresh("paris"), cron_timezone="Europe/Paris")
    refusal = backfill(server, name, days=180).refused("SCHEDULE_TIMES_UNCERTAIN")
    assert "The clock of Europe/Paris changes" in refusal.metadata["detail"]


def test_javas_own_backfill_counts_as_started(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    register_version(server)
    name = seed(server, fresh("nightly"), context="null")
    server.seed(workflow(f"sched-{name}-2025-01-02T12:00Z[UTC]", WorkflowState.SUCCESS))
    response = backfill(server, name, runtime=RUNTIME_JAVA).read(messages.BackfillScheduleResponse)
    assert [(run.workflow_id.removeprefix(f"sched-{name}-"), run.outcome) for run in response.runs] == [
        ("2025-01-01T12:00Z", ScheduledRun.OUTCOME_STARTED),
        ("2025-01-02T12:00Z", ScheduledRun.OUTCOME_EXISTING),
        ("2025-01-03T12:00Z", ScheduledRun.OUTCOME_STARTED),
    ]


def test_gos_backfill_needs_the_zone_of_the_workers(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    register_version(server)
    name = seed(server, fresh("nightly"), context="null")
    backfill(server, name, runtime=RUNTIME_GO).refused("SCHEDULE_RUNTIME_UNKNOWN")
    backfill(server, name, runtime=RUNTIME_JAVA, worker_time_zone="UTC").refused("SCHEDULE_RUNTIME_UNKNOWN")
    reply = backfill(server, name, days=1, runtime=RUNTIME_GO, worker_time_zone="Asia/Kolkata")
    [run] = reply.read(messages.BackfillScheduleResponse).runs
    assert run.workflow_id == f"sched-{name}-2025-01-01T17:30:00+05:30"


def test_a_private_context_is_refused(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    register_version(server)
    text = base64.b64encode(pickle.dumps({"day": date(2026, 1, 1)}, 4)).decode()
    name = seed(server, fresh("nightly"), context=text)
    refusal = backfill(server, name).refused("SCHEDULE_CONTEXT_PRIVATE")
    assert refusal.metadata == {"schedule_name": name, "runtime": "PYTHON"}
    assert server.execute("SELECT 1 FROM dbos.workflow_status WHERE schedule_name = %s", name) == []


def test_runs_need_a_version_of_the_owner(newest_rpc_server: RunningServer) -> None:
    server, application = newest_rpc_server, fresh("shop")
    server.execute("DELETE FROM dbos.application_versions WHERE application_name IS NULL")
    name = seed(server, fresh("nightly"), application_name=application)
    request = TriggerScheduleRequest(request_key=fresh("key"), schedule_name=name)
    server.call(request).refused("APPLICATION_VERSION_NOT_FOUND")
    version = register_version(server, application)
    request.request_key = fresh("key")
    started = server.call(request).read(messages.TriggerScheduleResponse).workflow
    assert (started.application_version, started.application_name) == (version, application)
    assert started.workflow_id.startswith(f"sched-{name}-trigger-")


def test_triggers_at_the_same_moment_are_different_runs(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    register_version(server)
    name = seed(server, fresh("nightly"), context='{"json":null,"__dbos_serializer":"superjson"}')
    replies = [
        server.call(TriggerScheduleRequest(request_key=fresh("key"), schedule_name=name)).read(
            messages.TriggerScheduleResponse
        )
        for _ in range(5)
    ]
    assert len({reply.workflow.workflow_id for reply in replies}) == 5


def names(server: RunningServer, **conditions: Any) -> list[str]:  # noqa: ANN401 - The fields of the request.
    found, token = [], ""
    while True:
        request = ListSchedulesRequest(**conditions, page_token=token)
        response = server.call(request).read(messages.ListSchedulesResponse)
        found += [schedule.schedule_name for schedule in response.schedules]
        token = response.next_page_token
        if not token:
            return found


def test_lists(newest_rpc_server: RunningServer) -> None:
    server, prefix = newest_rpc_server, fresh("list")
    workflow_name = fresh("report")
    for index in range(5):
        seed(
            server,
            f"{prefix}_{index}",
            workflow_name=workflow_name if index < 4 else "else",
            status="PAUSED" if index % 2 else "ACTIVE",
            application_name=[None, "shop", "bank"][index % 3],
        )
    every = [f"{prefix}_{index}" for index in range(5)]
    assert names(server, schedule_name_prefixes=[f"{prefix}_"], page_size=2) == every
    # A prefix is no pattern.
    assert names(server, schedule_name_prefixes=[f"{prefix}%", prefix.replace("-", "_")]) == []
    assert names(server, workflow_names=[workflow_name]) == every[:4]
    paused = [messages.SCHEDULE_STATE_PAUSED]
    assert names(server, schedule_name_prefixes=[prefix], states=paused) == every[1::2]
    assert names(server, schedule_name_prefixes=[prefix], application_names=["shop"]) == [*every[:2], *every[3:]]
    assert names(server, schedule_names=[every[3], every[0], "none"]) == [every[0], every[3]]


def test_a_context_that_fits_no_answer(newest_rpc_server: RunningServer) -> None:
    name = seed(newest_rpc_server, fresh("nightly"), context="x" * 5_000_000)
    newest_rpc_server.call(GetScheduleRequest(schedule_name=name)).refused("RESPONSE_TOO_LARGE")
    refusal = newest_rpc_server.call(ListSchedulesRequest(schedule_names=[name])).refused("RESPONSE_TOO_LARGE")
    assert name in refusal.message


def preview(server: RunningServer, **fields: Any) -> list[ScheduledRun]:  # noqa: ANN401 - The fields of the request.
    request = PreviewScheduleRequest(**{"start_time": Timestamp(seconds=NEW_YEAR_S), **fields})
    return list(server.call(request).read(messages.PreviewScheduleResponse).runs)


def test_previews(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    assert len(preview(server, cron="0 0 12 * * *")) == 10
    runs = preview(server, cron="0 0 12 * * *", time_zone="Europe/Paris", run_count=2)
    assert [run.run_time.ToJsonString() for run in runs] == ["2025-01-01T11:00:00Z", "2025-01-02T11:00:00Z"]
    assert not any(run.workflow_id or run.uncertain for run in runs)
    # As of now.
    name = seed(server, fresh("nightly"))
    request = PreviewScheduleRequest(schedule_name=name, run_count=1)
    [run] = server.call(request).read(messages.PreviewScheduleResponse).runs
    assert run.run_time == get(server, name).next_run_time
    [run] = preview(server, schedule_name=name, run_count=1)
    assert run.workflow_id == f"sched-{name}-2025-01-01T12:00:00+00:00"


def test_previews_mark_changes_of_the_clock(newest_rpc_server: RunningServer) -> None:
    start = Timestamp(seconds=NEW_YEAR_S + 87 * DAY_S)  # 29 March 2025.
    runs = preview(newest_rpc_server, cron="0 30 2 * * *", time_zone="Europe/Paris", run_count=4, start_time=start)
    assert [(run.run_time.ToJsonString(), run.uncertain) for run in runs] == [
        ("2025-03-29T01:30:00Z", False),
        ("2025-03-30T01:00:00Z", True),
        ("2025-03-31T00:30:00Z", False),
        ("2025-04-01T00:30:00Z", False),
    ]


def test_previews_of_what_cannot_be_computed(newest_rpc_server: RunningServer) -> None:
    server = newest_rpc_server
    request = PreviewScheduleRequest(cron="@every 10s", runtime=RUNTIME_GO)
    assert server.call(request).refused("SCHEDULE_TIMES_UNCERTAIN").code is grpc.StatusCode.FAILED_PRECONDITION
    request = PreviewScheduleRequest(cron="0 0 12 1 * 1", runtime=RUNTIME_JAVA)
    server.call(request).refused("SCHEDULE_TIMES_UNCERTAIN")
    server.call(PreviewScheduleRequest(cron="nonsense")).refused("INVALID_REQUEST")
    name = seed(server, fresh("nightly"), schedule="0 0 12 ? * MON", context='{"@class":"java.util.HashMap"}')
    server.call(PreviewScheduleRequest(schedule_name=name)).refused("SCHEDULE_TIMES_UNCERTAIN")
    assert not get(server, name).HasField("next_run_time")
