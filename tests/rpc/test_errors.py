"""Every failure reaches the client as the contract says, and nothing else does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import cast

import grpc
import grpc.aio
import pytest
import structlog

from tests.fixtures.error_samples import sample_errors
from tests.fixtures.rpc_errors import Refusal, read_refusal
from tests.fixtures.scripted_data import ServedData
from workflow_control.domain.errors import ControlError
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest, GetWorkflowRequest

SECRET = "postgresql://orders:hunter2@db.internal:5432/orders"


def raising(error: BaseException) -> Callable[[], Awaitable[None]]:
    """Return a behaviour of scripted data that raises."""

    async def before() -> None:
        raise error

    return before


async def refused_read(served: ServedData) -> Refusal:
    """Return how a read was refused."""
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.GetWorkflow(GetWorkflowRequest(workflow_id="order-7"), timeout=5)
    return read_refusal(cast("grpc.Call", caught.value))


async def refused_mutation(served: ServedData) -> Refusal:
    """Return how a mutation was refused."""
    request = CancelWorkflowRequest(request_key="cancel-7", workflow_id="order-7")
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await served.workflows.CancelWorkflow(request, timeout=5)
    return read_refusal(cast("grpc.Call", caught.value))


@pytest.mark.parametrize("error", sample_errors(), ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("refused", [refused_read, refused_mutation])
async def test_own_errors_arrive_whole(
    served: ServedData, refused: Callable[[ServedData], Awaitable[Refusal]], error: ControlError
) -> None:
    served.data.before = raising(error)
    refusal = await refused(served)
    assert (refusal.code.name, refusal.reason) == (error.code.name, error.reason)
    assert refusal.message == error.message
    assert refusal.metadata == dict(error.metadata)


class UnprintableError(Exception):
    """Raises again when it is formatted, which once froze gRPC servers."""

    def __str__(self) -> str:
        raise RuntimeError(SECRET)


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError(SECRET),
        KeyError(SECRET),
        TimeoutError(SECRET),
        UnprintableError(),
        ExceptionGroup(SECRET, [ValueError(SECRET)]),
        grpc.aio.UsageError(SECRET),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_foreign_errors_tell_an_id_and_nothing_more(served: ServedData, error: Exception) -> None:
    served.data.before = raising(error)
    with structlog.testing.capture_logs() as lines:
        refusal = await refused_read(served)
    assert refusal.code is grpc.StatusCode.INTERNAL
    assert "hunter2" not in repr(refusal)
    [line] = [line for line in lines if line["event"] == "internal error"]
    assert line["error_id"] == refusal.metadata["error_id"]
    assert line["exc_info"]
    assert line["log_level"] == "error"


async def test_a_stray_cancellation_is_answered(served: ServedData) -> None:
    """gRPC swallows a CancelledError that comes from within; the client would wait for its deadline."""
    served.data.before = raising(asyncio.CancelledError())
    refusal = await asyncio.wait_for(refused_read(served), timeout=3)
    assert refusal.code is grpc.StatusCode.INTERNAL


async def test_a_cancelled_future_within_is_answered(served: ServedData) -> None:
    async def wait_for_cancelled() -> None:
        future = asyncio.get_running_loop().create_future()
        future.cancel()
        await future

    served.data.before = wait_for_cancelled
    refusal = await asyncio.wait_for(refused_mutation(served), timeout=3)
    assert refusal.code is grpc.StatusCode.INTERNAL


async def test_a_call_that_its_client_cancels_is_cancelled_within(served: ServedData) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def wait_for_ever() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ended.set()
            raise

    served.data.before = wait_for_ever
    call = served.workflows.GetWorkflow(GetWorkflowRequest(workflow_id="order-7"))
    sending = asyncio.ensure_future(call.wait_for_connection())
    await asyncio.wait_for(begun.wait(), timeout=5)
    call.cancel()
    await asyncio.wait_for(ended.wait(), timeout=5)
    sending.cancel()
    assert served.data.calls == 1
