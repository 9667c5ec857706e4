"""The calls of the service `WorkflowControl` that change a workflow beyond cancel, resume and fork."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from google.protobuf.struct_pb2 import Struct

from workflow_control_client.calls import Call, duration, request_key_or_new, timestamp
from workflowcontrol.v1.workflow_changes_pb2 import (
    DeleteWorkflowRequest,
    DeleteWorkflowResponse,
    RestartWorkflowRequest,
    RestartWorkflowResponse,
    RewindWorkflowRequest,
    RewindWorkflowResponse,
    SetWorkflowDelayRequest,
    SetWorkflowDelayResponse,
    SetWorkflowPriorityRequest,
    SetWorkflowPriorityResponse,
    UpdateWorkflowAttributesRequest,
    UpdateWorkflowAttributesResponse,
)

_SERVICE: Final = "/workflowcontrol.v1.WorkflowControl"


def restart_workflow(
    workflow_id: str,
    *,
    new_workflow_id: str = "",
    application_version: str = "",
    queue_name: str = "",
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[RestartWorkflowResponse]:
    """Run a workflow again from the beginning, as a new workflow.

        print(client.restart_workflow("order-7").workflow.workflow_id)

    Args:
        workflow_id: The workflow. It stays as it is.
        new_workflow_id: The copy's id; empty: the server derives it from the request key.
        application_version: The application version to bind the copy to; empty: the source's.
        queue_name: The queue; empty: DBOS's internal queue, which every worker serves.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no such workflow.
        WorkflowExists: The new id is taken.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = RestartWorkflowRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflow_id=workflow_id,
        new_workflow_id=new_workflow_id,
        application_version=application_version,
        queue_name=queue_name,
    )
    return Call(f"{_SERVICE}/RestartWorkflow", request, RestartWorkflowResponse.FromString, call_timeout, request_key)


def rewind_workflow(
    workflow_id: str,
    *,
    start_step: int = 0,
    application_version: str = "",
    queue_name: str = "",
    queue_partition_key: str = "",
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[RewindWorkflowResponse]:
    """Run a workflow that has ended again from one of its steps, under the same id. DBOS 3.1 and later.

        response = client.rewind_workflow("order-7", start_step=3)
        print(response.deleted_step_count, "steps are run again")

    Args:
        workflow_id: The workflow.
        start_step: The first step to run again, by DBOS's own step id; 0: the beginning.
        application_version: The application version to bind it to; empty: the one it has.
        queue_name: The queue; empty: DBOS's internal queue, which every worker serves.
        queue_partition_key: The partition, for a partitioned queue.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no such workflow.
        WorkflowNotTerminal: It has not ended: cancel it first.
        SchemaCapabilityMissing: The installed DBOS schema cannot do it.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = RewindWorkflowRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflow_id=workflow_id,
        start_step=start_step,
        application_version=application_version,
        queue_name=queue_name,
        queue_partition_key=queue_partition_key,
    )
    return Call(f"{_SERVICE}/RewindWorkflow", request, RewindWorkflowResponse.FromString, call_timeout, request_key)


def delete_workflow(
    workflow_id: str,
    *,
    cascade: bool = False,
    allow_missing: bool = False,
    force: bool = False,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[DeleteWorkflowResponse]:
    """Delete a workflow that has ended, and all that belongs to it.

        print(client.delete_workflow("order-7", cascade=True).deleted_descendant_count)

    Args:
        workflow_id: The workflow.
        cascade: Delete its children, and theirs, to every depth, all or nothing.
        allow_missing: Answer with outcome MISSING when there is no such workflow.
        force: Delete also what has not ended.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no such workflow, and `allow_missing` is not set.
        WorkflowNotTerminal: It, or with `cascade` a descendant, has not ended, and `force` is not set.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = DeleteWorkflowRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflow_id=workflow_id,
        cascade=cascade,
        allow_missing=allow_missing,
        force=force,
    )
    return Call(f"{_SERVICE}/DeleteWorkflow", request, DeleteWorkflowResponse.FromString, call_timeout, request_key)


def set_workflow_delay(
    workflow_id: str,
    *,
    delay: timedelta | None = None,
    delay_until: datetime | None = None,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[SetWorkflowDelayResponse]:
    """Change from when on workers may take a workflow that is DELAYED. DBOS 2.16 and later.

        client.set_workflow_delay("order-7", delay=timedelta(hours=1))

    Args:
        workflow_id: The workflow.
        delay: How long from now. Either this or the next must be given.
        delay_until: Until when; the past is now.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no such workflow.
        WorkflowNotDelayed: It is not DELAYED.
        SchemaCapabilityMissing: The installed DBOS schema cannot do it.
        WorkflowControlError: Any of its other subclasses.
        ValueError: Both or none of delay and delay_until are given, or the time has no time zone.
    """
    if (delay is None) == (delay_until is None):
        # They are a oneof in the contract, of which protobuf would keep the last one silently.
        raise ValueError("give one of delay and delay_until")
    request_key = request_key_or_new(request_key)
    request = SetWorkflowDelayRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflow_id=workflow_id,
        delay=duration(delay),
        delay_until=timestamp(delay_until),
    )
    path = f"{_SERVICE}/SetWorkflowDelay"
    return Call(path, request, SetWorkflowDelayResponse.FromString, call_timeout, request_key)


def set_workflow_priority(
    workflow_id: str,
    priority: int,
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[SetWorkflowPriorityResponse]:
    """Change the priority of a workflow that waits in a queue.

        client.set_workflow_priority("order-7", 0)

    Args:
        workflow_id: The workflow.
        priority: Lower runs first; 0 is the default and the highest.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no such workflow.
        WorkflowNotQueued: It is neither ENQUEUED nor DELAYED.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = SetWorkflowPriorityRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflow_id=workflow_id,
        priority=priority,
    )
    path = f"{_SERVICE}/SetWorkflowPriority"
    return Call(path, request, SetWorkflowPriorityResponse.FromString, call_timeout, request_key)


def update_workflow_attributes(
    workflow_id: str,
    attributes: Mapping[str, Any] | None,
    *,
    mode: UpdateWorkflowAttributesRequest.Mode.ValueType,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[UpdateWorkflowAttributesResponse]:
    """Replace the attributes of a workflow, or merge others into them. DBOS 2.25 and later.

        mode = UpdateWorkflowAttributesRequest.MODE_MERGE
        client.update_workflow_attributes("order-7", {"customer": "c-3"}, mode=mode)

    Args:
        workflow_id: The workflow.
        attributes: JSON by name; None, which cannot be merged, removes all.
        mode: MODE_REPLACE replaces all that the workflow has, MODE_MERGE keeps those of other names, at the top level.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no such workflow.
        SchemaCapabilityMissing: The installed DBOS schema cannot do it.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = UpdateWorkflowAttributesRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflow_id=workflow_id,
        attributes=None if attributes is None else _struct(attributes),
        mode=mode,
    )
    path = f"{_SERVICE}/UpdateWorkflowAttributes"
    return Call(path, request, UpdateWorkflowAttributesResponse.FromString, call_timeout, request_key)


def _struct(members: Mapping[str, Any]) -> Struct:
    struct = Struct()
    struct.update(members)
    return struct
