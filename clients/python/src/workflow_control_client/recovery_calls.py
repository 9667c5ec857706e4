"""The calls of the service `WorkflowControl` that bring workflows back: from an export, and from dead workers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from workflow_control_client.calls import Call, duration, request_key_or_new
from workflowcontrol.v1.workflow_changes_pb2 import RecoverExecutorRequest, RecoverExecutorResponse
from workflowcontrol.v1.workflow_export_pb2 import ExportedWorkflow, ImportWorkflowRequest, ImportWorkflowResponse

_SERVICE: Final = "/workflowcontrol.v1.WorkflowControl"


def import_workflow(
    exported_workflow: ExportedWorkflow,
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[ImportWorkflowResponse]:
    """Write an exported workflow and its exported descendants, all or none, with their ids, states and times.

        exported = ExportedWorkflow.FromString(Path("order-7.bin").read_bytes())
        client.import_workflow(exported, request_key="restore-order-7")

    Import only what you trust: payloads reach the workers as they are, and a Python pickle runs code when one reads it.

    Args:
        exported_workflow: What `export_workflow` returned, here or on another server.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowExists: One of the ids is taken.
        SchemaCapabilityMissing: The installed DBOS is too old to keep all of it.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = ImportWorkflowRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        exported_workflow=exported_workflow,
    )
    return Call(f"{_SERVICE}/ImportWorkflow", request, ImportWorkflowResponse.FromString, call_timeout, request_key)


def recover_executor(
    executor_ids: Iterable[str],
    *,
    application_version: str = "",
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[RecoverExecutorResponse]:
    """Give the workflows of workers that are dead to the living, who continue them after their last recorded step.

        response = client.recover_executor(["worker-3"], request_key="recover-worker-3-after-crash-12")
        print(response.recovered_workflow_count, "workflows go on")

    Args:
        executor_ids: The workers. Be certain that they are dead: one that is alive would have its workflows run twice.
        application_version: Only workflows of this version; empty: of any.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowControlError: Any of its subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = RecoverExecutorRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        executor_ids=executor_ids,
        application_version=application_version,
    )
    return Call(f"{_SERVICE}/RecoverExecutor", request, RecoverExecutorResponse.FromString, call_timeout, request_key)
