"""A call is retried by gRPC itself, as the service config says, and always with the same request key."""

from __future__ import annotations

import threading
import time
import uuid
from datetime import timedelta

import grpc
import pytest

from tests.fixtures.scripted_server import AnyClient, ScriptedServer, answer, fail, hold, result_of
from workflow_control_client import (
    DeadlineExceeded,
    Overloaded,
    RequestInProgress,
    TransientError,
    Unavailable,
    WorkflowControlError,
)
from workflowcontrol.v1.types_pb2 import Idempotency
from workflowcontrol.v1.workflow_control_pb2 import (
    CancelWorkflowRequest,
    CancelWorkflowResponse,
    ForkWorkflowRequest,
    GetWorkflowRequest,
    GetWorkflowResponse,
    ResumeWorkflowRequest,
)

UNAVAILABLE, ABORTED = grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.ABORTED
RESOURCE_EXHAUSTED = grpc.StatusCode.RESOURCE_EXHAUSTED
RETRIED = {UNAVAILABLE, grpc.StatusCode.CANCELLED, ABORTED, RESOURCE_EXHAUSTED}
ATTEMPTS = 5


def keys(server: ScriptedServer) -> list[str]:
    """Return the request key of every attempt to cancel."""
    requests = [attempt.request for attempt in server.received("CancelWorkflow")]
    return [request.request_key for request in requests if isinstance(request, CancelWorkflowRequest)]


async def test_a_mutation_is_retried_with_the_key_that_was_made_for_it(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    response = CancelWorkflowResponse(outcome=CancelWorkflowResponse.OUTCOME_CANCELLED)
    scripted_server.script("CancelWorkflow", fail(UNAVAILABLE), fail(UNAVAILABLE), answer(response))

    assert await result_of(client.cancel_workflow("order-7")) == response

    first, second, third = keys(scripted_server)
    assert first == second == third
    assert uuid.UUID(first).version == 4
    assert [attempt.previous_attempts for attempt in scripted_server.received("CancelWorkflow")] == [0, 1, 2]

    await result_of(client.cancel_workflow("order-7"))
    assert keys(scripted_server)[3] != first


async def test_a_mutation_is_retried_with_the_given_key(scripted_server: ScriptedServer, client: AnyClient) -> None:
    response = CancelWorkflowResponse(idempotency=Idempotency(request_key="cancel-7"))
    scripted_server.script("CancelWorkflow", fail(UNAVAILABLE, pushback_ms=1), answer(response))

    answered = await result_of(client.cancel_workflow("order-7", request_key="cancel-7"))

    assert answered.idempotency.request_key == "cancel-7"
    assert keys(scripted_server) == ["cancel-7", "cancel-7"]


@pytest.mark.parametrize("code", sorted(RETRIED, key=str))
async def test_a_mutation_is_retried_as_its_key_makes_safe(
    scripted_server: ScriptedServer, client: AnyClient, code: grpc.StatusCode
) -> None:
    scripted_server.script("ResumeWorkflow", fail(code, pushback_ms=1))
    await result_of(client.resume_workflow("order-7", queue_name="queue"))
    first, second = (attempt.request for attempt in scripted_server.received("ResumeWorkflow"))
    assert first == second
    assert isinstance(first, ResumeWorkflowRequest)


async def test_a_read_is_retried(scripted_server: ScriptedServer, client: AnyClient) -> None:
    response = GetWorkflowResponse()
    response.workflow.workflow_id = "order-7"
    scripted_server.script("GetWorkflow", fail(UNAVAILABLE, pushback_ms=1), answer(response))
    assert await result_of(client.get_workflow("order-7")) == response
    assert [attempt.request for attempt in scripted_server.received("GetWorkflow")] == 2 * [
        GetWorkflowRequest(workflow_id="order-7")
    ]


async def test_a_read_is_not_retried_when_its_answer_may_be_too_large(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    scripted_server.script("GetWorkflow", fail(RESOURCE_EXHAUSTED, pushback_ms=1))
    with pytest.raises(Overloaded):
        await result_of(client.get_workflow("order-7"))
    assert len(scripted_server.received("GetWorkflow")) == 1


@pytest.mark.parametrize("code", sorted(set(grpc.StatusCode) - RETRIED - {grpc.StatusCode.OK}, key=str))
async def test_other_failures_are_not_retried(
    scripted_server: ScriptedServer, client: AnyClient, code: grpc.StatusCode
) -> None:
    scripted_server.script("CancelWorkflow", fail(code, pushback_ms=1))
    with pytest.raises(WorkflowControlError, match="scripted"):
        await result_of(client.cancel_workflow("order-7"))
    assert len(scripted_server.received("CancelWorkflow")) == 1


async def test_attempts_end_and_the_error_has_the_key(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("CancelWorkflow", *[fail(UNAVAILABLE, "DATABASE_UNAVAILABLE", pushback_ms=1)] * 9)
    with pytest.raises(Unavailable) as raised:
        await result_of(client.cancel_workflow("order-7"))
    assert keys(scripted_server) == [raised.value.request_key] * ATTEMPTS


async def test_the_server_can_forbid_retries(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("CancelWorkflow", fail(ABORTED, "REQUEST_IN_PROGRESS", pushback_ms=-1))
    with pytest.raises(RequestInProgress):
        await result_of(client.cancel_workflow("order-7"))
    assert len(scripted_server.received("CancelWorkflow")) == 1


async def test_the_server_can_delay_a_retry(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("CancelWorkflow", fail(ABORTED, pushback_ms=900))
    begin = time.monotonic()
    await result_of(client.cancel_workflow("order-7"))
    assert time.monotonic() - begin >= 0.9  # The service config alone would wait 0.24 s at most.
    assert len(scripted_server.received("CancelWorkflow")) == 2


async def test_initial_metadata_commits_the_call_to_its_attempt(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    """gRFC A6. A server that sends it before the outcome is known takes the retry away from its clients."""
    scripted_server.script("CancelWorkflow", fail(UNAVAILABLE, initial_metadata=True))
    with pytest.raises(Unavailable):
        await result_of(client.cancel_workflow("order-7"))
    assert len(scripted_server.received("CancelWorkflow")) == 1


async def test_a_large_request_is_retried(scripted_server: ScriptedServer, client: AnyClient) -> None:
    """gRPC keeps no more than 256 KiB for a retry unless it is told to."""
    children = {f"{number:0>255}": f"{number:x>255}" for number in range(1000)}
    scripted_server.script("ForkWorkflow", fail(UNAVAILABLE, pushback_ms=1))
    await result_of(client.fork_workflow("order-7", replacement_children=children))
    first, second = (attempt.request for attempt in scripted_server.received("ForkWorkflow"))
    assert isinstance(first, ForkWorkflowRequest)
    assert first == second
    assert first.ByteSize() > 256 * 1024


async def test_the_deadline_ends_a_slow_call_and_the_error_has_the_key(
    scripted_server: ScriptedServer, client: AnyClient
) -> None:
    release = threading.Event()
    scripted_server.script("CancelWorkflow", hold(release))
    try:
        with pytest.raises(DeadlineExceeded) as raised:
            await result_of(client.cancel_workflow("order-7", call_timeout=timedelta(milliseconds=200)))
    finally:
        release.set()
    assert keys(scripted_server) == [raised.value.request_key]


async def test_the_deadline_covers_the_retries(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("CancelWorkflow", *[fail(UNAVAILABLE, pushback_ms=200)] * 9)
    begin = time.monotonic()
    with pytest.raises(TransientError):
        await result_of(client.cancel_workflow("order-7", call_timeout=timedelta(milliseconds=300)))
    assert time.monotonic() - begin < 0.8  # Five attempts would take as long at least.
    assert len(scripted_server.received("CancelWorkflow")) < ATTEMPTS


async def test_calls_have_a_deadline_by_default(scripted_server: ScriptedServer, client: AnyClient) -> None:
    await result_of(client.get_server_info())
    (attempt,) = scripted_server.received("GetServerInfo")
    assert attempt.time_remaining_s == pytest.approx(15, abs=3)


async def test_the_client_sets_the_deadline_and_a_call_overrides_it(
    scripted_server: ScriptedServer, client_class: type[AnyClient]
) -> None:
    client = client_class(scripted_server.address, call_timeout=timedelta(seconds=100))
    await result_of(client.check_readiness())
    await result_of(client.check_readiness(call_timeout=timedelta(seconds=50)))
    await result_of(client.close())
    by_client, by_call = scripted_server.received("CheckReadiness")
    assert by_client.time_remaining_s == pytest.approx(100, abs=9)
    assert by_call.time_remaining_s == pytest.approx(50, abs=9)
