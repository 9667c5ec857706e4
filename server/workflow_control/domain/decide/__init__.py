"""decide(): the state machine of every mutation, pure.

The executor locks rows, asks here what becomes of them, and writes that down. Nothing else decides anything.
"""

from __future__ import annotations

from typing import assert_never

from workflow_control.domain.changes import (
    Applied,
    CancelOverdueApplied,
    CollectGarbageApplied,
    ForkApplied,
    MessagesApplied,
    RecoverApplied,
    RenameApplied,
    RewindApplied,
)
from workflow_control.domain.commands import (
    CancelOverdueWorkflows,
    CancelWorkflow,
    CollectGarbage,
    Command,
    ContinueBulkOperation,
    DeleteQueue,
    DeleteWorkflow,
    ForkWorkflow,
    ImportWorkflow,
    PauseBulkOperation,
    RecoverExecutor,
    RegisterQueue,
    RenameApplication,
    RestartWorkflow,
    ResumeWorkflow,
    RewindWorkflow,
    SendMessage,
    SendMessages,
    SetLatestApplicationVersion,
    SetWorkflowDelay,
    SetWorkflowPriority,
    StartBulkOperation,
    StartWorkflow,
    StartWorkflows,
    StopBulkOperation,
    UpdateWorkflowAttributes,
)
from workflow_control.domain.decide.adjust import decide_attributes, decide_delay, decide_priority
from workflow_control.domain.decide.bulk import (
    decide_continue_bulk,
    decide_pause_bulk,
    decide_start_bulk,
    decide_stop_bulk,
)
from workflow_control.domain.decide.cancel import decide_cancel
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.decide.delete import decide_delete
from workflow_control.domain.decide.fork import conclude_fork, decide_fork
from workflow_control.domain.decide.imports import decide_import
from workflow_control.domain.decide.queues import (
    conclude_rename_application,
    decide_delete_queue,
    decide_latest_version,
    decide_register_queue,
    decide_rename_application,
)
from workflow_control.domain.decide.recover import conclude_recover, decide_recover
from workflow_control.domain.decide.restart import decide_restart
from workflow_control.domain.decide.resume import decide_resume
from workflow_control.domain.decide.retention import (
    conclude_cancel_overdue,
    conclude_collect_garbage,
    decide_cancel_overdue,
    decide_collect_garbage,
)
from workflow_control.domain.decide.rewind import conclude_rewind, decide_rewind
from workflow_control.domain.decide.scheduled_runs import decide_backfill_schedule, decide_trigger_schedule
from workflow_control.domain.decide.schedules import (
    decide_apply_schedules,
    decide_create_schedule,
    decide_delete_schedule,
    decide_pause_schedule,
    decide_resume_schedule,
    decide_update_schedule,
)
from workflow_control.domain.decide.send import conclude_send, decide_send, decide_send_many
from workflow_control.domain.decide.start import decide_start, decide_start_many
from workflow_control.domain.facts import Facts
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

__all__ = ["Decision", "conclude", "decide"]


def decide(command: Command, facts: Facts) -> Decision:
    """Return what becomes of `command`, given `facts`.

    An error that the key must keep is an outcome. Raises SchemaCapabilityMissing, which keeps nothing: the next
    migration may bring what is missing.
    """
    match command:
        case CancelWorkflow():
            return decide_cancel(command, facts)
        case ResumeWorkflow():
            return decide_resume(command, facts)
        case ForkWorkflow():
            return decide_fork(command, facts)
        case RestartWorkflow():
            return decide_restart(command, facts)
        case RewindWorkflow():
            return decide_rewind(command, facts)
        case DeleteWorkflow():
            return decide_delete(command, facts)
        case SetWorkflowDelay():
            return decide_delay(command, facts)
        case SetWorkflowPriority():
            return decide_priority(command, facts)
        case UpdateWorkflowAttributes():
            return decide_attributes(command, facts)
        case StartWorkflow():
            return decide_start(command, facts)
        case StartWorkflows():
            return decide_start_many(command, facts)
        case SendMessage():
            return decide_send(command, facts)
        case SendMessages():
            return decide_send_many(command, facts)
        case ImportWorkflow():
            return decide_import(command, facts)
        case RecoverExecutor():
            return decide_recover(command)
        case RegisterQueue():
            return decide_register_queue(command, facts)
        case DeleteQueue():
            return decide_delete_queue(command, facts)
        case SetLatestApplicationVersion():
            return decide_latest_version(command, facts)
        case RenameApplication():
            return decide_rename_application(command, facts)
        case CollectGarbage():
            return decide_collect_garbage(command, facts)
        case CancelOverdueWorkflows():
            return decide_cancel_overdue(command, facts)
        case CreateSchedule():
            return decide_create_schedule(command, facts)
        case ApplySchedules():
            return decide_apply_schedules(command, facts)
        case UpdateSchedule():
            return decide_update_schedule(command, facts)
        case PauseSchedule():
            return decide_pause_schedule(command, facts)
        case ResumeSchedule():
            return decide_resume_schedule(command, facts)
        case DeleteSchedule():
            return decide_delete_schedule(command, facts)
        case TriggerSchedule():
            return decide_trigger_schedule(command, facts)
        case BackfillSchedule():
            return decide_backfill_schedule(command, facts)
        case StartBulkOperation():
            return decide_start_bulk(command, facts)
        case PauseBulkOperation():
            return decide_pause_bulk(command, facts)
        case ContinueBulkOperation():
            return decide_continue_bulk(command, facts)
        case StopBulkOperation():
            return decide_stop_bulk(command, facts)
        case _:
            assert_never(command)


def conclude(decision: Decision, applied: Applied) -> Decision:
    """Return what became of a decision whose change was written, where only that could tell."""
    match applied:
        case None:
            return decision
        case ForkApplied():
            return conclude_fork(decision, applied)
        case RewindApplied():
            return conclude_rewind(decision, applied)
        case MessagesApplied():
            return conclude_send(decision, applied)
        case RecoverApplied():
            return conclude_recover(decision, applied)
        case RenameApplied():
            return conclude_rename_application(decision, applied)
        case CollectGarbageApplied():
            return conclude_collect_garbage(decision, applied)
        case CancelOverdueApplied():
            return conclude_cancel_overdue(decision, applied)
        case _:
            assert_never(applied)
