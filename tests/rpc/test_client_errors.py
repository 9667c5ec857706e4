"""What the server answers arrives as the right exception, with all that it says."""

from __future__ import annotations

from datetime import timedelta

import grpc
import pytest
from google.protobuf.any_pb2 import Any
from google.protobuf.duration_pb2 import Duration
from google.rpc.error_details_pb2 import BadRequest, RetryInfo
from google.rpc.status_pb2 import Status

from tests.fixtures.scripted_server import AnyClient, ScriptedServer, fail, items_of, result_of
from workflow_control_client import (
    FieldViolation,
    InvalidRequest,
    RequestInProgress,
    RequestPreviouslyFailed,
    Unavailable,
    Unimplemented,
    WorkflowControlError,
    WorkflowNotFound,
    errors,
)

NO_RETRY = -1
INTERNAL = grpc.StatusCode.INTERNAL
NO_ERROR_INFO = Status(details=[Any(type_url="type.googleapis.com/google.rpc.ErrorInfo", value=b"\xff")])


async def failure_of(client: AnyClient, request_key: str | None = "key") -> WorkflowControlError:
    """Return the error that a cancellation raises."""
    with pytest.raises(WorkflowControlError) as raised:
        await result_of(client.cancel_workflow("order-7", request_key=request_key))
    return raised.value


@pytest.mark.parametrize("reason", sorted(errors.BY_REASON))
async def test_a_reason_becomes_its_class(scripted_server: ScriptedServer, client: AnyClient, reason: str) -> None:
    """Whatever the code: INTERNAL is none that a reason's class could come from but the reason INTERNAL's."""
    scripted_server.script("CancelWorkflow", fail(INTERNAL, reason, metadata={"workflow_id": "order-7"}))
    error = await failure_of(client)
    assert type(error) is errors.BY_REASON[reason]
    assert (error.code, error.reason, error.message) == (INTERNAL, reason, "scripted")
    assert error.metadata == {"workflow_id": "order-7"}
    assert error.request_key == "key"
    assert error.retry_after is None
    assert isinstance(error.__cause__, grpc.RpcError)


@pytest.mark.parametrize("code", sorted(errors.BY_CODE, key=str))
async def test_a_status_without_a_reason_becomes_its_codes_class(
    scripted_server: ScriptedServer, client: AnyClient, code: grpc.StatusCode
) -> None:
    scripted_server.script("CancelWorkflow", fail(code, pushback_ms=NO_RETRY))
    error = await failure_of(client)
    assert type(error) is errors.BY_CODE[code]
    assert (error.code, error.reason, error.message, dict(error.metadata)) == (code, "", "scripted", {})


async def test_violations_are_told(scripted_server: ScriptedServer, client: AnyClient) -> None:
    bad_request = BadRequest(
        field_violations=[
            BadRequest.FieldViolation(field="request_key", description="is empty"),
            BadRequest.FieldViolation(field="workflow_id", description="has a NUL"),
        ]
    )
    behaviour = fail(grpc.StatusCode.INVALID_ARGUMENT, "INVALID_REQUEST", details=[bad_request])
    scripted_server.script("CancelWorkflow", behaviour)
    error = await failure_of(client)
    assert isinstance(error, InvalidRequest)
    assert error.violations == (
        FieldViolation("request_key", "is empty"),
        FieldViolation("workflow_id", "has a NUL"),
    )


async def test_the_servers_advice_when_to_retry_is_told(scripted_server: ScriptedServer, client: AnyClient) -> None:
    advice = RetryInfo(retry_delay=Duration(seconds=2, nanos=500_000_000))
    scripted_server.script(
        "CancelWorkflow",
        fail(grpc.StatusCode.ABORTED, "REQUEST_IN_PROGRESS", details=[advice], pushback_ms=NO_RETRY),
    )
    error = await failure_of(client)
    assert isinstance(error, RequestInProgress)
    assert error.retry_after == timedelta(seconds=2.5)


async def test_a_replayed_failure_tells_the_original(scripted_server: ScriptedServer, client: AnyClient) -> None:
    metadata = {"request_key": "key", "original_code": "NOT_FOUND", "original_reason": "WORKFLOW_NOT_FOUND"}
    scripted_server.script(
        "CancelWorkflow",
        fail(grpc.StatusCode.FAILED_PRECONDITION, "REQUEST_PREVIOUSLY_FAILED", metadata=metadata),
    )
    error = await failure_of(client)
    assert isinstance(error, RequestPreviouslyFailed)
    assert error.metadata == metadata


async def test_a_generated_key_is_in_the_error(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("CancelWorkflow", fail(grpc.StatusCode.NOT_FOUND, "WORKFLOW_NOT_FOUND"))
    error = await failure_of(client, request_key=None)
    (attempt,) = scripted_server.received("CancelWorkflow")
    assert getattr(attempt.request, "request_key", None) == error.request_key is not None


async def test_reads_have_no_key(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("GetWorkflow", fail(grpc.StatusCode.NOT_FOUND, "WORKFLOW_NOT_FOUND"))
    scripted_server.script("ListWorkflowSteps", fail(grpc.StatusCode.NOT_FOUND, "WORKFLOW_NOT_FOUND"))
    with pytest.raises(WorkflowNotFound) as of_get:
        await result_of(client.get_workflow("order-7"))
    with pytest.raises(WorkflowNotFound) as of_list:
        await items_of(client.list_workflow_steps("order-7"))
    assert of_get.value.request_key is of_list.value.request_key is None


async def test_a_reason_of_a_newer_server_is_kept_and_its_code_decides(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    scripted_server.script("CancelWorkflow", fail(grpc.StatusCode.UNAVAILABLE, "MOON_IN_THE_WAY", pushback_ms=NO_RETRY))
    error = await failure_of(client)
    assert type(error) is Unavailable
    assert error.reason == "MOON_IN_THE_WAY"


async def test_a_reason_of_another_domain_is_not_the_contracts(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    behaviour = fail(
        grpc.StatusCode.UNIMPLEMENTED, "WORKFLOW_NOT_FOUND", domain="proxy.example", metadata={"workflow_id": "x"}
    )
    scripted_server.script("CancelWorkflow", behaviour)
    error = await failure_of(client)
    assert type(error) is Unimplemented
    assert (error.reason, dict(error.metadata)) == ("", {})


@pytest.mark.parametrize("trailer", [b"\xff", NO_ERROR_INFO.SerializeToString()], ids=["no status", "no ErrorInfo"])
async def test_details_that_cannot_be_read_do_not_hide_the_failure(
    scripted_server: ScriptedServer, client: AnyClient, trailer: bytes
) -> None:
    scripted_server.script("CancelWorkflow", fail(grpc.StatusCode.NOT_FOUND, trailer=trailer))
    error = await failure_of(client)
    assert type(error) is errors.NotFound
    assert error.message == "scripted"
