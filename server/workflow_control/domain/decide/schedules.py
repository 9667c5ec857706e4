"""What becomes of schedules."""

from __future__ import annotations

from typing import cast

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import DeleteScheduleChange, WriteSchedulesChange, WrittenSchedule
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.decide.runtimes import runtime_of
from workflow_control.domain.errors import (
    OwnedByAnotherApplication,
    ScheduleExists,
    ScheduleNotFound,
    ScheduleRuntimeUnknown,
)
from workflow_control.domain.facts import Facts, ScheduleFindings
from workflow_control.domain.schedule_commands import (
    ApplySchedules,
    CreateSchedule,
    DeleteSchedule,
    PauseSchedule,
    ResumeSchedule,
    UpdateSchedule,
)
from workflow_control.domain.schedule_contexts import write_context
from workflow_control.domain.schedule_outcomes import (
    ApplyResult,
    ApplySchedulesOutcome,
    CreateScheduleOutcome,
    DeleteScheduleOutcome,
    PauseScheduleOutcome,
    ResumeScheduleOutcome,
    UpdateScheduleOutcome,
)
from workflow_control.domain.schedules import (
    UTC_ZONE,
    ContextText,
    NewContext,
    NewSchedule,
    Runtime,
    ScheduleRow,
    ScheduleStatus,
)


def decide_create_schedule(command: CreateSchedule, facts: Facts) -> Decision:
    """As DBOS does it (3.4.0 `_sys_db.py:create_schedule`). Raises SchemaCapabilityMissing."""
    new, findings = command.schedule, _findings(facts)
    _require_columns(new, facts)
    if new.name in findings.schedules:
        return Decision(ScheduleExists(new.name))
    runtime = _runtime_of(new, findings)
    if isinstance(runtime, ScheduleRuntimeUnknown):
        return Decision(runtime)
    row = _new_row(new, runtime, facts)
    return Decision(CreateScheduleOutcome(row), WriteSchedulesChange((WrittenSchedule(row, is_new=True),)))


def decide_apply_schedules(command: ApplySchedules, facts: Facts) -> Decision:
    """As DBOS does it (3.4.0 `_sys_db.py:upsert_schedule`). Raises SchemaCapabilityMissing."""
    findings = _findings(facts)
    applied: list[tuple[ScheduleRow, ApplyResult]] = []
    written: list[WrittenSchedule] = []
    for index, new in enumerate(command.schedules):
        _require_columns(new, facts)
        existing = findings.schedules.get(new.name)
        owner = None if existing is None else existing.application_name
        if owner is not None and new.application_name not in (None, owner):
            return Decision(OwnedByAnotherApplication("schedule", new.name, owner))
        runtime = _runtime_of(new, findings, index=str(index))
        if isinstance(runtime, ScheduleRuntimeUnknown):
            return Decision(runtime)
        row = _new_row(new, runtime, facts)
        if existing is None:
            result = ApplyResult.CREATED
        else:
            row = _redefined(
                existing, row._replace(application_name=owner or new.application_name), new.schedule_id, facts
            )
            result = ApplyResult.UNCHANGED if row == existing else ApplyResult.UPDATED
        applied.append((row, result))
        if result is not ApplyResult.UNCHANGED:
            written.append(WrittenSchedule(row, existing is None))
    return Decision(ApplySchedulesOutcome(applied), WriteSchedulesChange(written) if written else None)


def decide_update_schedule(command: UpdateSchedule, facts: Facts) -> Decision:
    """As DBOS for TypeScript does it, which alone has it. Raises SchemaCapabilityMissing."""
    facts.require(Capability.SCHEDULES)
    update, existing = command.update, _findings(facts).schedules.get(command.schedule_name)
    if update.automatic_backfill or update.time_zone not in (None, UTC_ZONE):
        facts.require(Capability.SCHEDULE_TIME_ZONE)
    if update.queue_name:
        facts.require(Capability.SCHEDULE_QUEUE)
    if existing is None:
        return Decision(ScheduleNotFound(command.schedule_name))
    known = runtime_of(existing.name, context=existing.context, named=command.runtime)
    # Only what is written in the runtime's own way needs to know it, and nothing may contradict what is stored.
    if isinstance(known, ScheduleRuntimeUnknown) and (update.context is not None or command.runtime is not None):
        return Decision(known)
    runtime = None if isinstance(known, ScheduleRuntimeUnknown) else known
    has_zone = Capability.SCHEDULE_TIME_ZONE in facts.capabilities
    changed = existing._replace(
        workflow_name=existing.workflow_name if update.workflow_name is None else update.workflow_name,
        class_name=existing.class_name if update.class_name is None else _class_name(update.class_name, runtime),
        cron=existing.cron if update.cron is None else update.cron,
        time_zone=existing.time_zone if update.time_zone is None or not has_zone else update.time_zone,
        context=existing.context
        if update.context is None or runtime is None
        else _context_text(update.context, runtime),
        automatic_backfill=existing.automatic_backfill
        if update.automatic_backfill is None
        else update.automatic_backfill,
        queue_name=existing.queue_name if update.queue_name is None else update.queue_name or None,
    )
    row = _redefined(existing, changed, command.schedule_id, facts)
    change = None if row == existing else WriteSchedulesChange((WrittenSchedule(row, is_new=False),))
    return Decision(UpdateScheduleOutcome(row), change)


def decide_pause_schedule(command: PauseSchedule, facts: Facts) -> Decision:
    """As DBOS does it, which ignores a schedule that is missing. Raises SchemaCapabilityMissing."""
    existing, row, change = _with_status(command.schedule_name, ScheduleStatus.PAUSED, facts)
    if existing is None or row is None:
        return Decision(ScheduleNotFound(command.schedule_name))
    return Decision(PauseScheduleOutcome(row, existing.status == row.status), change)


def decide_resume_schedule(command: ResumeSchedule, facts: Facts) -> Decision:
    """As DBOS does it, which ignores a schedule that is missing. Raises SchemaCapabilityMissing."""
    existing, row, change = _with_status(command.schedule_name, ScheduleStatus.ACTIVE, facts)
    if existing is None or row is None:
        return Decision(ScheduleNotFound(command.schedule_name))
    return Decision(ResumeScheduleOutcome(row, existing.status == row.status), change)


def decide_delete_schedule(command: DeleteSchedule, facts: Facts) -> Decision:
    """As DBOS does it, which ignores a schedule that is missing. Raises SchemaCapabilityMissing."""
    facts.require(Capability.SCHEDULES)
    existing = _findings(facts).schedules.get(command.schedule_name)
    if existing is not None:
        return Decision(DeleteScheduleOutcome(existing), DeleteScheduleChange(existing.name))
    if command.allow_missing:
        return Decision(DeleteScheduleOutcome(None))
    return Decision(ScheduleNotFound(command.schedule_name))


def _with_status(
    schedule_name: str, status: ScheduleStatus, facts: Facts
) -> tuple[ScheduleRow | None, ScheduleRow | None, WriteSchedulesChange | None]:
    """Return the schedule, and what it becomes. When it fired last stays, unlike with DBOS for Go: its workers begin
    their backfill there."""
    facts.require(Capability.SCHEDULES)
    existing = _findings(facts).schedules.get(schedule_name)
    if existing is None:
        return None, None, None
    row = existing._replace(status=status.value)
    return existing, row, None if row == existing else WriteSchedulesChange((WrittenSchedule(row, is_new=False),))


def _findings(facts: Facts) -> ScheduleFindings:
    return cast("ScheduleFindings", facts.findings)


def _require_columns(new: NewSchedule, facts: Facts) -> None:
    facts.require(Capability.SCHEDULES)
    if new.automatic_backfill or new.time_zone != UTC_ZONE:
        facts.require(Capability.SCHEDULE_TIME_ZONE)
    if new.queue_name is not None:
        facts.require(Capability.SCHEDULE_QUEUE)
    if new.application_name is not None:
        facts.require(Capability.APPLICATION_NAME)


def _runtime_of(new: NewSchedule, findings: ScheduleFindings, **place: str) -> Runtime | ScheduleRuntimeUnknown:
    existing = findings.schedules.get(new.name)
    return runtime_of(
        new.name,
        context=None if existing is None else existing.context,
        named=new.runtime,
        shown=findings.runtimes.get(new.name, frozenset()),
        **place,
    )


def _new_row(new: NewSchedule, runtime: Runtime, facts: Facts) -> ScheduleRow:
    has_zone = Capability.SCHEDULE_TIME_ZONE in facts.capabilities
    return ScheduleRow(
        schedule_id=new.schedule_id,
        name=new.name,
        workflow_name=new.workflow_name,
        class_name=_class_name(new.class_name, runtime),
        cron=new.cron,
        status=ScheduleStatus.ACTIVE.value,
        context=_context_text(new.context, runtime),
        last_fired_at=None,
        automatic_backfill=new.automatic_backfill,
        # Always written where it can be: each runtime has a default of its own, and DBOS for Go fails on NULL.
        time_zone=new.time_zone if has_zone else None,
        queue_name=new.queue_name,
        application_name=new.application_name,
    )


def _redefined(existing: ScheduleRow, changed: ScheduleRow, schedule_id: str, facts: Facts) -> ScheduleRow:
    """Return the existing schedule with another definition.

    Workers before DBOS 2.27 do not notice one under the same id; there DBOS's own client deletes the schedule and
    creates it again. The state and what it fired last stay even so.
    """
    row = changed._replace(
        schedule_id=existing.schedule_id, status=existing.status, last_fired_at=existing.last_fired_at
    )
    if row == existing or Capability.DEBOUNCE in facts.capabilities:
        return row
    return row._replace(schedule_id=schedule_id)


def _class_name(class_name: str | None, runtime: Runtime | None) -> str | None:
    """DBOS for TypeScript has an empty string where the others have NULL."""
    return class_name or ("" if runtime is Runtime.TYPESCRIPT else None)


def _context_text(context: NewContext, runtime: Runtime) -> str:
    return context.text if isinstance(context, ContextText) else write_context(runtime, context.value)
