"""The one table from errors to gRPC statuses.

A status carries a `google.rpc.Status` with exactly one ErrorInfo, and what else helps. Message and details together
stay below 4 KiB as they travel: gRPC peers refuse larger trailers, and the client would see RESOURCE_EXHAUSTED in place
of the real code.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple, cast
from urllib.parse import quote

import grpc
from google.protobuf.message import Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, PreconditionFailure, ResourceInfo, RetryInfo
from google.rpc.status_pb2 import Status

from workflow_control.domain import errors

ERROR_DOMAIN: Final = "workflowcontrol"
STATUS_BYTES_MAX: Final = 4096

_WORKFLOW: Final = "workflowcontrol.v1.Workflow"
_WORKFLOW_STEP: Final = "workflowcontrol.v1.WorkflowStep"
_REQUEST: Final = "workflowcontrol.v1.RequestRecord"
_EVENT: Final = "workflowcontrol.v1.WorkflowEvent"
_QUEUE: Final = "workflowcontrol.v1.Queue"
_SCHEDULE: Final = "workflowcontrol.v1.Schedule"
_BULK_OPERATION: Final = "workflowcontrol.v1.BulkOperation"
_VERSION: Final = "workflowcontrol.v1.ApplicationVersion"


class RpcStatus(NamedTuple):
    """What `abort` sends."""

    code: grpc.StatusCode
    message: str
    trailers: tuple[tuple[str, str | bytes], ...]


class _Limits(NamedTuple):
    """How much of an error is told."""

    text_bytes: int
    violations: int


class _Row(NamedTuple):
    """One row of the table: the details beside ErrorInfo, and whether clients are told when to retry."""

    details: Callable[[errors.ControlError, _Limits], Iterable[Message]]
    pushback: bool = False
    """Whether gRPC's own retry waits as long as we say. Not with UNAVAILABLE: there its exponential backoff is better,
    and that retry goes to another server."""


# From generous to scant: the first that fits is sent. The last always fits, since an error's metadata has a handful of
# entries.
_LIMITS: Final = (_Limits(1024, 16), _Limits(512, 8), _Limits(300, 4), _Limits(120, 2), _Limits(40, 1))


def rpc_status(error: errors.ControlError) -> RpcStatus:
    """Return the status that tells a client of `error`."""
    row = STATUS_TABLE[type(error)]
    code = grpc_code(error.code)
    for limits in _LIMITS:
        status = _status(error, row, limits)
        details = status.SerializeToString()
        if _travelling_bytes(status.message, details) <= STATUS_BYTES_MAX:
            break
    trailers: list[tuple[str, str | bytes]] = [("grpc-status-details-bin", details)]
    if row.pushback and isinstance(error, errors.TransientError) and error.retry_after_ms is not None:
        trailers.append(("grpc-retry-pushback-ms", str(error.retry_after_ms)))
    return RpcStatus(code, status.message, tuple(trailers))


def grpc_code(code: errors.Code) -> grpc.StatusCode:
    """Return gRPC's object for a canonical code."""
    return _GRPC_CODES[code]


def _status(error: errors.ControlError, row: _Row, limits: _Limits) -> Status:
    info = ErrorInfo(reason=error.reason, domain=ERROR_DOMAIN)
    for key, value in error.metadata.items():
        info.metadata[key] = _cut(value, limits)
    status = Status(code=error.code.value, message=_cut(error.message, limits))
    for detail in (info, *row.details(error, limits), *_retry_info(error)):
        status.details.add().Pack(detail)
    return status


def _retry_info(error: errors.ControlError) -> Iterable[RetryInfo]:
    if isinstance(error, errors.TransientError) and error.retry_after_ms is not None:
        info = RetryInfo()
        info.retry_delay.FromMilliseconds(error.retry_after_ms)
        yield info


def _nothing_more(error: errors.ControlError, limits: _Limits) -> Iterable[Message]:
    return ()


def _bad_request(error: errors.ControlError, limits: _Limits) -> Iterable[Message]:
    violations = cast("errors.InvalidRequest", error).violations
    yield BadRequest(
        field_violations=[
            BadRequest.FieldViolation(field=_cut(v.field, limits), description=_cut(v.description, limits))
            for v in violations[: limits.violations]
        ]
    )


def _resource(resource_type: str, name_key: str) -> Callable[[errors.ControlError, _Limits], Iterable[Message]]:
    def details(error: errors.ControlError, limits: _Limits) -> Iterable[Message]:
        yield ResourceInfo(resource_type=resource_type, resource_name=_cut(error.metadata[name_key], limits))

    return details


def _precondition(violation_type: str, subject_key: str) -> Callable[[errors.ControlError, _Limits], Iterable[Message]]:
    def details(error: errors.ControlError, limits: _Limits) -> Iterable[Message]:
        yield PreconditionFailure(
            violations=[
                PreconditionFailure.Violation(
                    type=violation_type,
                    subject=_cut(error.metadata[subject_key], limits),
                    description=_cut(error.message, limits),
                )
            ]
        )

    return details


STATUS_TABLE: Final[Mapping[type[errors.ControlError], _Row]] = {
    errors.InvalidRequest: _Row(_bad_request),
    errors.WorkflowNotFound: _Row(_resource(_WORKFLOW, "workflow_id")),
    errors.WorkflowExists: _Row(_resource(_WORKFLOW, "workflow_id")),
    errors.StepNotFound: _Row(_resource(_WORKFLOW_STEP, "step_name")),
    errors.WorkflowNotTerminal: _Row(_precondition("WORKFLOW_STATE", "workflow_id")),
    errors.WorkflowNotDelayed: _Row(_precondition("WORKFLOW_STATE", "workflow_id")),
    errors.WorkflowNotQueued: _Row(_precondition("WORKFLOW_STATE", "workflow_id")),
    errors.Deduplicated: _Row(_resource(_WORKFLOW, "holder_workflow_id")),
    errors.QueuePartitionKeyRequired: _Row(_precondition("QUEUE", "queue_name")),
    errors.QueueNotFound: _Row(_resource(_QUEUE, "queue_name")),
    errors.ApplicationVersionNotFound: _Row(_resource(_VERSION, "application_version")),
    errors.OwnedByAnotherApplication: _Row(_precondition("OWNER", "name")),
    errors.ScheduleNotFound: _Row(_resource(_SCHEDULE, "schedule_name")),
    errors.ScheduleExists: _Row(_resource(_SCHEDULE, "schedule_name")),
    errors.ScheduleRuntimeUnknown: _Row(_precondition("RUNTIME", "schedule_name")),
    errors.ScheduleContextPrivate: _Row(_precondition("CONTEXT", "schedule_name")),
    errors.ScheduleTimesUncertain: _Row(_precondition("TIMES", "schedule_name")),
    errors.BackfillTooLarge: _Row(_precondition("RUNS", "schedule_name")),
    errors.BulkOperationNotFound: _Row(_resource(_BULK_OPERATION, "operation_id")),
    errors.BulkOperationExists: _Row(_resource(_BULK_OPERATION, "operation_id")),
    errors.BulkOperationEnded: _Row(_precondition("BULK_OPERATION_STATE", "operation_id")),
    errors.RequestNotFound: _Row(_resource(_REQUEST, "request_key")),
    errors.EventNotFound: _Row(_resource(_EVENT, "key")),
    errors.SchemaCapabilityMissing: _Row(_precondition("SCHEMA_CAPABILITY", "capability")),
    errors.ResponseTooLarge: _Row(_nothing_more),
    errors.RequestKeyReused: _Row(_nothing_more),
    errors.RequestKeyParametersDiffer: _Row(_nothing_more),
    errors.RequestPreviouslyFailed: _Row(_precondition("REQUEST", "request_key")),
    errors.RequestInProgress: _Row(_nothing_more, pushback=True),
    errors.WorkflowLocked: _Row(_nothing_more, pushback=True),
    errors.Overloaded: _Row(_nothing_more, pushback=True),
    errors.DatabaseUnavailable: _Row(_nothing_more),
    errors.OutcomeUnknown: _Row(_nothing_more),
    errors.DeadlineExceeded: _Row(_nothing_more),
    errors.ShuttingDown: _Row(_nothing_more),
    errors.InternalError: _Row(_nothing_more),
}
"""Every error that a caller can see; its code and its reason are the class's own. RetryInfo goes with `retry_after_ms`.
"""

_GRPC_CODES: Final = {code: next(s for s in grpc.StatusCode if s.value[0] == code.value) for code in errors.Code}


def _cut(text: str, limits: _Limits) -> str:
    """Return the text, or its beginning where it is longer than the limit, without half a character at the end."""
    data = text.encode(errors="replace")
    if len(data) <= limits.text_bytes:
        return data.decode()
    return data[: limits.text_bytes].decode(errors="ignore") + "…"


def _travelling_bytes(message: str, details: bytes) -> int:
    """Return the size of both as HTTP/2 headers: `grpc-message` is percent-encoded, binary headers are base64."""
    return len(quote(message, safe=" !\"#$&'()*+,/:;<=>?@[\\]^`{|}")) + len(base64.b64encode(details))
