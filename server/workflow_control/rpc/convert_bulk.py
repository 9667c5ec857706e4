"""Bulk operations: requests as commands, stored definitions as what they ask for, rows and outcomes as messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from google.protobuf.message import DecodeError, Message

from workflow_control.bulk.ports import UnreadableDefinition
from workflow_control.domain.bulk import (
    BulkDefinition,
    BulkItemRow,
    BulkOperationRow,
    BulkPreview,
    BulkSelection,
    BulkState,
    ItemCommand,
    ItemOutcome,
    ItemResult,
)
from workflow_control.domain.commands import (
    CancelWorkflow,
    ContinueBulkOperation,
    DeleteWorkflow,
    PauseBulkOperation,
    RestartWorkflow,
    ResumeWorkflow,
    StartBulkOperation,
    StopBulkOperation,
)
from workflow_control.domain.limits import BULK_PER_SECOND_MAX, BULK_WORKFLOW_IDS_MAX
from workflow_control.domain.outcomes import BulkResult, BulkStateOutcome, StartBulkOutcome
from workflow_control.domain.queries import WorkflowFilter
from workflow_control.idempotency.derived_ids import derive_workflow_id
from workflow_control.rpc.convert_queries import read_filter
from workflow_control.rpc.convert_requests import read_fork_options
from workflow_control.rpc.convert_responses import write_workflow
from workflow_control.rpc.convert_times import write_datetime
from workflow_control.rpc.field_checks import FieldChecks, has_unknown_fields
from workflowcontrol.v1 import bulk_control_pb2 as messages
from workflowcontrol.v1 import workflow_changes_pb2 as changes
from workflowcontrol.v1 import workflow_control_pb2 as workflows

_STATE_NUMBERS: Final = {
    state: messages.BulkOperationState.Value(f"BULK_OPERATION_STATE_{state.name}") for state in BulkState
}
_OUTCOME_NUMBERS: Final = {
    outcome: messages.BulkItemOutcome.Value(f"BULK_ITEM_OUTCOME_{outcome.name}") for outcome in ItemOutcome
}
STATE_BY_NUMBER: Final[Mapping[int, BulkState]] = {number: state for state, number in _STATE_NUMBERS.items()}
OUTCOME_BY_NUMBER: Final[Mapping[int, ItemOutcome]] = {number: outcome for outcome, number in _OUTCOME_NUMBERS.items()}

StateResponse = (
    messages.PauseBulkOperationResponse | messages.ContinueBulkOperationResponse | messages.StopBulkOperationResponse
)
_STATE_RESPONSES: Final[Mapping[BulkResult, type[StateResponse]]] = {
    BulkResult.PAUSED: messages.PauseBulkOperationResponse,
    BulkResult.ALREADY_PAUSED: messages.PauseBulkOperationResponse,
    BulkResult.CONTINUED: messages.ContinueBulkOperationResponse,
    BulkResult.ALREADY_RUNNING: messages.ContinueBulkOperationResponse,
    BulkResult.STOPPED: messages.StopBulkOperationResponse,
    BulkResult.ALREADY_ENDED: messages.StopBulkOperationResponse,
}


def read_start_bulk_operation(
    checks: FieldChecks, request: messages.StartBulkOperationRequest, scope: str
) -> StartBulkOperation:
    """Return the command of a `StartBulkOperation` call; the operation's id derives from scope and key."""
    template = _read_template(checks, request)
    workflow_ids, chosen = read_selection(checks, request)
    max_workflows = checks.not_negative("max_workflows", request.max_workflows) or None
    if max_workflows is not None and 0 < max_workflows < len(workflow_ids):
        checks.add("max_workflows", f"Is {max_workflows}; must be at least the {len(workflow_ids)} workflows named.")
    max_per_second = checks.not_negative("max_per_second", request.max_per_second) or None
    if max_per_second is not None and max_per_second > BULK_PER_SECOND_MAX:
        checks.add("max_per_second", f"Is {max_per_second}; at most {BULK_PER_SECOND_MAX} are allowed.")
    return StartBulkOperation(
        operation_id=derive_workflow_id(scope, request.request_key),
        scope=scope,
        request_key=request.request_key,
        action=type(template).__name__,
        definition=_definition(request),
        workflow_ids=workflow_ids,
        filter=chosen,
        max_workflows=max_workflows,
        max_per_second=max_per_second,
    )


def read_selection(checks: FieldChecks, request: messages.StartBulkOperationRequest) -> BulkSelection:
    """Return the workflows that a request names, each once, or the filter that it has."""
    match request.WhichOneof("selection"):
        case "workflow_ids":
            named = request.workflow_ids.workflow_ids
            if not named:
                checks.add("workflow_ids.workflow_ids", "Is required.")
            names = checks.names("workflow_ids.workflow_ids", named, BULK_WORKFLOW_IDS_MAX)
            return BulkSelection(tuple(dict.fromkeys(names)), None)
        case "filter":
            noted = checks.count
            chosen = read_filter(checks, request.filter)
            # Where a condition is wrong, or not known, that is what is to be told.
            told = checks.count > noted or has_unknown_fields(request.filter)
            if chosen == WorkflowFilter() and not told:
                checks.add("filter", "Must have a condition: without one it selects every workflow.")
            return BulkSelection((), chosen)
        case None:
            checks.add("selection", "Either workflow_ids or filter is required.")
            return BulkSelection((), None)


def read_pause_bulk_operation(
    checks: FieldChecks, request: messages.PauseBulkOperationRequest, scope: str
) -> PauseBulkOperation:
    """Return the command of a `PauseBulkOperation` call."""
    checks.name("operation_id", request.operation_id)
    return PauseBulkOperation(request.operation_id, scope)


def read_continue_bulk_operation(
    checks: FieldChecks, request: messages.ContinueBulkOperationRequest, scope: str
) -> ContinueBulkOperation:
    """Return the command of a `ContinueBulkOperation` call."""
    checks.name("operation_id", request.operation_id)
    return ContinueBulkOperation(request.operation_id, scope)


def read_stop_bulk_operation(
    checks: FieldChecks, request: messages.StopBulkOperationRequest, scope: str
) -> StopBulkOperation:
    """Return the command of a `StopBulkOperation` call."""
    checks.name("operation_id", request.operation_id)
    return StopBulkOperation(request.operation_id, scope)


def read_definition(definition: bytes) -> BulkDefinition:
    """Return what a stored operation is asked to do. Raises UnreadableDefinition for what is not known here."""
    checks = FieldChecks()
    try:
        request = messages.StartBulkOperationRequest.FromString(definition)
    except DecodeError as error:
        raise UnreadableDefinition(str(error)) from error
    template = _read_template(checks, request)
    chosen = read_filter(checks, request.filter) if request.HasField("filter") else None
    # Without a field that a later release has written, something else would be done than was asked for.
    checks.known_fields(request)
    if checks.violations:
        raise UnreadableDefinition("; ".join(f"{v.field}: {v.description}" for v in checks.violations))
    return BulkDefinition(template, chosen)


def read_item_result(action: str, response: bytes) -> ItemResult:
    """Return what the stored response of an action says of its workflow."""
    return _RESULT_READERS[action](response)


def write_start_bulk(outcome: StartBulkOutcome) -> messages.StartBulkOperationResponse:
    """Return the response of a `StartBulkOperation` call."""
    return messages.StartBulkOperationResponse(bulk_operation=bulk_operation(outcome.operation))


def write_bulk_state(outcome: BulkStateOutcome) -> StateResponse:
    """Return the response of a `PauseBulkOperation`, `ContinueBulkOperation` or `StopBulkOperation` call."""
    kind = _STATE_RESPONSES[outcome.result]
    number = kind.Outcome.Value(f"OUTCOME_{outcome.result.name}")
    response: StateResponse = kind(outcome=number)  # type: ignore[arg-type]  # Each kind has its own enum.
    response.bulk_operation.CopyFrom(bulk_operation(outcome.operation))
    return response


def bulk_operation(row: BulkOperationRow) -> messages.BulkOperation:
    """Return an operation."""
    message = messages.BulkOperation(
        operation_id=row.operation_id,
        state=_STATE_NUMBERS[row.state],
        max_workflows=row.max_workflows or 0,
        max_per_second=row.max_per_second or 0,
        found_count=row.found_count,
        selection_complete=row.selection_complete,
        applied_count=row.applied_count,
        unchanged_count=row.unchanged_count,
        failed_count=row.failed_count,
        request_key=row.request_key,
        actor=row.actor,
        reason=row.reason,
    )
    asked = messages.StartBulkOperationRequest.FromString(row.definition)
    if (action := asked.WhichOneof("action")) is not None:
        _copy_field(message, asked, action)
    if asked.HasField("filter"):
        message.filter.CopyFrom(asked.filter)
    write_datetime(message.create_time, row.created_at)
    write_datetime(message.update_time, row.updated_at)
    if row.ended_at is not None:
        write_datetime(message.end_time, row.ended_at)
    return message


def bulk_item(row: BulkItemRow) -> messages.BulkOperationItem:
    """Return a workflow of an operation."""
    message = messages.BulkOperationItem(
        workflow_id=row.workflow_id,
        outcome=_OUTCOME_NUMBERS[row.outcome],
        result=row.result or "",
        new_workflow_id=row.new_workflow_id or "",
        error_reason=row.error_reason or "",
        error_message=row.error_message or "",
    )
    if row.settled_at is not None:
        write_datetime(message.settle_time, row.settled_at)
    return message


def write_preview(message: messages.BulkPreview, preview: BulkPreview) -> None:
    """Say to which workflows an operation would be applied."""
    message.SetInParent()
    message.workflow_count = preview.workflow_count
    message.count_complete = preview.complete
    for stored in preview.sample:
        # A hundred workflows fit into every response, if not with all that callers may attach to each.
        write_workflow(message.sample.add(), stored.row._replace(attributes=None))


def _definition(request: messages.StartBulkOperationRequest) -> bytes:
    """Return action and filter alone: what does not change, and is not in columns of its own."""
    definition = messages.StartBulkOperationRequest()
    for field in (request.WhichOneof("action"), "filter" if request.HasField("filter") else None):
        if field is not None:
            _copy_field(definition, request, field)
    return definition.SerializeToString(deterministic=True)


def _copy_field(target: Message, source: Message, field: str) -> None:
    """Copy a message within a message, which is set even if it is empty."""
    getattr(target, field).SetInParent()
    getattr(target, field).CopyFrom(getattr(source, field))


def _read_template(checks: FieldChecks, request: messages.StartBulkOperationRequest) -> ItemCommand:
    """Return the command for each workflow, without its ids."""
    match request.WhichOneof("action"):
        case "cancel":
            return CancelWorkflow("", request.cancel.cascade, request.cancel.allow_missing)
        case "resume":
            return ResumeWorkflow("", checks.optional_name("resume.queue_name", request.resume.queue_name))
        case "fork":
            return read_fork_options(checks, request.fork, "", "", "fork.")
        case "restart":
            return RestartWorkflow(
                "",
                "",
                checks.optional_name("restart.application_version", request.restart.application_version),
                checks.optional_name("restart.queue_name", request.restart.queue_name),
            )
        case "delete":
            return DeleteWorkflow("", request.delete.cascade, request.delete.allow_missing, request.delete.force)
        case None:
            checks.add("action", "One of cancel, resume, fork, restart and delete is required.")
            return CancelWorkflow("")


def _read_change(kind: Any, changing: int) -> Callable[[bytes], ItemResult]:  # noqa: ANN401 - An action's response.
    """Read responses of that kind, whose outcome `changing` says that the workflow was changed."""

    def read(stored: bytes) -> ItemResult:
        response = kind.FromString(stored)
        # A cascade may change others than a workflow that needed nothing.
        changed = response.outcome == changing or getattr(response, "cancelled_descendant_count", 0) > 0
        name = kind.Outcome.Name(response.outcome).removeprefix("OUTCOME_")
        return ItemResult(ItemOutcome.APPLIED if changed else ItemOutcome.UNCHANGED, name)

    return read


def _read_copy(kind: Any) -> Callable[[bytes], ItemResult]:  # noqa: ANN401 - As above.
    return lambda stored: ItemResult(ItemOutcome.APPLIED, "", kind.FromString(stored).workflow.workflow_id)


_RESULT_READERS: Final[Mapping[str, Callable[[bytes], ItemResult]]] = {
    "CancelWorkflow": _read_change(
        workflows.CancelWorkflowResponse, workflows.CancelWorkflowResponse.OUTCOME_CANCELLED
    ),
    "ResumeWorkflow": _read_change(workflows.ResumeWorkflowResponse, workflows.ResumeWorkflowResponse.OUTCOME_RESUMED),
    "ForkWorkflow": _read_copy(workflows.ForkWorkflowResponse),
    "RestartWorkflow": _read_copy(changes.RestartWorkflowResponse),
    "DeleteWorkflow": _read_change(changes.DeleteWorkflowResponse, changes.DeleteWorkflowResponse.OUTCOME_DELETED),
}
