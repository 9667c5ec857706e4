"""Turn a failed gRPC call into an exception of this package."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar, cast

import grpc
from google.protobuf.message import DecodeError, Message
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status

from workflow_control_client.errors import BY_CODE, BY_REASON, FieldViolation, WorkflowControlError

DOMAIN: Final = "workflowcontrol"
"""The domain of the contract's error reasons. Another domain's reason, say a proxy's, is not looked at."""

_DETAILS_TRAILER: Final = "grpc-status-details-bin"

_DetailT = TypeVar("_DetailT", bound=Message)


def error_from_rpc(error: grpc.RpcError, request_key: str | None) -> WorkflowControlError:
    """Return the exception that says what `error` of either gRPC API means to the caller."""
    code = error.code()
    status = _status_details(error)
    info = _detail(status, ErrorInfo)
    if info is None or info.domain != DOMAIN:
        info = ErrorInfo()
    retry = _detail(status, RetryInfo)
    bad_request = _detail(status, BadRequest) or BadRequest()
    # A reason that a newer server invented is kept, and its code decides.
    error_class = BY_REASON.get(info.reason) or BY_CODE.get(code, WorkflowControlError)
    return error_class(
        code,
        error.details() or "",
        info.reason,
        dict(info.metadata),
        request_key,
        None if retry is None else retry.retry_delay.ToTimedelta(),
        tuple(FieldViolation(v.field, v.description) for v in bad_request.field_violations),
    )


def _status_details(error: grpc.RpcError) -> Status:
    """Return the `google.rpc.Status` in the trailer; an empty one when there is none, or nothing that can be read."""
    # Both gRPC APIs have pairs here, which the type stubs get wrong, or None for a call that never left this process.
    trailers = cast("Iterable[tuple[str, str | bytes]]", error.trailing_metadata() or ())
    for key, value in trailers:
        if key == _DETAILS_TRAILER and isinstance(value, bytes):
            try:
                return Status.FromString(value)
            except DecodeError:
                break
    return Status()


def _detail(status: Status, detail_type: type[_DetailT]) -> _DetailT | None:
    """Return the first detail of that type; None when there is none, or it cannot be read."""
    for packed in status.details:
        detail = detail_type()
        try:
            if packed.Unpack(detail):
                return detail
        except DecodeError:
            return None
    return None
