"""Schedules as statements. Their commands are batches of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from workflow_control.cron import plan_backfill
from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.changes import DeleteScheduleChange, WriteSchedulesChange
from workflow_control.domain.decide.runtimes import runtime_of
from workflow_control.domain.facts import Findings, RunFindings, ScheduleFindings
from workflow_control.domain.limits import BACKFILLED_RUNS_MAX, NEWEST_WORKFLOWS, SCHEDULE_EVIDENCE_MAX
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
from workflow_control.domain.schedule_contexts import runtime_of_context, runtime_of_format
from workflow_control.domain.scheduled_runs import run_ids, trigger_id
from workflow_control.domain.schedules import BackfillPlan, NewSchedule, Runtime, ScheduleRow

_TRIGGER_TIMES: Final = 16
"""How many milliseconds from now on are tried for the id of a triggered run, which is nothing but the time."""


async def find_new_schedules(
    transaction: Transaction, commands: Sequence[CreateSchedule | ApplySchedules], rows: object
) -> Sequence[Findings]:
    """Lock the schedules of the commands that exist, and look for what shows the runtimes of the others."""
    if not transaction.dialect.has("workflow_schedules"):
        return [None] * len(commands)
    findings: list[Findings] = []
    for command in commands:
        schedules = command.schedules if isinstance(command, ApplySchedules) else (command.schedule,)
        existing = await _lock(transaction, [new.name for new in schedules])
        unnamed = [new for new in schedules if new.runtime is None]
        runtimes = {new.name: await _shown_runtimes(transaction, new) for new in unnamed}
        findings.append(ScheduleFindings(existing, runtimes))
    return findings


async def find_schedules(
    transaction: Transaction,
    commands: Sequence[UpdateSchedule | PauseSchedule | ResumeSchedule | DeleteSchedule],
    rows: object,
) -> Sequence[Findings]:
    """Lock the schedules of the commands."""
    if not transaction.dialect.has("workflow_schedules"):
        return [None] * len(commands)
    return [ScheduleFindings(await _lock(transaction, [command.schedule_name])) for command in commands]


async def find_runs(
    transaction: Transaction, commands: Sequence[TriggerSchedule | BackfillSchedule], rows: object
) -> Sequence[Findings]:
    """Lock the schedules of the commands, and see which of their runs there are."""
    if not (transaction.dialect.has("workflow_schedules") and transaction.dialect.has("application_versions")):
        return [None] * len(commands)
    return [await _find_run(transaction, command) for command in commands]


async def _find_run(transaction: Transaction, command: TriggerSchedule | BackfillSchedule) -> RunFindings:
    schedule = (await _lock(transaction, [command.schedule_name])).get(command.schedule_name)
    if schedule is None:
        return RunFindings(None)
    versions = await transaction.fetch("schedule_latest_version", {"application_name": schedule.application_name})
    version = versions[0][0] if versions else None
    runtime = runtime_of(schedule.name, context=schedule.context, named=command.runtime)
    if not isinstance(runtime, Runtime):
        return RunFindings(schedule, version)
    if isinstance(command, TriggerSchedule):
        return RunFindings(schedule, version, trigger_ids=await _free_trigger_ids(transaction, schedule, runtime))
    return RunFindings(schedule, version, plan=await _plan(transaction, schedule, runtime, command))


async def _free_trigger_ids(transaction: Transaction, schedule: ScheduleRow, runtime: Runtime) -> Sequence[str]:
    now = datetime.fromtimestamp(transaction.now_ms / 1000, UTC)
    times = [now + timedelta(milliseconds=later) for later in range(_TRIGGER_TIMES)]
    ids = [trigger_id(runtime, schedule.name, time) for time in times]
    taken = await _taken(transaction, ids)
    return [each for each in ids if each not in taken]


async def _plan(
    transaction: Transaction, schedule: ScheduleRow, runtime: Runtime, command: BackfillSchedule
) -> BackfillPlan:
    worker_zone = None if command.worker_time_zone is None else ZoneInfo(command.worker_time_zone)
    # In a thread: a thousand runs take a part of a second, in which other calls are to go on.
    plan = await asyncio.to_thread(
        plan_backfill, schedule, runtime, worker_zone, command.start, command.end, BACKFILLED_RUNS_MAX
    )
    if not plan.runs or len(plan.runs) > BACKFILLED_RUNS_MAX:
        return plan
    ids = [run_ids(runtime, schedule.name, run.time, worker_zone) for run in plan.runs]
    taken = await _taken(transaction, [each for alternatives in ids for each in alternatives])
    return plan._replace(
        runs=[
            run._replace(is_taken=not taken.isdisjoint(alternatives))
            for run, alternatives in zip(plan.runs, ids, strict=True)
        ]
    )


async def _lock(transaction: Transaction, schedule_names: Sequence[str]) -> Mapping[str, ScheduleRow]:
    rows = await transaction.fetch("schedule_lock", {"schedule_names": list(schedule_names)})
    return {row.name: row for row in map(ScheduleRow._make, rows)}


async def _shown_runtimes(transaction: Transaction, new: NewSchedule) -> frozenset[Runtime]:
    rows = await transaction.fetch(
        "schedule_evidence",
        {
            "schedule_name": new.name,
            "workflow_name": new.workflow_name,
            "application_name": new.application_name,
            "newest": NEWEST_WORKFLOWS,
            "schedules": SCHEDULE_EVIDENCE_MAX,
        },
    )
    shown = {
        runtime_of_format(serialization) if context is None else runtime_of_context(context)
        for context, serialization in rows
    }
    return frozenset(runtime for runtime in shown if runtime is not None)


async def _taken(transaction: Transaction, workflow_ids: Sequence[str]) -> frozenset[str]:
    rows = await transaction.fetch("start_taken_ids", {"workflow_ids": list(workflow_ids)})
    return frozenset(row[0] for row in rows)


async def write_schedules(transaction: Transaction, changes: Sequence[WriteSchedulesChange]) -> None:
    """Queue at most two statements for each."""
    for change in changes:
        for stem, is_new in (("schedule_insert", True), ("schedule_update", False)):
            written = [each.row for each in change.schedules if each.is_new is is_new]
            if written:
                columns = map(list, zip(*written, strict=True))
                transaction.query(stem, dict(zip(ScheduleRow._fields, columns, strict=True)))


async def write_schedule_deletions(transaction: Transaction, changes: Sequence[DeleteScheduleChange]) -> None:
    """Queue one statement."""
    transaction.query("schedule_delete", {"schedule_names": [change.schedule_name for change in changes]})
