"""What mutations came to as messages: the responses that their keys store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from workflow_control.domain.outcomes import (
    AttributesOutcome,
    BulkStateOutcome,
    CancelOutcome,
    CancelOverdueOutcome,
    CancelResult,
    CollectGarbageOutcome,
    DelayOutcome,
    DeleteOutcome,
    DeleteQueueOutcome,
    ForkOutcome,
    ImportOutcome,
    LatestVersionOutcome,
    Outcome,
    PriorityOutcome,
    RecoverOutcome,
    RegisterQueueOutcome,
    RenameApplicationOutcome,
    RestartOutcome,
    ResumeOutcome,
    ResumeResult,
    RewindOutcome,
    SendOutcome,
    StartBulkOutcome,
    StartManyOutcome,
    StartOutcome,
)
from workflow_control.domain.schedule_outcomes import (
    ApplySchedulesOutcome,
    BackfillScheduleOutcome,
    CreateScheduleOutcome,
    DeleteScheduleOutcome,
    PauseScheduleOutcome,
    ResumeScheduleOutcome,
    TriggerScheduleOutcome,
    UpdateScheduleOutcome,
)
from workflow_control.rpc.convert_bulk import write_bulk_state, write_start_bulk
from workflow_control.rpc.convert_changes import (
    listed_ids,
    write_attributes,
    write_delay,
    write_delete,
    write_priority,
    write_restart,
    write_rewind,
)
from workflow_control.rpc.convert_imports import write_import
from workflow_control.rpc.convert_messages import write_send
from workflow_control.rpc.convert_queues import (
    write_delete_queue,
    write_latest_version,
    write_register_queue,
    write_rename_application,
)
from workflow_control.rpc.convert_recoveries import write_recover
from workflow_control.rpc.convert_responses import state_number, write_workflow
from workflow_control.rpc.convert_retention import write_cancel_overdue, write_collect_garbage
from workflow_control.rpc.convert_schedule_outcomes import (
    write_apply_schedules,
    write_backfill_schedule,
    write_create_schedule,
    write_delete_schedule,
    write_pause_schedule,
    write_resume_schedule,
    write_trigger_schedule,
    write_update_schedule,
)
from workflow_control.rpc.convert_starts import write_start, write_start_many
from workflowcontrol.v1 import workflow_control_pb2 as messages

STORED_RESPONSE_BYTES_MAX: Final = 1024 * 1024
"""The largest response of a mutation. What is stored is replayed for days, so it must stay below every limit on
messages.
"""

# Looked up once: an enum's members are found by a Python function each time.
_CANCEL_RESULTS: Final = {
    result: messages.CancelWorkflowResponse.Outcome.Value(f"OUTCOME_{result.name}") for result in CancelResult
}
_RESUME_RESULTS: Final = {
    result: messages.ResumeWorkflowResponse.Outcome.Value(f"OUTCOME_{result.name}") for result in ResumeResult
}


def encode_outcome(outcome: Outcome) -> bytes:
    """Return the response message of a mutation, serialized, without its `idempotency`: what the key stores and every
    replay answers.

    The workflow's attributes are left out where they alone would make the response too large to replay.
    """
    response = _WRITERS[type(outcome)](outcome)
    if response.ByteSize() > STORED_RESPONSE_BYTES_MAX and "workflow" in response.DESCRIPTOR.fields_by_name:
        response.workflow.ClearField("attributes")
    return response.SerializeToString(deterministic=True)  # type: ignore[no-any-return]  # Any message.


def _write_cancel(outcome: CancelOutcome) -> messages.CancelWorkflowResponse:
    response = messages.CancelWorkflowResponse(outcome=_CANCEL_RESULTS[outcome.result])
    response.previous_state = state_number(outcome.previous_status)
    if outcome.workflow is not None:
        write_workflow(response.workflow, outcome.workflow)
    if outcome.cancelled_descendant_ids:
        response.cancelled_descendant_ids.extend(listed_ids(outcome.cancelled_descendant_ids))
        response.cancelled_descendant_count = len(outcome.cancelled_descendant_ids)
    return response


def _write_resume(outcome: ResumeOutcome) -> messages.ResumeWorkflowResponse:
    response = messages.ResumeWorkflowResponse(outcome=_RESUME_RESULTS[outcome.result])
    response.previous_state = state_number(outcome.previous_status)
    write_workflow(response.workflow, outcome.workflow)
    return response


def _write_fork(outcome: ForkOutcome) -> messages.ForkWorkflowResponse:
    response = messages.ForkWorkflowResponse(
        forked_from=outcome.forked_from,
        start_step=outcome.start_step,
        copied_step_count=outcome.copied_step_count,
    )
    write_workflow(response.workflow, outcome.workflow)
    return response


# Each writer takes outcomes of the kind that it is entered for, and returns a response of its own.
_WRITERS: Final[Mapping[type[Outcome], Callable[[Any], Any]]] = {
    CancelOutcome: _write_cancel,
    ResumeOutcome: _write_resume,
    ForkOutcome: _write_fork,
    RestartOutcome: write_restart,
    RewindOutcome: write_rewind,
    DeleteOutcome: write_delete,
    DelayOutcome: write_delay,
    PriorityOutcome: write_priority,
    AttributesOutcome: write_attributes,
    StartOutcome: write_start,
    StartManyOutcome: write_start_many,
    SendOutcome: write_send,
    ImportOutcome: write_import,
    RecoverOutcome: write_recover,
    RegisterQueueOutcome: write_register_queue,
    DeleteQueueOutcome: write_delete_queue,
    LatestVersionOutcome: write_latest_version,
    RenameApplicationOutcome: write_rename_application,
    CollectGarbageOutcome: write_collect_garbage,
    CancelOverdueOutcome: write_cancel_overdue,
    CreateScheduleOutcome: write_create_schedule,
    ApplySchedulesOutcome: write_apply_schedules,
    UpdateScheduleOutcome: write_update_schedule,
    PauseScheduleOutcome: write_pause_schedule,
    ResumeScheduleOutcome: write_resume_schedule,
    DeleteScheduleOutcome: write_delete_schedule,
    TriggerScheduleOutcome: write_trigger_schedule,
    BackfillScheduleOutcome: write_backfill_schedule,
    StartBulkOutcome: write_start_bulk,
    BulkStateOutcome: write_bulk_state,
}
