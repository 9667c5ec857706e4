"""What deciding on a command needs beside its row, read by kind of command: one statement for all of a kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from workflow_control.dbos.bulk_operations import find_bulk_operations, find_bulk_origins
from workflow_control.dbos.imports import find_taken
from workflow_control.dbos.kinds import places_by_kind
from workflow_control.dbos.messages import find_all_recipients, find_recipients
from workflow_control.dbos.queues import find_queues, find_versions
from workflow_control.dbos.retention import find_newest
from workflow_control.dbos.schedules import find_new_schedules, find_runs, find_schedules
from workflow_control.dbos.start_findings import ask_start, ask_start_many
from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.commands import (
    CancelWorkflow,
    CollectGarbage,
    Command,
    ContinueBulkOperation,
    DeleteQueue,
    DeleteWorkflow,
    ForkWorkflow,
    FromStep,
    FromStepName,
    ImportWorkflow,
    PauseBulkOperation,
    RegisterQueue,
    SendMessage,
    SendMessages,
    SetLatestApplicationVersion,
    StartBulkOperation,
    StartWorkflow,
    StartWorkflows,
    StopBulkOperation,
)
from workflow_control.domain.facts import CascadeFindings, Descendant, Findings, StepFindings
from workflow_control.domain.records import WorkflowRow
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

LockedRows = Mapping[str, WorkflowRow]
"""The rows of the workflows that the batch's commands name, locked, by id."""

# A finder takes only commands of the kind that it is entered for.
Finder = Callable[[Transaction, Sequence[Any], LockedRows], Awaitable[Sequence[Findings]]]
"""Returns the findings for commands of one kind, in their order."""


EarlyFinder = Callable[[Transaction, Sequence[Any]], Callable[[], Findings]]
"""Queues what depends on nothing but the commands of one kind; returns how to read the findings for all of them."""

EarlyAnswers = Mapping[type[Command], Callable[[], Findings]]


def ask_early(transaction: Transaction, commands: Sequence[Command]) -> EarlyAnswers:
    """Queue, with the claims, what can be asked before it is known which of them succeed."""
    places = places_by_kind(commands)
    return {
        kind: finder(transaction, [commands[place] for place in places[kind]])
        for kind, finder in EARLY_FINDERS.items()
        if kind in places
    }


async def find(
    transaction: Transaction, commands: Sequence[Command], rows: LockedRows, early: EarlyAnswers
) -> Sequence[Findings]:
    """Return the findings for each command, in their order."""
    findings: list[Findings] = [None] * len(commands)
    places = places_by_kind(commands)
    for kind, read in early.items():
        shared = read()
        for place in places.get(kind, ()):
            findings[place] = shared
    for kind, finder in FINDERS.items():
        if kind in places:
            found = await finder(transaction, [commands[place] for place in places[kind]], rows)
            for place, finding in zip(places[kind], found, strict=True):
                findings[place] = finding
    return findings


async def _find_descendants(
    transaction: Transaction, commands: Sequence[CancelWorkflow | DeleteWorkflow], rows: LockedRows
) -> Sequence[Findings]:
    return [
        CascadeFindings(await lock_descendants(transaction, command.workflow_id))
        if command.cascade and command.workflow_id in rows
        else None
        for command in commands
    ]


async def lock_descendants(transaction: Transaction, workflow_id: str) -> Sequence[Descendant]:
    """Lock all descendants of a workflow and return them, by id.

    They are locked until nothing new is found: every round sees what was committed before it.
    """
    found: list[Descendant] = []
    while True:
        rows = await transaction.fetch("workflow_lock_descendants", {"workflow_id": workflow_id})
        seen = [Descendant._make(row) for row in rows]
        if len(seen) == len(found):
            return seen
        found = seen


async def _find_steps(
    transaction: Transaction, commands: Sequence[ForkWorkflow], rows: LockedRows
) -> Sequence[Findings]:
    # Only a fork that names its step by number needs to read nothing.
    searching = [c for c in commands if c.workflow_id in rows and not isinstance(c.start, FromStep)]
    if not searching:
        return [None] * len(commands)
    summary = await transaction.fetch(
        "workflow_steps_summary",
        {
            "workflow_ids": [c.workflow_id for c in searching],
            "step_names": [c.start.name if isinstance(c.start, FromStepName) else None for c in searching],
        },
    )
    findings = {row[0]: StepFindings._make(row[1:]) for row in summary}
    return [findings.get(c.workflow_id) for c in commands]


FINDERS: Final[Mapping[type[Command], Finder]] = {
    CancelWorkflow: _find_descendants,
    DeleteWorkflow: _find_descendants,
    ForkWorkflow: _find_steps,
    SendMessage: find_recipients,
    SendMessages: find_all_recipients,
    ImportWorkflow: find_taken,
    RegisterQueue: find_queues,
    DeleteQueue: find_queues,
    SetLatestApplicationVersion: find_versions,
    CollectGarbage: find_newest,
    CreateSchedule: find_new_schedules,
    ApplySchedules: find_new_schedules,
    UpdateSchedule: find_schedules,
    PauseSchedule: find_schedules,
    ResumeSchedule: find_schedules,
    DeleteSchedule: find_schedules,
    TriggerSchedule: find_runs,
    BackfillSchedule: find_runs,
    StartBulkOperation: find_bulk_origins,
    PauseBulkOperation: find_bulk_operations,
    ContinueBulkOperation: find_bulk_operations,
    StopBulkOperation: find_bulk_operations,
}
"""The kinds of commands that need more than their row."""

EARLY_FINDERS: Final[Mapping[type[Command], EarlyFinder]] = {
    StartWorkflow: ask_start,
    StartWorkflows: ask_start_many,
}
"""The kinds of commands whose needs do not depend on what is locked, and so cost no round trip."""
