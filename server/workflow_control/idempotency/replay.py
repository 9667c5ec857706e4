"""What a key that is taken answers."""

from __future__ import annotations

from workflow_control.domain.errors import (
    Code,
    RequestKeyParametersDiffer,
    RequestKeyReused,
    RequestPreviouslyFailed,
)
from workflow_control.domain.records import StoredRequest
from workflow_control.idempotency.fingerprint import FINGERPRINT_VERSION
from workflow_control.idempotency.requests import MutationReply, MutationRequest


def replay(stored: StoredRequest, request: MutationRequest) -> MutationReply:
    """Return the stored response. Raises RequestKeyError when the key stands for something else, or for a failure.

    A fingerprint of another version cannot be compared: then action and workflow must do.
    """
    workflow_id = request.command.workflow_id
    if stored.action != request.action or stored.workflow_id != workflow_id:
        raise RequestKeyReused(request.request_key, stored.action, stored.workflow_id)
    comparable = stored.fingerprint_version == FINGERPRINT_VERSION
    if comparable and stored.fingerprint != request.fingerprint:
        raise RequestKeyParametersDiffer(request.request_key, stored.action, stored.workflow_id)
    if stored.error is not None:
        raise RequestPreviouslyFailed(
            request.request_key, Code(stored.code), stored.error.reason, stored.error.message, stored.executed_at
        )
    if stored.response is None:
        raise ValueError(f"the request {stored.request_key!r} is stored without an outcome")
    return MutationReply(stored.response, True, stored.executed_at, stored.expires_at)
