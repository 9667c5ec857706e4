"""What becomes of runs of schedules that somebody asks for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import StartChange, StartedRow
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.decide.runtimes import runtime_of
from workflow_control.domain.decide.start import new_row
from workflow_control.domain.errors import (
    ApplicationVersionNotFound,
    BackfillTooLarge,
    DefinitiveError,
    ScheduleContextPrivate,
    ScheduleNotFound,
    ScheduleRuntimeUnknown,
    ScheduleTimesUncertain,
    WorkflowExists,
)
from workflow_control.domain.facts import Facts, RunFindings
from workflow_control.domain.limits import BACKFILLED_RUNS_MAX
from workflow_control.domain.new_workflows import NewWorkflow
from workflow_control.domain.records import INTERNAL_QUEUE
from workflow_control.domain.schedule_commands import BackfillSchedule, TriggerSchedule
from workflow_control.domain.schedule_outcomes import BackfillScheduleOutcome, TriggerScheduleOutcome
from workflow_control.domain.scheduled_runs import PrivateContext, trigger_id, write_run_arguments
from workflow_control.domain.schedules import Runtime, ScheduleRow


def decide_trigger_schedule(command: TriggerSchedule, facts: Facts) -> Decision:
    """As DBOS does it (3.4.0 `_scheduler.py:trigger_schedule`). Raises SchemaCapabilityMissing."""
    findings = _require(facts)
    schedule = findings.schedule
    if schedule is None:
        return Decision(ScheduleNotFound(command.schedule_name))
    runtime = runtime_of(schedule.name, context=schedule.context, named=command.runtime)
    if isinstance(runtime, DefinitiveError):
        return Decision(runtime)
    time = datetime.fromtimestamp(facts.now_ms / 1000, UTC)
    if not findings.trigger_ids:
        return Decision(WorkflowExists(trigger_id(runtime, schedule.name, time)))
    started = _start(findings, runtime, time, findings.trigger_ids[0], facts, facts.now_ms)
    if isinstance(started, DefinitiveError):
        return Decision(started)
    return Decision(TriggerScheduleOutcome(started.row), StartChange((started,)))


def decide_backfill_schedule(command: BackfillSchedule, facts: Facts) -> Decision:
    """As DBOS does it (3.4.0 `_scheduler.py:backfill_schedule`), but in one transaction. Raises
    SchemaCapabilityMissing.
    """
    findings = _require(facts)
    schedule, plan = findings.schedule, findings.plan
    if schedule is None:
        return Decision(ScheduleNotFound(command.schedule_name))
    runtime = runtime_of(schedule.name, context=schedule.context, named=command.runtime)
    if isinstance(runtime, DefinitiveError):
        return Decision(runtime)
    if (runtime is Runtime.GO) != (command.worker_time_zone is not None):
        return Decision(
            ScheduleRuntimeUnknown(
                schedule.name,
                "It is Go: the worker_time_zone is needed."
                if runtime is Runtime.GO
                else f"It is {runtime.name}, and a worker_time_zone is Go's.",
            )
        )
    if plan.uncertainty:
        return Decision(ScheduleTimesUncertain(schedule.name, plan.uncertainty))
    if len(plan.runs) > BACKFILLED_RUNS_MAX:
        return Decision(BackfillTooLarge(schedule.name, f"more than {BACKFILLED_RUNS_MAX}", str(BACKFILLED_RUNS_MAX)))
    rows: list[StartedRow] = []
    for run in plan.runs:
        if not run.is_taken:
            # Workers order by creation, and nothing decides between equal times.
            created_at = facts.now_ms + len(rows)
            started = _start(findings, runtime, run.time, run.workflow_id, facts, created_at)
            if isinstance(started, DefinitiveError):
                return Decision(started)
            rows.append(started)
    return Decision(BackfillScheduleOutcome(plan.runs), StartChange(rows) if rows else None)


def _require(facts: Facts) -> RunFindings:
    facts.require(Capability.SCHEDULES)
    facts.require(Capability.APPLICATION_VERSIONS)
    facts.require(Capability.SERIALIZATION)
    return cast("RunFindings", facts.findings)


def _start(
    findings: RunFindings, runtime: Runtime, time: datetime, workflow_id: str, facts: Facts, created_at: int
) -> StartedRow | DefinitiveError:
    """Return the row that DBOS's own client inserts (dbos 3.4.0 `_scheduler.py:_enqueue_scheduled_workflow`)."""
    schedule = cast("ScheduleRow", findings.schedule)
    if findings.application_version is None:
        return ApplicationVersionNotFound("")
    try:
        arguments = write_run_arguments(runtime, time, schedule.context)
    except PrivateContext:
        return ScheduleContextPrivate(schedule.name, runtime.name)
    new = NewWorkflow(
        workflow_id,
        schedule.workflow_name,
        class_name=schedule.class_name,
        queue_name=schedule.queue_name or INTERNAL_QUEUE,
        application_version=findings.application_version,
        application_name=schedule.application_name,
    )
    started = new_row(new, arguments, facts.capabilities, now_ms=facts.now_ms, created_at=created_at)
    schedule_name = schedule.name if Capability.SCHEDULE_NAME in facts.capabilities else None
    return started._replace(row=started.row._replace(schedule_name=schedule_name))
