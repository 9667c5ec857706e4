"""Schedules, and what mutations of them came to, as messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from workflow_control.domain.schedule_contexts import context_format, runtime_of_context
from workflow_control.domain.schedule_outcomes import (
    ApplyResult,
    ApplySchedulesOutcome,
    BackfillScheduleOutcome,
    CreateScheduleOutcome,
    DeleteScheduleOutcome,
    PauseScheduleOutcome,
    ResumeScheduleOutcome,
    TriggerScheduleOutcome,
    UpdateScheduleOutcome,
)
from workflow_control.domain.schedules import ScheduleRow, ScheduleStatus
from workflow_control.rpc.convert_responses import write_payload, write_workflow
from workflow_control.rpc.convert_times import write_datetime
from workflowcontrol.v1 import schedule_control_pb2 as messages

STATUS_BY_NUMBER: Final[Mapping[int, str]] = {
    messages.ScheduleState.Value(f"SCHEDULE_STATE_{status.name}"): status.value for status in ScheduleStatus
}
_STATES: Final = {
    status.value: messages.ScheduleState.Value(f"SCHEDULE_STATE_{status.name}") for status in ScheduleStatus
}
_APPLY_RESULTS: Final = {
    result: messages.AppliedSchedule.Outcome.Value(f"OUTCOME_{result.name}") for result in ApplyResult
}


def write_schedule(message: messages.Schedule, row: ScheduleRow) -> None:
    """Set everything but the context and the next time."""
    message.schedule_name = row.name
    message.schedule_id = row.schedule_id
    message.workflow_name = row.workflow_name
    message.class_name = row.class_name or ""
    message.cron = row.cron
    message.time_zone = row.time_zone or ""
    message.state = _STATES.get(row.status, messages.SCHEDULE_STATE_UNSPECIFIED)
    message.runtime = messages.Runtime.ValueType(runtime_of_context(row.context) or 0)
    message.automatic_backfill = row.automatic_backfill
    message.queue_name = row.queue_name or ""
    message.application_name = row.application_name or ""
    if (fired := _read_time(row.last_fired_at)) is not None:
        write_datetime(message.last_fired_time, fired)


def schedule(row: ScheduleRow, next_run: datetime | None) -> messages.Schedule:
    """Return a schedule as it is read."""
    message = messages.Schedule()
    write_schedule(message, row)
    # The name of the format is ours to find, not stored.
    write_payload(message.context, context_format(row.context), row.context)
    if runtime_of_context(row.context) is None:
        message.context.ClearField("serialization")
    if next_run is not None:
        write_datetime(message.next_run_time, next_run)
    return message


def write_create_schedule(outcome: CreateScheduleOutcome) -> messages.CreateScheduleResponse:
    """Return the response of a `CreateSchedule` call; likewise below."""
    response = messages.CreateScheduleResponse()
    write_schedule(response.schedule, outcome.schedule)
    return response


def write_apply_schedules(outcome: ApplySchedulesOutcome) -> messages.ApplySchedulesResponse:
    response = messages.ApplySchedulesResponse()
    for row, result in outcome.schedules:
        applied = response.schedules.add(outcome=_APPLY_RESULTS[result])
        write_schedule(applied.schedule, row)
    return response


def write_update_schedule(outcome: UpdateScheduleOutcome) -> messages.UpdateScheduleResponse:
    response = messages.UpdateScheduleResponse()
    write_schedule(response.schedule, outcome.schedule)
    return response


def write_pause_schedule(outcome: PauseScheduleOutcome) -> messages.PauseScheduleResponse:
    response = messages.PauseScheduleResponse(
        outcome=messages.PauseScheduleResponse.OUTCOME_ALREADY_PAUSED
        if outcome.was_paused
        else messages.PauseScheduleResponse.OUTCOME_PAUSED
    )
    write_schedule(response.schedule, outcome.schedule)
    return response


def write_resume_schedule(outcome: ResumeScheduleOutcome) -> messages.ResumeScheduleResponse:
    response = messages.ResumeScheduleResponse(
        outcome=messages.ResumeScheduleResponse.OUTCOME_ALREADY_ACTIVE
        if outcome.was_active
        else messages.ResumeScheduleResponse.OUTCOME_RESUMED
    )
    write_schedule(response.schedule, outcome.schedule)
    return response


def write_delete_schedule(outcome: DeleteScheduleOutcome) -> messages.DeleteScheduleResponse:
    if outcome.schedule is None:
        return messages.DeleteScheduleResponse(outcome=messages.DeleteScheduleResponse.OUTCOME_MISSING)
    response = messages.DeleteScheduleResponse(outcome=messages.DeleteScheduleResponse.OUTCOME_DELETED)
    write_schedule(response.schedule, outcome.schedule)
    return response


def write_trigger_schedule(outcome: TriggerScheduleOutcome) -> messages.TriggerScheduleResponse:
    response = messages.TriggerScheduleResponse()
    write_workflow(response.workflow, outcome.workflow)
    return response


def write_backfill_schedule(outcome: BackfillScheduleOutcome) -> messages.BackfillScheduleResponse:
    response = messages.BackfillScheduleResponse(started_count=sum(not run.is_taken for run in outcome.runs))
    for run in outcome.runs:
        message = response.runs.add(
            workflow_id=run.workflow_id,
            outcome=messages.ScheduledRun.OUTCOME_EXISTING if run.is_taken else messages.ScheduledRun.OUTCOME_STARTED,
        )
        write_datetime(message.run_time, run.time)
    return response


def _read_time(text: str | None) -> datetime | None:
    """Return a time in ISO 8601; None for none, and for what is something else."""
    try:
        time = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return time if time.tzinfo is not None else time.replace(tzinfo=UTC)
