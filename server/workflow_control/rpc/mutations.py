"""The path of every mutation: check the message, let the operations do it, answer with the stored response."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Final, Generic, Protocol, Self, TypeVar, cast
from urllib.parse import unquote

from google.protobuf.message import Message

from workflow_control.domain.commands import Command
from workflow_control.idempotency.fingerprint import fingerprint
from workflow_control.idempotency.requests import MutationReply, MutationRequest
from workflow_control.rpc.call import CURRENT_CALL
from workflow_control.rpc.canonical import canonical_parameters
from workflow_control.rpc.convert_bulk import (
    read_continue_bulk_operation,
    read_pause_bulk_operation,
    read_start_bulk_operation,
    read_stop_bulk_operation,
)
from workflow_control.rpc.convert_changes import (
    read_delete_workflow,
    read_restart_workflow,
    read_rewind_workflow,
    read_set_workflow_delay,
    read_set_workflow_priority,
    read_update_workflow_attributes,
)
from workflow_control.rpc.convert_imports import read_import_workflow
from workflow_control.rpc.convert_messages import read_send_message, read_send_messages
from workflow_control.rpc.convert_queues import (
    read_delete_queue,
    read_register_queue,
    read_rename_application,
    read_set_latest_application_version,
)
from workflow_control.rpc.convert_recoveries import read_recover_executor
from workflow_control.rpc.convert_requests import (
    MutationMessage,
    read_cancel_workflow,
    read_fork_workflow,
    read_mutation_fields,
    read_resume_workflow,
)
from workflow_control.rpc.convert_responses import write_idempotency
from workflow_control.rpc.convert_retention import read_cancel_overdue, read_collect_garbage
from workflow_control.rpc.convert_schedules import (
    read_apply_schedules,
    read_backfill_schedule,
    read_create_schedule,
    read_delete_schedule,
    read_pause_schedule,
    read_resume_schedule,
    read_trigger_schedule,
    read_update_schedule,
)
from workflow_control.rpc.convert_starts import read_start_workflow, read_start_workflows
from workflow_control.rpc.field_checks import FieldChecks
from workflow_control.rpc.interceptors.chain import Context
from workflowcontrol.v1 import bulk_control_pb2 as bulk
from workflowcontrol.v1 import queue_control_pb2 as queues
from workflowcontrol.v1 import schedule_control_pb2 as schedules
from workflowcontrol.v1 import server_control_pb2 as server
from workflowcontrol.v1 import workflow_changes_pb2 as changes
from workflowcontrol.v1 import workflow_control_pb2 as messages
from workflowcontrol.v1 import workflow_export_pb2 as exports
from workflowcontrol.v1 import workflow_messages_pb2 as inbox
from workflowcontrol.v1 import workflow_start_pb2 as starts
from workflowcontrol.v1.types_pb2 import Idempotency

REPLAYED_HEADER: Final = "idempotency-replayed"


class MutationResponse(Protocol):
    """What every response of a mutation has."""

    @property
    def idempotency(self) -> Idempotency:
        """What became of the request key."""
        ...

    @classmethod
    def FromString(cls, s: bytes) -> Self:
        """Read a serialized message."""
        ...


RequestT = TypeVar("RequestT", bound=MutationMessage)
ResponseT = TypeVar("ResponseT", bound=MutationResponse)


class Mutate(Protocol):
    """What the operations offer for a mutation."""

    async def __call__(self, request: MutationRequest, *, validate_only: bool) -> MutationReply:
        """Apply a mutation exactly once, or say what it would do. Raises any ControlError."""
        ...


@dataclass(frozen=True, slots=True)
class Mutation(Generic[RequestT, ResponseT]):
    """How one RPC that mutates reads its request and its response."""

    action: str
    """The name of the RPC, as the journal has it."""
    read: Callable[[FieldChecks, RequestT, str], Command]
    """Takes the scope as well, for ids that derive from the key."""
    response: type[ResponseT]


CANCEL_WORKFLOW: Final = Mutation("CancelWorkflow", read_cancel_workflow, messages.CancelWorkflowResponse)
RESUME_WORKFLOW: Final = Mutation("ResumeWorkflow", read_resume_workflow, messages.ResumeWorkflowResponse)
FORK_WORKFLOW: Final = Mutation("ForkWorkflow", read_fork_workflow, messages.ForkWorkflowResponse)
RESTART_WORKFLOW: Final = Mutation("RestartWorkflow", read_restart_workflow, changes.RestartWorkflowResponse)
REWIND_WORKFLOW: Final = Mutation("RewindWorkflow", read_rewind_workflow, changes.RewindWorkflowResponse)
DELETE_WORKFLOW: Final = Mutation("DeleteWorkflow", read_delete_workflow, changes.DeleteWorkflowResponse)
SET_WORKFLOW_DELAY: Final = Mutation("SetWorkflowDelay", read_set_workflow_delay, changes.SetWorkflowDelayResponse)
SET_WORKFLOW_PRIORITY: Final = Mutation(
    "SetWorkflowPriority", read_set_workflow_priority, changes.SetWorkflowPriorityResponse
)
UPDATE_WORKFLOW_ATTRIBUTES: Final = Mutation(
    "UpdateWorkflowAttributes", read_update_workflow_attributes, changes.UpdateWorkflowAttributesResponse
)
START_WORKFLOW: Final = Mutation("StartWorkflow", read_start_workflow, starts.StartWorkflowResponse)
START_WORKFLOWS: Final = Mutation("StartWorkflows", read_start_workflows, starts.StartWorkflowsResponse)
SEND_MESSAGE: Final = Mutation("SendMessage", read_send_message, inbox.SendMessageResponse)
IMPORT_WORKFLOW: Final = Mutation("ImportWorkflow", read_import_workflow, exports.ImportWorkflowResponse)
RECOVER_EXECUTOR: Final = Mutation("RecoverExecutor", read_recover_executor, changes.RecoverExecutorResponse)
SEND_MESSAGES: Final = Mutation("SendMessages", read_send_messages, inbox.SendMessagesResponse)
REGISTER_QUEUE: Final = Mutation("RegisterQueue", read_register_queue, queues.RegisterQueueResponse)
DELETE_QUEUE: Final = Mutation("DeleteQueue", read_delete_queue, queues.DeleteQueueResponse)
SET_LATEST_APPLICATION_VERSION: Final = Mutation(
    "SetLatestApplicationVersion", read_set_latest_application_version, queues.SetLatestApplicationVersionResponse
)
RENAME_APPLICATION: Final = Mutation("RenameApplication", read_rename_application, queues.RenameApplicationResponse)
COLLECT_GARBAGE: Final = Mutation("CollectGarbage", read_collect_garbage, server.CollectGarbageResponse)
CANCEL_OVERDUE_WORKFLOWS: Final = Mutation(
    "CancelOverdueWorkflows", read_cancel_overdue, server.CancelOverdueWorkflowsResponse
)

CREATE_SCHEDULE: Final = Mutation("CreateSchedule", read_create_schedule, schedules.CreateScheduleResponse)
APPLY_SCHEDULES: Final = Mutation("ApplySchedules", read_apply_schedules, schedules.ApplySchedulesResponse)
UPDATE_SCHEDULE: Final = Mutation("UpdateSchedule", read_update_schedule, schedules.UpdateScheduleResponse)
PAUSE_SCHEDULE: Final = Mutation("PauseSchedule", read_pause_schedule, schedules.PauseScheduleResponse)
RESUME_SCHEDULE: Final = Mutation("ResumeSchedule", read_resume_schedule, schedules.ResumeScheduleResponse)
DELETE_SCHEDULE: Final = Mutation("DeleteSchedule", read_delete_schedule, schedules.DeleteScheduleResponse)
TRIGGER_SCHEDULE: Final = Mutation("TriggerSchedule", read_trigger_schedule, schedules.TriggerScheduleResponse)
BACKFILL_SCHEDULE: Final = Mutation("BackfillSchedule", read_backfill_schedule, schedules.BackfillScheduleResponse)
START_BULK_OPERATION: Final = Mutation("StartBulkOperation", read_start_bulk_operation, bulk.StartBulkOperationResponse)
PAUSE_BULK_OPERATION: Final = Mutation("PauseBulkOperation", read_pause_bulk_operation, bulk.PauseBulkOperationResponse)
CONTINUE_BULK_OPERATION: Final = Mutation(
    "ContinueBulkOperation", read_continue_bulk_operation, bulk.ContinueBulkOperationResponse
)
STOP_BULK_OPERATION: Final = Mutation("StopBulkOperation", read_stop_bulk_operation, bulk.StopBulkOperationResponse)


class MutationPath:
    """Serves the mutations of one scope."""

    def __init__(self, mutate: Mutate, scope: str, default_ttl: timedelta) -> None:
        self._mutate = mutate
        self._scope = scope
        self._default_ttl = default_ttl

    async def serve(self, mutation: Mutation[RequestT, ResponseT], message: RequestT, context: Context) -> ResponseT:
        """Return the response of a mutation. Raises any ControlError."""
        call = CURRENT_CALL.get()
        # Before the checks, so that the log names what was asked for. Not every mutation is about one workflow.
        call.workflow_id = getattr(message, "workflow_id", None)
        call.request_key = message.request_key
        parsed = cast("Message", message)  # Every MutationMessage is one, but types cannot be both.
        checks = FieldChecks()
        fields = read_mutation_fields(checks, message, self._default_ttl)
        command = mutation.read(checks, message, self._scope)
        # A start names its workflow deeper, or has its id derived.
        call.workflow_id = call.workflow_id or command.workflow_id or None
        checks.known_fields(parsed)
        checks.raise_any()
        request = MutationRequest(
            scope=self._scope,
            request_key=fields.request_key,
            action=mutation.action,
            fingerprint=fingerprint(mutation.action, canonical_parameters(parsed)),
            command=command,
            actor=_host(context.peer()),
            reason=fields.reason,
            ttl=fields.ttl,
            deadline=call.deadline,
        )
        reply = await self._mutate(request, validate_only=message.validate_only)
        call.replayed = reply.replayed
        response = mutation.response.FromString(reply.response)
        write_idempotency(response.idempotency, fields.request_key, reply)
        if reply.replayed:
            # Only now that the outcome is known: gRPC's retry gives up its retries once it has initial metadata.
            await context.send_initial_metadata(((REPLAYED_HEADER, "true"),))
        return response


@lru_cache(maxsize=4096)
def _host(peer: str) -> str:
    """Return the host of a peer such as `ipv4:192.0.2.1:4711` or `ipv6:%5B::1%5D:4711`; the whole where it has another
    form.
    """
    kind, _, address = unquote(peer).partition(":")
    if kind not in ("ipv4", "ipv6"):
        return unquote(peer)
    return address.rpartition(":")[0].strip("[]")
