"""What a key that is taken answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.fixtures.control import mutation
from workflow_control.domain.commands import CancelWorkflow, ResumeWorkflow
from workflow_control.domain.errors import (
    Code,
    RequestKeyParametersDiffer,
    RequestKeyReused,
    RequestPreviouslyFailed,
)
from workflow_control.domain.records import StoredError, StoredRequest
from workflow_control.idempotency.fingerprint import FINGERPRINT_VERSION
from workflow_control.idempotency.replay import replay
from workflow_control.idempotency.requests import MutationReply, MutationRequest

THEN = datetime(2026, 11, 21, 12, 30, 15, 123456, tzinfo=timezone(timedelta(hours=9)))
REQUEST = mutation("key", CancelWorkflow("workflow-1"))


def stored(
    *,
    request: MutationRequest = REQUEST,
    version: int = FINGERPRINT_VERSION,
    response: bytes | None = b"response",
    error: StoredError | None = None,
) -> StoredRequest:
    return StoredRequest(
        scope="test",
        request_key="key",
        action=request.action,
        workflow_id=request.command.workflow_id,
        fingerprint=request.fingerprint,
        fingerprint_version=version,
        execution_id="another call",
        actor="another",
        reason="",
        executed_at=THEN,
        expires_at=THEN + timedelta(days=1),
        code=Code.OK if error is None else Code.NOT_FOUND,
        response=response if error is None else None,
        error=error,
    )


def test_the_same_request_replays_its_response() -> None:
    assert replay(stored(), REQUEST) == MutationReply(b"response", True, THEN, THEN + timedelta(days=1))


def test_an_empty_response_is_a_response() -> None:
    assert replay(stored(response=b""), REQUEST).response == b""


@pytest.mark.parametrize(
    "other", [mutation("key", ResumeWorkflow("workflow-1")), mutation("key", CancelWorkflow("workflow-2"))]
)
@pytest.mark.parametrize("version", [FINGERPRINT_VERSION, FINGERPRINT_VERSION - 1])
@pytest.mark.parametrize("error", [None, StoredError("WORKFLOW_NOT_FOUND", "There is none.", {})])
def test_another_action_or_workflow_is_refused_first(
    other: MutationRequest, version: int, error: StoredError | None
) -> None:
    with pytest.raises(RequestKeyReused) as caught:
        replay(stored(version=version, error=error), other)
    assert caught.value.metadata == {
        "request_key": "key",
        "stored_action": "CancelWorkflow",
        "stored_workflow_id": "workflow-1",
    }


@pytest.mark.parametrize("error", [None, StoredError("WORKFLOW_NOT_FOUND", "There is none.", {})])
def test_other_parameters_are_refused_before_a_failure_is_told(error: StoredError | None) -> None:
    with pytest.raises(RequestKeyParametersDiffer) as caught:
        replay(stored(error=error), mutation("key", CancelWorkflow("workflow-1", cascade=True)))
    assert caught.value.metadata["stored_workflow_id"] == "workflow-1"


def test_fingerprints_of_two_versions_do_not_compare() -> None:
    other = mutation("key", CancelWorkflow("workflow-1", cascade=True))
    assert replay(stored(version=FINGERPRINT_VERSION - 1), other).replayed


def test_a_failure_is_told_as_a_failure() -> None:
    error = StoredError("WORKFLOW_NOT_FOUND", "There is no workflow 'workflow-1'.", {"workflow_id": "workflow-1"})
    with pytest.raises(RequestPreviouslyFailed) as caught:
        replay(stored(error=error), REQUEST)
    assert caught.value.code is Code.FAILED_PRECONDITION
    assert caught.value.metadata == {
        "request_key": "key",
        "original_code": "NOT_FOUND",
        "original_reason": "WORKFLOW_NOT_FOUND",
        "original_message": "There is no workflow 'workflow-1'.",
        "failed_at": "2026-11-21T03:30:15.123Z",
    }
    assert THEN.astimezone(UTC).isoformat().startswith("2026-11-21T03:30:15.123")


def test_a_request_without_an_outcome_is_a_bug() -> None:
    with pytest.raises(ValueError, match="without an outcome"):
        replay(stored(response=None), REQUEST)
