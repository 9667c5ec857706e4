"""Every way in which a call can fail, as one tree: a class per decision that a caller makes.

    WorkflowControlError
    ├── InvalidRequest                  mend the request
    ├── NotFound                        what was named does not exist
    │   ├── WorkflowNotFound
    │   ├── StepNotFound
    │   ├── QueueNotFound
    │   ├── ScheduleNotFound
    │   ├── ApplicationVersionNotFound
    │   ├── BulkOperationNotFound
    │   ├── RequestNotFound
    │   └── EventNotFound
    ├── WorkflowExists                  choose another id
    ├── Deduplicated                    another workflow does it already
    ├── QueuePartitionKeyRequired       name the partition
    ├── OwnedByAnotherApplication       act as the owner, or choose another name
    ├── ScheduleExists                  choose another name, or apply it
    ├── ScheduleRuntimeUnknown          name the runtime
    ├── ScheduleContextPrivate          let the application's own client do it
    ├── ScheduleTimesUncertain          keep away from the change of the clock
    ├── BackfillTooLarge                backfill it piece by piece
    ├── BulkOperationExists             follow the operation that there is
    ├── WrongState                      cancel it first, or leave it
    │   ├── WorkflowNotTerminal
    │   ├── WorkflowNotDelayed
    │   ├── WorkflowNotQueued
    │   └── BulkOperationEnded
    ├── RequestKeyError                 the request key was used before; a new attempt needs a new key
    │   ├── RequestKeyReused
    │   ├── RequestKeyParametersDiffer
    │   └── RequestPreviouslyFailed
    ├── SchemaCapabilityMissing         upgrade DBOS
    ├── ResponseTooLarge                ask for less
    ├── AccessDenied                    mend the credentials or the rights
    ├── Unimplemented                   upgrade the server
    └── TransientError                  repeat the call with the same request key, later
        ├── RequestInProgress
        ├── WorkflowLocked
        ├── Overloaded
        ├── DeadlineExceeded
        ├── InternalError
        └── Unavailable
            ├── DatabaseUnavailable
            ├── ShuttingDown
            └── OutcomeUnknown

The names are those of the contract's `ErrorReason`, whose comments say what each means and which metadata it carries.
A failure without a reason of the contract, such as a proxy's or the transport's own, becomes the class that its status
code suggests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

import grpc


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """A field of the request, by its path in the contract, and what is wrong with it."""

    field: str
    description: str


class WorkflowControlError(Exception):
    """The base of all errors that a call raises. The gRPC error that it was made from is its `__cause__`.

    Attributes:
        code: The canonical status code.
        reason: The name of an `ErrorReason` without its prefix; empty when the failure is not the server's own.
        message: What happened, for people. Never branch on it.
        metadata: The details of the reason, such as `workflow_id`.
        request_key: The mutation's request key, given or generated: keep it to repeat the call. None for reads.
        retry_after: How long the server asks to wait before the next attempt, if it says.
        violations: The fields at fault, for `InvalidRequest`.
    """

    def __init__(
        self,
        code: grpc.StatusCode,
        message: str,
        reason: str = "",
        metadata: Mapping[str, str] = MappingProxyType({}),
        request_key: str | None = None,
        retry_after: timedelta | None = None,
        violations: tuple[FieldViolation, ...] = (),
    ) -> None:
        # An exception is pickled as its class and `args`; workers that call this client may send it to another process.
        super().__init__(code, message, reason, dict(metadata), request_key, retry_after, violations)
        self.code = code
        self.message = message
        self.reason = reason
        self.metadata: Mapping[str, str] = dict(metadata)
        self.request_key = request_key
        self.retry_after = retry_after
        self.violations = violations

    def __str__(self) -> str:
        text = f"{self.reason or self.code.name}: {self.message}"
        return text if self.request_key is None else f"{text} (request key {self.request_key!r})"


class InvalidRequest(WorkflowControlError):
    """Fields are missing, malformed or out of range: `violations` names them. The request key is not used up."""


class NotFound(WorkflowControlError):
    """What the call named does not exist."""


class WorkflowNotFound(NotFound):
    """There is no such workflow. A mutation's request key keeps this outcome."""


class QueueNotFound(NotFound):
    """There is no such queue."""


class ScheduleNotFound(NotFound):
    """There is no such schedule."""


class ApplicationVersionNotFound(NotFound):
    """No such application version is registered; where the latest was asked for, none at all."""


class BulkOperationNotFound(NotFound):
    """There is no such bulk operation, or it ended longer ago than the server keeps them."""


class StepNotFound(NotFound):
    """The workflow has no recorded step of that name. The request key keeps this outcome."""


class RequestNotFound(NotFound):
    """No request with that key is stored, or it has expired."""


class EventNotFound(NotFound):
    """The workflow has not set an event of that key, so far."""


class WorkflowExists(WorkflowControlError):
    """The workflow id that a mutation would create is taken. The request key keeps this outcome."""


class Deduplicated(WorkflowControlError):
    """Another workflow in the queue holds the deduplication id: the metadata has its id, as `holder_workflow_id`."""


class QueuePartitionKeyRequired(WorkflowControlError):
    """The queue is partitioned, and the workflow to start has no partition key."""


class OwnedByAnotherApplication(WorkflowControlError):
    """Another application owns what the call would change: the metadata has the owner's `application_name`."""


class ScheduleExists(WorkflowControlError):
    """The name that a schedule is to be created with is taken."""


class ScheduleRuntimeUnknown(WorkflowControlError):
    """Which runtime runs a schedule must be known, and is not: the metadata's `detail` says why."""


class ScheduleContextPrivate(WorkflowControlError):
    """A schedule's context is stored in a form that only the application's own code reads and writes."""


class ScheduleTimesUncertain(WorkflowControlError):
    """At which times a schedule's workers run it cannot be told: the metadata's `detail` says why."""


class BackfillTooLarge(WorkflowControlError):
    """A schedule has more runs in that time than one request starts: the metadata has what is `allowed`."""


class BulkOperationExists(WorkflowControlError):
    """The request key started a bulk operation before, and has expired: the metadata has its `operation_id`."""


class WrongState(WorkflowControlError):
    """The workflow's state forbids it: the metadata has the `state`. The request key keeps this outcome."""


class WorkflowNotTerminal(WrongState):
    """The workflow has not ended: cancel it first. Of a cascade, the metadata names the descendant."""


class WorkflowNotDelayed(WrongState):
    """The workflow is not DELAYED."""


class WorkflowNotQueued(WrongState):
    """The workflow does not wait in a queue."""


class BulkOperationEnded(WrongState):
    """The bulk operation is completed or stopped."""


class RequestKeyError(WorkflowControlError):
    """The request key was used before, and its stored outcome is not an answer to this call. Nothing was executed."""


class RequestKeyReused(RequestKeyError):
    """The key was used before for another action or another workflow: the metadata says which."""


class RequestKeyParametersDiffer(RequestKeyError):
    """The key was used before for the same action and workflow, with other parameters."""


class RequestPreviouslyFailed(RequestKeyError):
    """The key's first call failed, and so does every replay: the metadata has `original_code` and `original_reason`."""


class SchemaCapabilityMissing(WorkflowControlError):
    """The installed DBOS schema cannot do it: the metadata has the `capability` and the `first_release` that can."""


class ResponseTooLarge(WorkflowControlError):
    """The answer is larger than a message may be: the message says what to leave out."""


class AccessDenied(WorkflowControlError):
    """The caller is not known, or may not do this."""


class Unimplemented(WorkflowControlError):
    """The server does not have this RPC: it is older than this client, or something else answers at that address."""


class TransientError(WorkflowControlError):
    """Says nothing about the request itself. It is safe to repeat the call, a mutation with the same request key."""


class RequestInProgress(TransientError):
    """Another call with the same request key is still running."""


class WorkflowLocked(TransientError):
    """Another transaction, most likely a worker's, holds the workflow."""


class Overloaded(TransientError):
    """The server, or a proxy before it, has too much to do."""


class DeadlineExceeded(TransientError):
    """The time for the call was over first. A mutation may have taken effect, or may yet."""


class InternalError(TransientError):
    """A fault of the server: its log tells more under the metadata's `error_id`."""


class Unavailable(TransientError):
    """The server cannot be reached, or cannot serve now."""


class DatabaseUnavailable(Unavailable):
    """The server's database is down, read-only, failing over or shutting down. Nothing was executed."""


class ShuttingDown(Unavailable):
    """The server is shutting down and takes no new calls. Nothing was executed."""


class OutcomeUnknown(Unavailable):
    """The server lost its database during a commit. Repeating the call tells what happened, or makes it happen."""


BY_REASON: Final[Mapping[str, type[WorkflowControlError]]] = MappingProxyType(
    {
        "INVALID_REQUEST": InvalidRequest,
        "WORKFLOW_NOT_FOUND": WorkflowNotFound,
        "WORKFLOW_EXISTS": WorkflowExists,
        "DEDUPLICATED": Deduplicated,
        "QUEUE_PARTITION_KEY_REQUIRED": QueuePartitionKeyRequired,
        "STEP_NOT_FOUND": StepNotFound,
        "QUEUE_NOT_FOUND": QueueNotFound,
        "APPLICATION_VERSION_NOT_FOUND": ApplicationVersionNotFound,
        "OWNED_BY_ANOTHER_APPLICATION": OwnedByAnotherApplication,
        "SCHEDULE_NOT_FOUND": ScheduleNotFound,
        "SCHEDULE_EXISTS": ScheduleExists,
        "SCHEDULE_RUNTIME_UNKNOWN": ScheduleRuntimeUnknown,
        "SCHEDULE_CONTEXT_PRIVATE": ScheduleContextPrivate,
        "SCHEDULE_TIMES_UNCERTAIN": ScheduleTimesUncertain,
        "BACKFILL_TOO_LARGE": BackfillTooLarge,
        "WORKFLOW_NOT_TERMINAL": WorkflowNotTerminal,
        "WORKFLOW_NOT_DELAYED": WorkflowNotDelayed,
        "WORKFLOW_NOT_QUEUED": WorkflowNotQueued,
        "BULK_OPERATION_NOT_FOUND": BulkOperationNotFound,
        "BULK_OPERATION_EXISTS": BulkOperationExists,
        "BULK_OPERATION_ENDED": BulkOperationEnded,
        "REQUEST_NOT_FOUND": RequestNotFound,
        "EVENT_NOT_FOUND": EventNotFound,
        "SCHEMA_CAPABILITY_MISSING": SchemaCapabilityMissing,
        "REQUEST_KEY_REUSED": RequestKeyReused,
        "REQUEST_KEY_PARAMETERS_DIFFER": RequestKeyParametersDiffer,
        "REQUEST_PREVIOUSLY_FAILED": RequestPreviouslyFailed,
        "REQUEST_IN_PROGRESS": RequestInProgress,
        "WORKFLOW_LOCKED": WorkflowLocked,
        "DATABASE_UNAVAILABLE": DatabaseUnavailable,
        "OVERLOADED": Overloaded,
        "OUTCOME_UNKNOWN": OutcomeUnknown,
        "DEADLINE_EXCEEDED": DeadlineExceeded,
        "RESPONSE_TOO_LARGE": ResponseTooLarge,
        "SHUTTING_DOWN": ShuttingDown,
        "INTERNAL": InternalError,
    }
)
"""The class of each reason of the contract."""

BY_CODE: Final[Mapping[grpc.StatusCode, type[WorkflowControlError]]] = MappingProxyType(
    {
        # A server or proxy that goes away answers the calls it has not begun with CANCELLED.
        grpc.StatusCode.CANCELLED: Unavailable,
        grpc.StatusCode.UNKNOWN: InternalError,
        grpc.StatusCode.INVALID_ARGUMENT: InvalidRequest,
        grpc.StatusCode.DEADLINE_EXCEEDED: DeadlineExceeded,
        grpc.StatusCode.NOT_FOUND: NotFound,
        grpc.StatusCode.ALREADY_EXISTS: WorkflowControlError,
        grpc.StatusCode.PERMISSION_DENIED: AccessDenied,
        grpc.StatusCode.RESOURCE_EXHAUSTED: Overloaded,
        grpc.StatusCode.FAILED_PRECONDITION: WorkflowControlError,
        grpc.StatusCode.ABORTED: TransientError,
        grpc.StatusCode.OUT_OF_RANGE: InvalidRequest,
        grpc.StatusCode.UNIMPLEMENTED: Unimplemented,
        grpc.StatusCode.INTERNAL: InternalError,
        grpc.StatusCode.UNAVAILABLE: Unavailable,
        grpc.StatusCode.DATA_LOSS: InternalError,
        grpc.StatusCode.UNAUTHENTICATED: AccessDenied,
    }
)
"""The class of a status that carries no reason of the contract."""
