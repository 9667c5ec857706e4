"""What the key's stored outcome answers."""

from __future__ import annotations

from datetime import UTC, datetime

from workflow_control.domain.errors.base import Code, ControlError


class RequestKeyError(ControlError):
    """The key's stored outcome forbids what was asked, or is a failure. Nothing was executed."""


class RequestKeyReused(RequestKeyError):
    """The key was used before for another action or another workflow."""

    code = Code.ALREADY_EXISTS
    reason = "REQUEST_KEY_REUSED"

    def __init__(self, request_key: str, stored_action: str, stored_workflow_id: str) -> None:
        super().__init__(
            f"The request key {request_key!r} was used before, for {_subject(stored_action, stored_workflow_id)}.",
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
            f"The request key {request_key!r} was used before, for {_subject(stored_action, stored_workflow_id)}"
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


def _subject(action: str, workflow_id: str) -> str:
    """Name what a key was used for; the workflow is empty where the request named several."""
    return f"{action} of {workflow_id!r}" if workflow_id else action
