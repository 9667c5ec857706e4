"""Every way in which a call can fail, as one tree.

    ControlError
    ├── DefinitiveError                 the request itself is at fault: a mutation's key keeps the outcome
    │   ├── WorkflowNotFound
    │   ├── WorkflowExists
    │   └── StepNotFound
    ├── RejectedError                   refused before anything was looked at or taken
    │   ├── InvalidRequest
    │   ├── RequestNotFound
    │   ├── SchemaCapabilityMissing
    │   └── ResponseTooLarge
    ├── RequestKeyError                 what the key's stored outcome answers
    │   ├── RequestKeyReused
    │   ├── RequestKeyParametersDiffer
    │   └── RequestPreviouslyFailed
    └── TransientError                  says nothing about the request: nothing is stored, retry with the same key
        ├── RequestInProgress
        ├── WorkflowLocked
        ├── DatabaseUnavailable
        ├── Overloaded
        ├── OutcomeUnknown
        ├── DeadlineExceeded
        ├── ShuttingDown
        └── InternalError

Each class names its canonical code and its reason; `rpc/status.py` turns them into a gRPC status with details. The
message and the
metadata of an error go to the client as they are: whatever must not, such as a driver's text, belongs into
`__cause__`, which only the log
shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import ClassVar


class Code(IntEnum):
    """The canonical status codes of google.rpc.Code that this service answers with."""

    OK = 0
    INVALID_ARGUMENT = 3
    DEADLINE_EXCEEDED = 4
    NOT_FOUND = 5
    ALREADY_EXISTS = 6
    RESOURCE_EXHAUSTED = 8
    FAILED_PRECONDITION = 9
    ABORTED = 10
    INTERNAL = 13
    UNAVAILABLE = 14


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """A field of a request, by its path in the proto, and what is wrong with it."""

    field: str
    description: str


class ControlError(Exception):
    """The base of all errors that a caller sees."""

    code: ClassVar[Code]
    reason: ClassVar[str]
    """The name of a proto `ErrorReason`, without its prefix."""

    def __init__(self, message: str, **metadata: str) -> None:
        super().__init__(message)
        self.message = message
        self.metadata: Mapping[str, str] = metadata


class DefinitiveError(ControlError):
    """The request cannot be done as it is. Stored as the outcome of a mutation's key."""


class WorkflowNotFound(DefinitiveError):
    """There is no such workflow."""

    code = Code.NOT_FOUND
    reason = "WORKFLOW_NOT_FOUND"

    def __init__(self, workflow_id: str) -> None:
        super().__init__(f"There is no workflow {workflow_id!r}.", workflow_id=workflow_id)


class WorkflowExists(DefinitiveError):
    """The id that a mutation would create is taken."""

    code = Code.ALREADY_EXISTS
    reason = "WORKFLOW_EXISTS"

    def __init__(self, workflow_id: str) -> None:
        super().__init__(f"The workflow id {workflow_id!r} is taken.", workflow_id=workflow_id)


class StepNotFound(DefinitiveError):
    """The workflow has no recorded step of that name."""

    code = Code.NOT_FOUND
    reason = "STEP_NOT_FOUND"

    def __init__(self, workflow_id: str, step_name: str) -> None:
        super().__init__(
            f"The workflow {workflow_id!r} has no recorded step {step_name!r}.",
            workflow_id=workflow_id,
            step_name=step_name,
        )


def restore_definitive_error(reason: str, metadata: Mapping[str, str]) -> DefinitiveError:
    """Return the error that was stored with this reason and metadata."""
    classes = {cls.reason: cls for cls in DefinitiveError.__subclasses__()}
    return classes[reason](**metadata)


class RejectedError(ControlError):
    """Refused before any key was taken or anything changed."""


class InvalidRequest(RejectedError):
    """Fields are missing, malformed or out of range."""

    code = Code.INVALID_ARGUMENT
    reason = "INVALID_REQUEST"

    def __init__(self, violations: Sequence[FieldViolation]) -> None:
        if not violations:
            raise ValueError("an invalid request has at least one violation")
        text = " ".join(f"{v.field}: {v.description}" for v in violations)
        super().__init__(text, fields=",".join(v.field for v in violations))
        self.violations = tuple(violations)

    @classmethod
    def of(cls, field: str, description: str) -> InvalidRequest:
        """Return the error for a single field."""
        return cls([FieldViolation(field, description)])


class RequestNotFound(RejectedError):
    """No request with that key is stored, or it has expired."""

    code = Code.NOT_FOUND
    reason = "REQUEST_NOT_FOUND"

    def __init__(self, request_key: str) -> None:
        super().__init__(f"No request {request_key!r} is stored, or it has expired.", request_key=request_key)


class SchemaCapabilityMissing(RejectedError):
    """The installed DBOS schema cannot do it."""

    code = Code.FAILED_PRECONDITION
    reason = "SCHEMA_CAPABILITY_MISSING"

    def __init__(self, capability: str, first_release: str) -> None:
        super().__init__(
            f"The installed DBOS schema has no {capability}; DBOS {first_release} brings it.",
            capability=capability,
            first_release=first_release,
        )


class ResponseTooLarge(RejectedError):
    """The answer is larger than a message may be."""

    code = Code.RESOURCE_EXHAUSTED
    reason = "RESPONSE_TOO_LARGE"

    def __init__(self, workflow_id: str, size: int, limit: int, advice: str) -> None:
        super().__init__(
            f"The answer for workflow {workflow_id!r} has {size} bytes, more than the {limit} allowed. {advice}",
            workflow_id=workflow_id,
            bytes=str(size),
            limit=str(limit),
        )


class RequestKeyError(ControlError):
    """The key's stored outcome forbids what was asked, or is a failure. Nothing was executed."""


class RequestKeyReused(RequestKeyError):
    """The key was used before for another action or another workflow."""

    code = Code.ALREADY_EXISTS
    reason = "REQUEST_KEY_REUSED"

    def __init__(self, request_key: str, stored_action: str, stored_workflow_id: str) -> None:
        super().__init__(
            f"The request key {request_key!r} was used before, for {stored_action} of {stored_workflow_id!r}.",
            request_key=request_key,
            stored_action=stored_action,
            stored_workflow_id=stored_workflow_id,
        )


class RequestKeyParametersDiffer(RequestKeyError):
    """The key was used before for the same action and workflow, with other parameters."""

    code = Code.ALREADY_EXISTS
    reason = "REQUEST_KEY_PARAMETERS_DIFFER"

    def __init__(self, request_key: str, stored_action: str, stored_workflow_id: str) -> None:
        super().__init__(
            f"The request key {request_key!r} was used before, for {stored_action} of {stored_workflow_id!r}"
            " with other parameters.",
            request_key=request_key,
            stored_action=stored_action,
            stored_workflow_id=stored_workflow_id,
        )


class RequestPreviouslyFailed(RequestKeyError):
    """The key's first call failed, and so does every replay of it."""

    code = Code.FAILED_PRECONDITION
    reason = "REQUEST_PREVIOUSLY_FAILED"

    def __init__(
        self,
        request_key: str,
        original_code: Code,
        original_reason: str,
        original_message: str,
        failed_at: datetime,
    ) -> None:
        super().__init__(
            f"The request {request_key!r} failed before: {original_message} Use a new key to try again.",
            request_key=request_key,
            original_code=original_code.name,
            original_reason=original_reason,
            original_message=original_message,
            # In UTC whatever the session's time zone is: every replay says the same.
            failed_at=failed_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        )


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

    def __init__(self, workflow_id: str | None) -> None:
        """None: one of several that the command changes."""
        if workflow_id is None:
            super().__init__("Another transaction holds one of the workflows.")
        else:
            super().__init__(f"Another transaction holds the workflow {workflow_id!r}.", workflow_id=workflow_id)


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
