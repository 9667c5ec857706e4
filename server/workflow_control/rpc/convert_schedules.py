"""Requests about schedules as commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, cast

from google.protobuf.timestamp_pb2 import Timestamp

from workflow_control.cron import cron_fault, zone_fault
from workflow_control.domain.limits import APPLIED_SCHEDULES_MAX, SCHEDULE_CONTEXT_BYTES
from workflow_control.domain.new_workflows import RESERVED_QUEUE_PREFIX
from workflow_control.domain.records import INTERNAL_QUEUE
from workflow_control.domain.schedule_commands import (
    ApplySchedules,
    BackfillSchedule,
    CreateSchedule,
    DeleteSchedule,
    PauseSchedule,
    ResumeSchedule,
    TriggerSchedule,
    UpdateSchedule,
)
from workflow_control.domain.schedules import (
    UTC_ZONE,
    ContextText,
    ContextValue,
    NewContext,
    NewSchedule,
    Runtime,
    ScheduleUpdate,
)
from workflow_control.idempotency.derived_ids import derive_workflow_id
from workflow_control.rpc.convert_times import read_datetime
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import schedule_control_pb2 as messages

_RUNTIMES: Final[Mapping[int, Runtime | None]] = {messages.RUNTIME_UNSPECIFIED: None} | {
    runtime.value: runtime for runtime in Runtime
}


def read_create_schedule(checks: FieldChecks, request: messages.CreateScheduleRequest, scope: str) -> CreateSchedule:
    """Return the command of a `CreateSchedule` call."""
    schedule_id = derive_workflow_id(scope, request.request_key, request.schedule.schedule_name)
    if not request.HasField("schedule"):
        checks.add("schedule", "Is required.")
        return CreateSchedule(NewSchedule(schedule_id, "", "", ""))
    return CreateSchedule(_read_new_schedule(checks, "schedule", request.schedule, schedule_id))


def read_apply_schedules(checks: FieldChecks, request: messages.ApplySchedulesRequest, scope: str) -> ApplySchedules:
    """Return the command of an `ApplySchedules` call."""
    count = len(request.schedules)
    if not 1 <= count <= APPLIED_SCHEDULES_MAX:
        checks.add("schedules", f"Has {count} schedules; 1 to {APPLIED_SCHEDULES_MAX} are allowed.")
        return ApplySchedules(())
    places: dict[str, int] = {}
    schedules = []
    for index, message in enumerate(request.schedules):
        field = f"schedules[{index}]"
        if (first := places.setdefault(message.schedule_name, index)) != index:
            checks.add(f"{field}.schedule_name", f"Is that of schedules[{first}] already.")
        schedule_id = derive_workflow_id(scope, request.request_key, message.schedule_name)
        schedules.append(_read_new_schedule(checks, field, message, schedule_id))
    return ApplySchedules(schedules)


def read_update_schedule(checks: FieldChecks, request: messages.UpdateScheduleRequest, scope: str) -> UpdateSchedule:
    """Return the command of an `UpdateSchedule` call."""
    checks.name("schedule_name", request.schedule_name)
    runtime = read_runtime(checks, "runtime", request.runtime)
    changes: dict[str, Any] = {
        name: read(checks, name, getattr(request, name))
        for name, read in _UPDATED_FIELDS.items()
        if request.HasField(cast("Any", name))
    }
    if "cron" in changes:
        read_cron(checks, "cron", request.cron, runtime)
    if (context := _read_context(checks, "", request)) is not None:
        changes["context"] = context
    schedule_id = derive_workflow_id(scope, request.request_key, request.schedule_name)
    return UpdateSchedule(request.schedule_name, ScheduleUpdate(**changes), runtime, schedule_id)


def read_pause_schedule(checks: FieldChecks, request: messages.PauseScheduleRequest, scope: str) -> PauseSchedule:
    """Return the command of a `PauseSchedule` call."""
    checks.name("schedule_name", request.schedule_name)
    return PauseSchedule(request.schedule_name)


def read_resume_schedule(checks: FieldChecks, request: messages.ResumeScheduleRequest, scope: str) -> ResumeSchedule:
    """Return the command of a `ResumeSchedule` call."""
    checks.name("schedule_name", request.schedule_name)
    return ResumeSchedule(request.schedule_name)


def read_delete_schedule(checks: FieldChecks, request: messages.DeleteScheduleRequest, scope: str) -> DeleteSchedule:
    """Return the command of a `DeleteSchedule` call."""
    checks.name("schedule_name", request.schedule_name)
    return DeleteSchedule(request.schedule_name, request.allow_missing)


def read_trigger_schedule(checks: FieldChecks, request: messages.TriggerScheduleRequest, scope: str) -> TriggerSchedule:
    """Return the command of a `TriggerSchedule` call."""
    checks.name("schedule_name", request.schedule_name)
    return TriggerSchedule(request.schedule_name, read_runtime(checks, "runtime", request.runtime))


def read_backfill_schedule(
    checks: FieldChecks, request: messages.BackfillScheduleRequest, scope: str
) -> BackfillSchedule:
    """Return the command of a `BackfillSchedule` call."""
    checks.name("schedule_name", request.schedule_name)
    start = _read_required_time(checks, "start_time", request.start_time, request.HasField("start_time"))
    end = _read_required_time(checks, "end_time", request.end_time, request.HasField("end_time"))
    if not checks.count and end < start:
        checks.add("end_time", "Must not be before start_time.")
    runtime = read_runtime(checks, "runtime", request.runtime)
    if request.worker_time_zone:
        _read_zone(checks, "worker_time_zone", request.worker_time_zone)
    return BackfillSchedule(request.schedule_name, start, end, runtime, request.worker_time_zone or None)


def read_runtime(checks: FieldChecks, field: str, number: int) -> Runtime | None:
    """Return a runtime; None where none is named."""
    if number not in _RUNTIMES:
        checks.add(field, f"Is {number}, which names no runtime.")
    return _RUNTIMES.get(number)


def read_cron(checks: FieldChecks, field: str, value: str, runtime: Runtime | None) -> str:
    """Return an expression that a schedule of the runtime, or of any, may have."""
    before = checks.count
    checks.name(field, value)
    if checks.count == before and (fault := cron_fault(value, runtime)) is not None:
        checks.add(field, fault)
    return value


def read_time_zone(checks: FieldChecks, field: str, value: str) -> str:
    """Return the name of a time zone; empty is UTC."""
    return _read_zone(checks, field, value) if value else UTC_ZONE


def _read_zone(checks: FieldChecks, field: str, value: str) -> str:
    before = checks.count
    checks.name(field, value)
    if checks.count == before and (fault := zone_fault(value)) is not None:
        checks.add(field, fault)
    return value


def _read_new_schedule(checks: FieldChecks, path: str, message: messages.NewSchedule, schedule_id: str) -> NewSchedule:
    checks.name(f"{path}.schedule_name", message.schedule_name)
    checks.name(f"{path}.workflow_name", message.workflow_name)
    runtime = read_runtime(checks, f"{path}.runtime", message.runtime)
    return NewSchedule(
        schedule_id=schedule_id,
        name=message.schedule_name,
        workflow_name=message.workflow_name,
        cron=read_cron(checks, f"{path}.cron", message.cron, runtime),
        class_name=checks.optional_name(f"{path}.class_name", message.class_name),
        time_zone=read_time_zone(checks, f"{path}.time_zone", message.time_zone),
        context=_read_context(checks, f"{path}.", message) or ContextValue(None),
        runtime=runtime,
        automatic_backfill=message.automatic_backfill,
        queue_name=_read_queue_name(checks, f"{path}.queue_name", message.queue_name) or None,
        application_name=checks.optional_name(f"{path}.application_name", message.application_name),
    )


def _read_context(
    checks: FieldChecks, path: str, message: messages.NewSchedule | messages.UpdateScheduleRequest
) -> NewContext | None:
    match message.WhichOneof("context"):
        case "context_value":
            _check_size(checks, f"{path}context_value", message.context_value.ByteSize())
            return ContextValue(checks.value(f"{path}context_value", message.context_value))
        case "context_text":
            text = message.context_text
            if not text:
                checks.add(f"{path}context_text", "Must not be empty.")
            if "\0" in text:
                checks.add(f"{path}context_text", "Must not contain NUL.")
            _check_size(checks, f"{path}context_text", len(text.encode()))
            return ContextText(text)
        case None:
            return None


def _check_size(checks: FieldChecks, field: str, size: int) -> None:
    if size > SCHEDULE_CONTEXT_BYTES:
        checks.add(field, f"Has {size} bytes; at most {SCHEDULE_CONTEXT_BYTES} are allowed.")


def _read_queue_name(checks: FieldChecks, field: str, value: str) -> str:
    if value:
        checks.name(field, value)
        if value.startswith(RESERVED_QUEUE_PREFIX) and value != INTERNAL_QUEUE:
            checks.add(
                field, f"Names that begin with {RESERVED_QUEUE_PREFIX} are reserved: no worker serves such a queue."
            )
    return value


def _read_optional_name(checks: FieldChecks, field: str, value: str) -> str:
    if value:
        checks.name(field, value)
    return value


def _read_name(checks: FieldChecks, field: str, value: str) -> str:
    checks.name(field, value)
    return value


def _read_required_time(checks: FieldChecks, field: str, value: Timestamp, given: bool) -> datetime:
    if not given:
        checks.add(field, "Is required.")
        return datetime.fromtimestamp(0, UTC)
    return read_datetime(checks, field, value)


_UPDATED_FIELDS: Final[Mapping[str, Callable[[FieldChecks, str, Any], object]]] = {
    "workflow_name": _read_name,
    "class_name": _read_optional_name,
    "cron": lambda checks, field, value: value,
    "time_zone": read_time_zone,
    "automatic_backfill": lambda checks, field, value: value,
    "queue_name": _read_queue_name,
}
"""How each field of `UpdateScheduleRequest` is read where it is set."""
