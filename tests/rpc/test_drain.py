"""A server ends in order: balancers are told, running calls finish, new ones are refused with a reason to retry."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, cast

import grpc
import grpc.aio
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from tests.fixtures.eventually import eventually_async
from tests.fixtures.rpc_errors import read_refusal
from tests.fixtures.scripted_data import ScriptedData, scripted_operations, workflow_row
from workflow_control.domain.records import StoredWorkflow
from workflow_control.rpc.server import RpcServer
from workflow_control.settings import Settings
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest, GetWorkflowRequest, ListWorkflowsRequest
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub
from workflowcontrol.v1.workflow_waiting_pb2 import AwaitWorkflowsRequest, WorkflowWait


class Draining:
    """A server, a call that runs on it until it is released, and a channel."""

    def __init__(self, drain_delay: timedelta, grace: timedelta) -> None:
        self.data = ScriptedData(before=self._wait)
        settings = Settings(port=0, drain_delay=drain_delay, grace=grace)
        self.server = RpcServer(settings, scripted_operations(self.data))
        self.release = asyncio.Event()
        self.hurry = asyncio.Event()

    async def __aenter__(self) -> Draining:
        port = await self.server.start()
        self.server.health.set_serving(True)
        self.channel = grpc.aio.insecure_channel(f"127.0.0.1:{port}")
        return self

    async def __aexit__(self, *error: object) -> None:
        self.release.set()
        self.hurry.set()
        await self.channel.close()
        await self.server.drain(self.hurry)

    async def _wait(self) -> None:
        await self.release.wait()

    def cancel(self) -> asyncio.Task[Any]:
        """Begin a mutation, which waits until it is released."""
        request = CancelWorkflowRequest(request_key="cancel-7", workflow_id="order-7")

        async def call() -> object:
            return await WorkflowControlStub(self.channel).CancelWorkflow(request, timeout=20)

        return asyncio.create_task(call())

    def drain(self) -> asyncio.Task[None]:
        """Begin to drain."""
        return asyncio.create_task(self.server.drain(self.hurry))

    async def check(self) -> int:
        """Return the status of readiness."""
        stub: Any = HealthStub(self.channel)
        response = await stub.Check(HealthCheckRequest(service="readiness"), timeout=5)
        status: int = response.status
        return status


async def test_calls_are_served_while_balancers_are_told() -> None:
    async with Draining(drain_delay=timedelta(minutes=1), grace=timedelta(0)) as draining:
        draining.release.set()
        drain = draining.drain()
        async with asyncio.timeout(5):
            while await draining.check() == HealthCheckResponse.SERVING:
                pass
        await draining.cancel()
        assert not drain.done()
        draining.hurry.set()
        await asyncio.wait_for(drain, timeout=5)


async def test_running_calls_finish_and_new_ones_are_refused() -> None:
    async with Draining(drain_delay=timedelta(0), grace=timedelta(seconds=30)) as draining:
        running = draining.cancel()
        await eventually_async(lambda: draining.data.calls == 1)
        drain = draining.drain()
        async with asyncio.timeout(5):
            code = None
            while code is not grpc.StatusCode.UNAVAILABLE:
                # A call that comes in the very moment of the stop gets no answer until the others are done.
                call = WorkflowControlStub(draining.channel).ListWorkflows(ListWorkflowsRequest(), timeout=0.5)
                code = await call.code()
        assert not running.done()
        assert not drain.done()
        draining.release.set()
        assert (await running).workflow.workflow_id == "order-7"
        await asyncio.wait_for(drain, timeout=5)
        assert draining.data.calls == 1


async def test_a_refused_call_says_why_and_when_to_retry() -> None:
    async with Draining(drain_delay=timedelta(0), grace=timedelta(0)) as draining:
        draining.server.refuse_calls()
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await draining.cancel()
        refusal = read_refusal(cast("grpc.Call", caught.value))
        assert refusal.reason == "SHUTTING_DOWN"
        assert await draining.check() == HealthCheckResponse.SERVING


async def test_calls_that_outlast_the_grace_are_ended() -> None:
    async with Draining(drain_delay=timedelta(0), grace=timedelta(milliseconds=200)) as draining:
        running = draining.cancel()
        await eventually_async(lambda: draining.data.calls == 1)
        await asyncio.wait_for(draining.drain(), timeout=5)
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await running
        assert caught.value.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED)


async def test_open_watches_do_not_delay_the_end() -> None:
    async with Draining(drain_delay=timedelta(0), grace=timedelta(seconds=30)) as draining:
        stub: Any = HealthStub(draining.channel)
        responses: AsyncIterator[HealthCheckResponse] = stub.Watch(HealthCheckRequest(service="")).__aiter__()
        assert (await anext(responses)).status == HealthCheckResponse.SERVING
        before = time.monotonic()
        await asyncio.wait_for(draining.drain(), timeout=10)
        assert time.monotonic() - before < 5
        assert (await anext(responses)).status == HealthCheckResponse.NOT_SERVING
        with pytest.raises(StopAsyncIteration):
            await anext(responses)


async def test_calls_that_wait_are_sent_to_another_server_at_once() -> None:
    async with Draining(drain_delay=timedelta(0), grace=timedelta(seconds=30)) as draining:
        draining.release.set()
        draining.data.workflows = [StoredWorkflow(workflow_row("order-7"), None)]
        stub = WorkflowControlStub(draining.channel)
        wait = WorkflowWait(until=WorkflowWait.UNTIL_COMPLETE)
        calls: list[grpc.aio.UnaryUnaryCall[Any, Any]] = [
            stub.GetWorkflow(GetWorkflowRequest(workflow_id="order-7", wait=wait), timeout=20),
            stub.AwaitWorkflows(AwaitWorkflowsRequest(workflow_ids=["order-7"]), timeout=20),
        ]
        await eventually_async(lambda: draining.data.calls == len(calls))
        before = time.monotonic()
        await asyncio.wait_for(draining.drain(), timeout=10)
        assert time.monotonic() - before < 5
        for call in calls:
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await call
            assert read_refusal(cast("grpc.Call", caught.value)).reason == "SHUTTING_DOWN"
