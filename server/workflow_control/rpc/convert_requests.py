"""The requests of the mutations, and what all of them have in common, as the domain's commands.

Each function notes what is wrong with its message in `checks`, and returns a value that means nothing when anything is:
the caller raises then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Literal, NamedTuple, Protocol

from google.protobuf.duration_pb2 import Duration

from workflow_control.domain.commands import (
    CancelWorkflow,
    ForkStart,
    ForkWorkflow,
    FromLastFailure,
    FromLastStep,
    FromStep,
    FromStepName,
    ResumeWorkflow,
)
from workflow_control.domain.limits import PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, REPLACEMENT_CHILDREN_MAX
from workflow_control.idempotency.derived_ids import derive_workflow_id
from workflow_control.rpc.convert_times import read_request_ttl, read_timeout_ms
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import workflow_control_pb2 as messages
from workflowcontrol.v1.bulk_control_pb2 import BulkFork


class MutationMessage(Protocol):
    """What every request of a mutation has; the contract's other fields are the mutation's own."""

    request_key: str
    reason: str
    validate_only: bool

    @property
    def request_ttl(self) -> Duration:
        """How long the key is honoured, where it is set."""
        ...

    def HasField(self, field_name: Literal["request_ttl"]) -> bool:
        """Tell whether it is set."""
        ...


class MutationFields(NamedTuple):
    """What every mutation's request says beside its command."""

    request_key: str
    reason: str
    ttl: timedelta


def read_mutation_fields(checks: FieldChecks, request: MutationMessage, default_ttl: timedelta) -> MutationFields:
    """Return the common fields of a mutation."""
    request_key = request.request_key
    reason = request.reason
    checks.request_key(request_key)
    if reason:
        checks.reason(reason)
    ttl = read_request_ttl(checks, request.request_ttl) if request.HasField("request_ttl") else default_ttl
    return MutationFields(request_key, reason, ttl)


def read_cancel_workflow(checks: FieldChecks, request: messages.CancelWorkflowRequest, scope: str) -> CancelWorkflow:
    """Return the command of a `CancelWorkflow` call."""
    workflow_id = request.workflow_id
    checks.name("workflow_id", workflow_id)
    return CancelWorkflow(workflow_id, request.cascade, request.allow_missing)


def read_resume_workflow(checks: FieldChecks, request: messages.ResumeWorkflowRequest, scope: str) -> ResumeWorkflow:
    """Return the command of a `ResumeWorkflow` call."""
    workflow_id = request.workflow_id
    checks.name("workflow_id", workflow_id)
    return ResumeWorkflow(workflow_id, checks.optional_name("queue_name", request.queue_name))


def read_fork_workflow(checks: FieldChecks, request: messages.ForkWorkflowRequest, scope: str) -> ForkWorkflow:
    """Return the command of a `ForkWorkflow` call; the copy's id derives from scope and key where the caller names
    none.
    """
    checks.name("workflow_id", request.workflow_id)
    new_workflow_id = checks.optional_name("new_workflow_id", request.new_workflow_id)
    command = read_fork_options(
        checks, request, request.workflow_id, new_workflow_id or derive_workflow_id(scope, request.request_key)
    )
    children = _read_replacement_children(checks, request)
    return replace(command, replacement_children=children) if children else command


def read_fork_options(
    checks: FieldChecks,
    request: messages.ForkWorkflowRequest | BulkFork,
    workflow_id: str,
    new_workflow_id: str,
    path: str = "",
) -> ForkWorkflow:
    """Return the fork of one workflow; `path` is what the names of the message's fields begin with."""
    application_version = checks.optional_name(f"{path}application_version", request.application_version)
    if application_version is not None and request.use_latest_version:
        checks.add(f"{path}use_latest_version", "Must not be combined with application_version.")
    timeout_ms = read_timeout_ms(checks, f"{path}timeout", request.timeout) if request.HasField("timeout") else None
    return ForkWorkflow(
        workflow_id=workflow_id,
        new_workflow_id=new_workflow_id,
        start=_read_fork_start(checks, request, path),
        application_version=application_version,
        use_latest_version=request.use_latest_version,
        queue_name=checks.optional_name(f"{path}queue_name", request.queue_name),
        queue_partition_key=checks.optional_name(f"{path}queue_partition_key", request.queue_partition_key),
        timeout_ms=timeout_ms,
    )


def read_page_size(checks: FieldChecks, page_size: int) -> int:
    """Return how many items a page may have."""
    if page_size < 0:
        checks.add("page_size", f"Is {page_size}; must not be negative.")
    return min(page_size, PAGE_SIZE_MAX) if page_size else PAGE_SIZE_DEFAULT


def _read_fork_start(checks: FieldChecks, request: messages.ForkWorkflowRequest | BulkFork, path: str) -> ForkStart:
    match request.WhichOneof("from"):
        case None:
            return FromStep(0)
        case "start_step":
            return FromStep(checks.not_negative(f"{path}start_step", request.start_step))
        case "from_last_failure":
            _check_chosen(checks, f"{path}from_last_failure", request.from_last_failure)
            return FromLastFailure()
        case "from_last_step":
            _check_chosen(checks, f"{path}from_last_step", request.from_last_step)
            return FromLastStep()
        case "from_step_name":
            checks.name(f"{path}from_step_name", request.from_step_name)
            return FromStepName(request.from_step_name)


def _check_chosen(checks: FieldChecks, field: str, value: bool) -> None:
    if not value:
        checks.add(field, "Must be true where it is set; leave it out to begin elsewhere.")


def _read_replacement_children(checks: FieldChecks, request: messages.ForkWorkflowRequest) -> dict[str, str]:
    children = request.replacement_children
    if not children:
        return {}
    if len(children) > REPLACEMENT_CHILDREN_MAX:
        checks.add(
            "replacement_children", f"Has {len(children)} entries; at most {REPLACEMENT_CHILDREN_MAX} are allowed."
        )
        return {}
    for child_id, replacement_id in children.items():
        checks.name("replacement_children", child_id)
        checks.name(f"replacement_children[{child_id}]", replacement_id)
    return dict(children)
