"""Changes beyond cancel, resume and fork: their requests as commands, and what they came to as messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workflow_control.domain.commands import (
    DeleteWorkflow,
    RestartWorkflow,
    RewindWorkflow,
    SetWorkflowDelay,
    SetWorkflowPriority,
    UpdateWorkflowAttributes,
)
from workflow_control.domain.limits import LISTED_DESCENDANTS_MAX
from workflow_control.domain.outcomes import (
    AttributesOutcome,
    DelayOutcome,
    DeleteOutcome,
    DeleteResult,
    PriorityOutcome,
    RestartOutcome,
    RewindOutcome,
)
from workflow_control.idempotency.derived_ids import derive_workflow_id
from workflow_control.rpc.convert_responses import state_number, write_workflow
from workflow_control.rpc.convert_times import read_delay_ms, read_time_ms, write_milliseconds
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import workflow_changes_pb2 as messages

_DELETE_RESULTS: Final = {
    result: messages.DeleteWorkflowResponse.Outcome.Value(f"OUTCOME_{result.name}") for result in DeleteResult
}


def read_restart_workflow(checks: FieldChecks, request: messages.RestartWorkflowRequest, scope: str) -> RestartWorkflow:
    """Return the command of a `RestartWorkflow` call; the copy's id derives from scope and key where the caller names
    none.
    """
    checks.name("workflow_id", request.workflow_id)
    new_workflow_id = checks.optional_name("new_workflow_id", request.new_workflow_id)
    return RestartWorkflow(
        request.workflow_id,
        new_workflow_id or derive_workflow_id(scope, request.request_key),
        checks.optional_name("application_version", request.application_version),
        checks.optional_name("queue_name", request.queue_name),
    )


def read_rewind_workflow(checks: FieldChecks, request: messages.RewindWorkflowRequest, scope: str) -> RewindWorkflow:
    """Return the command of a `RewindWorkflow` call."""
    checks.name("workflow_id", request.workflow_id)
    return RewindWorkflow(
        request.workflow_id,
        checks.not_negative("start_step", request.start_step),
        checks.optional_name("application_version", request.application_version),
        checks.optional_name("queue_name", request.queue_name),
        checks.optional_name("queue_partition_key", request.queue_partition_key),
    )


def read_delete_workflow(checks: FieldChecks, request: messages.DeleteWorkflowRequest, scope: str) -> DeleteWorkflow:
    """Return the command of a `DeleteWorkflow` call."""
    checks.name("workflow_id", request.workflow_id)
    return DeleteWorkflow(request.workflow_id, request.cascade, request.allow_missing, request.force)


def read_set_workflow_delay(
    checks: FieldChecks, request: messages.SetWorkflowDelayRequest, scope: str
) -> SetWorkflowDelay:
    """Return the command of a `SetWorkflowDelay` call."""
    checks.name("workflow_id", request.workflow_id)
    match request.WhichOneof("start_after"):
        case "delay":
            return SetWorkflowDelay(request.workflow_id, read_delay_ms(checks, "delay", request.delay))
        case "delay_until":
            delay_until_ms = read_time_ms(checks, "delay_until", request.delay_until)
            return SetWorkflowDelay(request.workflow_id, delay_until_ms=delay_until_ms)
        case None:
            checks.add("start_after", "Either delay or delay_until is required.")
            return SetWorkflowDelay(request.workflow_id)


def read_set_workflow_priority(
    checks: FieldChecks, request: messages.SetWorkflowPriorityRequest, scope: str
) -> SetWorkflowPriority:
    """Return the command of a `SetWorkflowPriority` call."""
    checks.name("workflow_id", request.workflow_id)
    return SetWorkflowPriority(request.workflow_id, checks.not_negative("priority", request.priority))


def read_update_workflow_attributes(
    checks: FieldChecks, request: messages.UpdateWorkflowAttributesRequest, scope: str
) -> UpdateWorkflowAttributes:
    """Return the command of an `UpdateWorkflowAttributes` call."""
    checks.name("workflow_id", request.workflow_id)
    mode = request.mode
    if mode not in (request.MODE_REPLACE, request.MODE_MERGE):
        checks.add("mode", f"{mode} is no Mode." if mode else "Is required: MODE_REPLACE or MODE_MERGE.")
    attributes = checks.struct("attributes", request.attributes) if request.HasField("attributes") else None
    merge = mode == request.MODE_MERGE
    if merge and attributes is None:
        checks.add("attributes", "Is required with MODE_MERGE.")
    return UpdateWorkflowAttributes(request.workflow_id, attributes, merge)


def write_restart(outcome: RestartOutcome) -> messages.RestartWorkflowResponse:
    """Return the response of a `RestartWorkflow` call."""
    response = messages.RestartWorkflowResponse(forked_from=outcome.forked_from)
    write_workflow(response.workflow, outcome.workflow)
    return response


def write_rewind(outcome: RewindOutcome) -> messages.RewindWorkflowResponse:
    """Return the response of a `RewindWorkflow` call."""
    response = messages.RewindWorkflowResponse(
        start_step=outcome.start_step,
        deleted_step_count=outcome.deleted_step_count,
        deleted_message_count=outcome.deleted_message_count,
    )
    response.previous_state = state_number(outcome.previous_status)
    write_workflow(response.workflow, outcome.workflow)
    return response


def write_delete(outcome: DeleteOutcome) -> messages.DeleteWorkflowResponse:
    """Return the response of a `DeleteWorkflow` call."""
    response = messages.DeleteWorkflowResponse(outcome=_DELETE_RESULTS[outcome.result])
    if outcome.workflow is not None:
        write_workflow(response.workflow, outcome.workflow)
    response.deleted_descendant_ids.extend(listed_ids(outcome.deleted_descendant_ids))
    response.deleted_descendant_count = len(outcome.deleted_descendant_ids)
    return response


def write_delay(outcome: DelayOutcome) -> messages.SetWorkflowDelayResponse:
    """Return the response of a `SetWorkflowDelay` call."""
    response = messages.SetWorkflowDelayResponse()
    if outcome.previous_delay_until is not None:
        write_milliseconds(response.previous_delay_until, outcome.previous_delay_until)
    write_workflow(response.workflow, outcome.workflow)
    return response


def write_priority(outcome: PriorityOutcome) -> messages.SetWorkflowPriorityResponse:
    """Return the response of a `SetWorkflowPriority` call."""
    response = messages.SetWorkflowPriorityResponse(previous_priority=outcome.previous_priority)
    write_workflow(response.workflow, outcome.workflow)
    return response


def write_attributes(outcome: AttributesOutcome) -> messages.UpdateWorkflowAttributesResponse:
    """Return the response of an `UpdateWorkflowAttributes` call."""
    response = messages.UpdateWorkflowAttributesResponse()
    write_workflow(response.workflow, outcome.workflow)
    return response


def listed_ids(workflow_ids: Sequence[str]) -> list[str]:
    """Return the ids that a response lists of all that a mutation has changed."""
    return sorted(workflow_ids)[:LISTED_DESCENDANTS_MAX]
