"""Refused before anything was looked at or taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflow_control.domain.errors.base import Code, ControlError


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """A field of a request, by its path in the proto, and what is wrong with it."""

    field: str
    description: str


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


class EventNotFound(RejectedError):
    """The workflow has not set an event of that key."""

    code = Code.NOT_FOUND
    reason = "EVENT_NOT_FOUND"

    def __init__(self, workflow_id: str, key: str) -> None:
        super().__init__(f"The workflow {workflow_id!r} has no event {key!r}.", workflow_id=workflow_id, key=key)


class SchemaCapabilityMissing(RejectedError):
    """The installed DBOS schema cannot do it."""

    code = Code.FAILED_PRECONDITION
    reason = "SCHEMA_CAPABILITY_MISSING"

    def __init__(self, capability: str, first_release: str) -> None:
        super().__init__(
            f"The installed DBOS schema has no {capability}; DBOS for Python {first_release} brings it.",
            capability=capability,
            first_release=first_release,
        )


class ResponseTooLarge(RejectedError):
    """The answer is larger than a message may be."""

    code = Code.RESOURCE_EXHAUSTED
    reason = "RESPONSE_TOO_LARGE"

    def __init__(self, workflow_id: str, size: int, limit: int, advice: str) -> None:
        """`workflow_id` is empty where the answer is about no single workflow."""
        subject = f"The answer for workflow {workflow_id!r}" if workflow_id else "The answer"
        super().__init__(
            f"{subject} has {size} bytes, more than the {limit} allowed. {advice}",
            workflow_id=workflow_id,
            bytes=str(size),
            limit=str(limit),
        )
