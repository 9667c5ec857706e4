"""Says nothing about the request: nothing is stored, retry with the same key."""

from __future__ import annotations

from typing import ClassVar

from workflow_control.domain.errors.base import Code, ControlError


class TransientError(ControlError):
    """Says nothing about the request. Nothing is stored: a retry with the same key is always right."""

    retry_after_ms: ClassVar[int | None] = None
    """How long a client should wait before it retries, in milliseconds; None: no advice."""


class RequestInProgress(TransientError):
    """Another call with the same key is still running, and this one may not wait longer."""

    code = Code.ABORTED
    reason = "REQUEST_IN_PROGRESS"
    retry_after_ms = 200

    def __init__(self, request_key: str) -> None:
        super().__init__(
            f"Another call with the request key {request_key!r} is still running.",
            request_key=request_key,
        )


class WorkflowLocked(TransientError):
    """Another transaction holds the workflow's row for longer than this call may wait."""

    code = Code.ABORTED
    reason = "WORKFLOW_LOCKED"
    retry_after_ms = 200

    def __init__(self, workflow_id: str) -> None:
        """The id is empty where the command names several."""
        subject = f"the workflow {workflow_id!r}" if workflow_id else "one of the workflows"
        super().__init__(f"Another transaction holds {subject}.", workflow_id=workflow_id)


class DatabaseUnavailable(TransientError):
    """The database is down, read-only, failing over, or not what the server needs."""

    code = Code.UNAVAILABLE
    reason = "DATABASE_UNAVAILABLE"
    retry_after_ms = 500

    def __init__(self, message: str = "The database is not available.") -> None:
        super().__init__(message)


class Overloaded(TransientError):
    """A queue or a pool of the server is full."""

    code = Code.RESOURCE_EXHAUSTED
    reason = "OVERLOADED"
    retry_after_ms = 100

    def __init__(self, what: str, limit: int) -> None:
        super().__init__(f"Too many {what}: the limit is {limit}.", limit=str(limit))


class OutcomeUnknown(TransientError):
    """The connection was lost during COMMIT, and the deadline came before the outcome was known."""

    code = Code.UNAVAILABLE
    reason = "OUTCOME_UNKNOWN"
    retry_after_ms = 500

    def __init__(self, request_key: str) -> None:
        super().__init__(
            f"Whether the request {request_key!r} took effect is not known. Retry with the same key to find out.",
            request_key=request_key,
        )


class DeadlineExceeded(TransientError):
    """The call's deadline, or the server's own limit, passed first."""

    code = Code.DEADLINE_EXCEEDED
    reason = "DEADLINE_EXCEEDED"

    def __init__(self) -> None:
        super().__init__("The deadline passed before the call was done.")


class ShuttingDown(TransientError):
    """The server takes no new calls."""

    code = Code.UNAVAILABLE
    reason = "SHUTTING_DOWN"
    retry_after_ms = 200

    def __init__(self) -> None:
        super().__init__("The server is shutting down.")


class InternalError(TransientError):
    """A fault of the server; the log has the rest under the id."""

    code = Code.INTERNAL
    reason = "INTERNAL"

    def __init__(self, error_id: str) -> None:
        super().__init__(f"Internal error {error_id}.", error_id=error_id)
