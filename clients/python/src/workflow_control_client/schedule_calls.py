"""The calls of the service `ScheduleControl`, and how a schedule to create is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from google.protobuf.struct_pb2 import ListValue, Value

from workflow_control_client.calls import Call, Listing, duration, request_key_or_new, timestamp
from workflowcontrol.v1.schedule_control_pb2 import (
    RUNTIME_UNSPECIFIED,
    ApplySchedulesRequest,
    ApplySchedulesResponse,
    BackfillScheduleRequest,
    BackfillScheduleResponse,
    CreateScheduleRequest,
    CreateScheduleResponse,
    DeleteScheduleRequest,
    DeleteScheduleResponse,
    GetScheduleRequest,
    GetScheduleResponse,
    ListSchedulesRequest,
    ListSchedulesResponse,
    NewSchedule,
    PauseScheduleRequest,
    PauseScheduleResponse,
    PreviewScheduleRequest,
    PreviewScheduleResponse,
    ResumeScheduleRequest,
    ResumeScheduleResponse,
    Runtime,
    Schedule,
    ScheduleState,
    TriggerScheduleRequest,
    TriggerScheduleResponse,
    UpdateScheduleRequest,
    UpdateScheduleResponse,
)

_SERVICE: Final = "/workflowcontrol.v1.ScheduleControl"


def new_schedule(
    schedule_name: str,
    workflow_name: str,
    cron: str,
    *,
    time_zone: str = "",
    context: object = None,
    context_text: str = "",
    class_name: str = "",
    runtime: Runtime.ValueType = RUNTIME_UNSPECIFIED,
    automatic_backfill: bool = False,
    queue_name: str = "",
    application_name: str = "",
) -> NewSchedule:
    """Write a schedule to create or to apply.

        nightly = new_schedule("nightly", "report", "0 30 2 * * *", time_zone="Europe/Paris", context={"kind": "full"})

    Args:
        schedule_name: Its name.
        workflow_name: The workflow that it starts, as the application registers it.
        cron: When: six fields, seconds first; with `runtime`, whatever that one reads.
        time_zone: The IANA zone in which that is read; empty: UTC.
        context: The workflow's second argument: None, bool, int, float, str, and lists and dicts of them.
        context_text: Instead of `context`: what to store, as the application's own serializer writes it.
        class_name: The class that the workflow belongs to.
        runtime: Which runtime its workers are of; unspecified: the one that the database shows.
        automatic_backfill: Whether its workers start later what was missed.
        queue_name: Where its workflows wait; empty: in DBOS's internal queue.
        application_name: Whose workers are to run it; empty: every one's.
    """
    schedule = NewSchedule(
        schedule_name=schedule_name,
        workflow_name=workflow_name,
        class_name=class_name,
        cron=cron,
        time_zone=time_zone,
        runtime=runtime,
        automatic_backfill=automatic_backfill,
        queue_name=queue_name,
        application_name=application_name,
    )
    if context_text:
        schedule.context_text = context_text
    else:
        schedule.context_value.CopyFrom(json_value(context))
    return schedule


def json_value(value: object) -> Value:
    """Return a plain Python value as a protobuf one. Numbers travel as doubles."""
    values = ListValue()
    values.extend([value])  # type: ignore[list-item]  # The stubs know fewer kinds of values than it takes.
    return values.values[0]


def create_schedule(
    schedule: NewSchedule,
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[CreateScheduleResponse]:
    """Create a schedule, which is active at once.

        client.create_schedule(new_schedule("nightly", "report", "0 30 2 * * *", time_zone="Europe/Paris"))

    Args:
        schedule: The schedule, as `new_schedule` writes it.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        ScheduleExists: The name is taken.
        ScheduleRuntimeUnknown: Neither the schedule nor the database says which runtime runs it.
        SchemaCapabilityMissing: The installed DBOS has no schedules, or not these options.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = CreateScheduleRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        schedule=schedule,
    )
    return Call(f"{_SERVICE}/CreateSchedule", request, CreateScheduleResponse.FromString, call_timeout, request_key)


def apply_schedules(
    schedules: Iterable[NewSchedule],
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[ApplySchedulesResponse]:
    """Create schedules, or give those that exist another definition, all or none.

        for applied in client.apply_schedules([nightly, hourly]).schedules:
            print(applied.schedule.schedule_name, applied.outcome)

    Args:
        schedules: The schedules, as `new_schedule` writes them.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        OwnedByAnotherApplication: One of them is another application's.
        ScheduleRuntimeUnknown: As for `create_schedule`.
        SchemaCapabilityMissing: As for `create_schedule`.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = ApplySchedulesRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        schedules=schedules,
    )
    return Call(f"{_SERVICE}/ApplySchedules", request, ApplySchedulesResponse.FromString, call_timeout, request_key)


def update_schedule(
    schedule_name: str,
    *,
    workflow_name: str | None = None,
    class_name: str | None = None,
    cron: str | None = None,
    time_zone: str | None = None,
    context_value: Value | None = None,
    context_text: str | None = None,
    runtime: Runtime.ValueType = RUNTIME_UNSPECIFIED,
    automatic_backfill: bool | None = None,
    queue_name: str | None = None,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[UpdateScheduleResponse]:
    """Change what is given of a schedule, and nothing else.

        client.update_schedule("nightly", cron="0 0 3 * * *", context_value=json_value({"kind": "short"}))

    Args:
        schedule_name: The schedule.
        workflow_name, class_name, cron, time_zone, automatic_backfill, queue_name: As for `new_schedule`; None: as it
            is.
        context_value: The workflow's second argument, as `json_value` writes it; None: as it is.
        context_text: Instead of that: what to store.
        runtime: Which runtime its workers are of; unspecified: the one that wrote the stored context.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        ScheduleNotFound: There is none of that name.
        ScheduleRuntimeUnknown: A context is given, and the stored one does not show whose it is.
        SchemaCapabilityMissing: As for `create_schedule`.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = UpdateScheduleRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        schedule_name=schedule_name,
        workflow_name=workflow_name,
        class_name=class_name,
        cron=cron,
        time_zone=time_zone,
        context_value=context_value,
        runtime=runtime,
        automatic_backfill=automatic_backfill,
        queue_name=queue_name,
    )
    if context_text is not None:
        request.context_text = context_text
    return Call(f"{_SERVICE}/UpdateSchedule", request, UpdateScheduleResponse.FromString, call_timeout, request_key)


def pause_schedule(
    schedule_name: str,
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[PauseScheduleResponse]:
    """Pause a schedule, which then starts nothing. Its workers notice within their polling interval.

        client.pause_schedule("nightly", reason="The warehouse is closed.")

    Args:
        schedule_name: The schedule.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        ScheduleNotFound: There is none of that name.
        SchemaCapabilityMissing: The installed DBOS has no schedules.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = PauseScheduleRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        schedule_name=schedule_name,
    )
    return Call(f"{_SERVICE}/PauseSchedule", request, PauseScheduleResponse.FromString, call_timeout, request_key)


def resume_schedule(
    schedule_name: str,
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[ResumeScheduleResponse]:
    """Resume a paused schedule. With automatic backfill its workers start what it missed.

        client.resume_schedule("nightly")

    Args:
        schedule_name: The schedule.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        ScheduleNotFound: There is none of that name.
        SchemaCapabilityMissing: The installed DBOS has no schedules.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = ResumeScheduleRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        schedule_name=schedule_name,
    )
    return Call(f"{_SERVICE}/ResumeSchedule", request, ResumeScheduleResponse.FromString, call_timeout, request_key)


def delete_schedule(
    schedule_name: str,
    *,
    allow_missing: bool = False,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[DeleteScheduleResponse]:
    """Delete a schedule. The workflows that it has started stay.

        client.delete_schedule("nightly", allow_missing=True)

    Args:
        schedule_name: The schedule.
        allow_missing: Return normally when there is none.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        ScheduleNotFound: There is none of that name.
        SchemaCapabilityMissing: The installed DBOS has no schedules.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = DeleteScheduleRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        schedule_name=schedule_name,
        allow_missing=allow_missing,
    )
    return Call(f"{_SERVICE}/DeleteSchedule", request, DeleteScheduleResponse.FromString, call_timeout, request_key)


def trigger_schedule(
    schedule_name: str,
    *,
    runtime: Runtime.ValueType = RUNTIME_UNSPECIFIED,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[TriggerScheduleResponse]:
    """Start a schedule's workflow now, beside its times.

        print(client.trigger_schedule("nightly").workflow.workflow_id)

    Args:
        schedule_name: The schedule, active or paused.
        runtime: Which runtime its workers are of; unspecified: the one that wrote the stored context.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        ScheduleNotFound: There is none of that name.
        ScheduleRuntimeUnknown: The stored context does not show whose it is.
        ScheduleContextPrivate: Only the application's own code reads the stored context.
        ApplicationVersionNotFound: No worker has registered a version yet.
        SchemaCapabilityMissing: The installed DBOS has no schedules, or does not register versions.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = TriggerScheduleRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        schedule_name=schedule_name,
        runtime=runtime,
    )
    return Call(f"{_SERVICE}/TriggerSchedule", request, TriggerScheduleResponse.FromString, call_timeout, request_key)


def backfill_schedule(
    schedule_name: str,
    start_time: datetime,
    end_time: datetime,
    *,
    runtime: Runtime.ValueType = RUNTIME_UNSPECIFIED,
    worker_time_zone: str = "",
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[BackfillScheduleResponse]:
    """Start a schedule's workflow for each of its times between two, but for those that were started already.

        done = client.backfill_schedule("nightly", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 8, tzinfo=UTC))
        print(done.started_count, "of", len(done.runs))

    Args:
        schedule_name: The schedule, active or paused.
        start_time, end_time: Both exclusive, with a time zone.
        runtime: Which runtime its workers are of; unspecified: the one that wrote the stored context.
        worker_time_zone: With Go, the zone of the workers' processes.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        ScheduleTimesUncertain: The zone's clock changes in that time, or only the runtime reads the expression.
        BackfillTooLarge: More runs than one request starts.
        ScheduleNotFound, ScheduleRuntimeUnknown, ScheduleContextPrivate, ApplicationVersionNotFound,
        SchemaCapabilityMissing: As for `trigger_schedule`.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = BackfillScheduleRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        schedule_name=schedule_name,
        start_time=timestamp(start_time),
        end_time=timestamp(end_time),
        runtime=runtime,
        worker_time_zone=worker_time_zone,
    )
    return Call(f"{_SERVICE}/BackfillSchedule", request, BackfillScheduleResponse.FromString, call_timeout, request_key)


def get_schedule(schedule_name: str, *, call_timeout: timedelta | None = None) -> Call[GetScheduleResponse]:
    """Read a schedule.

        print(client.get_schedule("nightly").schedule.next_run_time.ToDatetime())

    Args:
        schedule_name: The schedule.
        call_timeout: The time for the call; None: as the client says.

    Raises:
        ScheduleNotFound: There is none of that name.
        SchemaCapabilityMissing: The installed DBOS has no schedules.
        WorkflowControlError: Any of its other subclasses.
    """
    request = GetScheduleRequest(schedule_name=schedule_name)
    return Call(f"{_SERVICE}/GetSchedule", request, GetScheduleResponse.FromString, call_timeout)


def list_schedules(
    *,
    schedule_names: Iterable[str] = (),
    schedule_name_prefixes: Iterable[str] = (),
    states: Iterable[ScheduleState.ValueType] = (),
    workflow_names: Iterable[str] = (),
    application_names: Iterable[str] = (),
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[ListSchedulesResponse, Schedule]:
    """List schedules by name.

        for schedule in client.list_schedules(states=[SCHEDULE_STATE_PAUSED]):
            print(schedule.schedule_name, schedule.cron, schedule.time_zone)

    Args:
        schedule_names, schedule_name_prefixes, states, workflow_names: Only such schedules; empty: all.
        application_names: Only schedules that any of these owns, or nobody; empty: all.
        page_size: How many to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same conditions.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        SchemaCapabilityMissing: The installed DBOS has no schedules, or no applications.
        WorkflowControlError: Any of its other subclasses.
    """
    conditions = ListSchedulesRequest(
        schedule_names=schedule_names,
        schedule_name_prefixes=schedule_name_prefixes,
        states=states,
        workflow_names=workflow_names,
        application_names=application_names,
        page_size=page_size,
    )

    def page(token: str) -> Call[ListSchedulesResponse]:
        request = ListSchedulesRequest(page_token=token)
        request.MergeFrom(conditions)
        return Call(f"{_SERVICE}/ListSchedules", request, ListSchedulesResponse.FromString, call_timeout)

    return Listing(page, lambda response: response.schedules, page_token)


def preview_schedule(
    schedule_name: str = "",
    *,
    cron: str = "",
    time_zone: str = "",
    runtime: Runtime.ValueType = RUNTIME_UNSPECIFIED,
    start_time: datetime | None = None,
    run_count: int = 0,
    call_timeout: timedelta | None = None,
) -> Call[PreviewScheduleResponse]:
    """Tell when a schedule, or an expression, runs next.

        for run in client.preview_schedule(cron="0 30 2 * * *", time_zone="Europe/Paris").runs:
            print(run.run_time.ToDatetime())

    Args:
        schedule_name: The schedule.
        cron, time_zone: Instead of that: the expression, and the IANA zone in which it is read; empty: UTC.
        runtime: Which runtime reads it; unspecified: any, or the one that wrote the stored context.
        start_time: After this, with a time zone; None: now.
        run_count: How many times; 0: ten.
        call_timeout: The time for the call; None: as the client says.

    Raises:
        ScheduleNotFound: There is none of that name.
        ScheduleTimesUncertain: Only the runtime itself reads the expression.
        WorkflowControlError: Any of its other subclasses.
    """
    request = PreviewScheduleRequest(
        time_zone=time_zone, runtime=runtime, start_time=timestamp(start_time), run_count=run_count
    )
    if cron:
        request.cron = cron
    else:
        request.schedule_name = schedule_name
    return Call(f"{_SERVICE}/PreviewSchedule", request, PreviewScheduleResponse.FromString, call_timeout)
