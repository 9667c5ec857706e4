"""The load generator where there is no ghz: a grpc.aio client that takes orders, `python -m benchmarks.python_load`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from typing import Final

import grpc.aio
from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import ParseDict
from google.protobuf.message import Message

from benchmarks.figures import Run
from benchmarks.load import CANCEL, METHODS, START, START_MANY
from benchmarks.worker import serve
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest
from workflowcontrol.v1.workflow_start_pb2 import StartWorkflowRequest, StartWorkflowsRequest

_REQUESTS: Final[Mapping[str, type[Message]]] = {
    CANCEL.name: CancelWorkflowRequest,
    START.name: StartWorkflowRequest,
    START_MANY.name: StartWorkflowsRequest,
}


async def call(
    *,
    target: str,
    method: str,
    prefix: str,
    calls: int,
    in_flight: int,
    connections: int,
    per_second: int,
    limit_s: float,
) -> Run:
    """Call a method as LoadGenerator says."""
    requests = iter(list(enumerate(_requests(method, prefix, calls))))  # Made before the clock runs.
    latencies_ms: list[float] = []
    async with AsyncExitStack() as stack:
        multicallables: list[grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]] = []
        for _ in range(connections):
            # Channels to the same address share a connection otherwise.
            options = [("grpc.use_local_subchannel_pool", 1)]
            channel = await stack.enter_async_context(grpc.aio.insecure_channel(target, options))
            await channel.channel_ready()
            multicallables.append(channel.unary_unary(f"/{method}"))
        begin = time.perf_counter()

        async def work(invoke: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]) -> None:
            # All share one iterator, so a slow call holds up nobody else.
            for number, request in requests:
                if per_second:
                    await asyncio.sleep(begin + number / per_second - time.perf_counter())
                called = time.perf_counter()
                if called - begin > limit_s:
                    break
                await invoke(request)
                latencies_ms.append((time.perf_counter() - called) * 1000)

        await asyncio.gather(*(work(multicallables[number % connections]) for number in range(in_flight)))
        seconds = time.perf_counter() - begin
    return Run(latencies_ms, seconds, METHODS[method].calls_per_request)


def _requests(method: str, prefix: str, calls: int) -> Iterator[bytes]:
    chosen = METHODS[method]
    message_type = _REQUESTS.get(method, Empty)
    for number in range(calls // chosen.calls_per_request):
        yield ParseDict(dict(chosen.request(f"{prefix}{number}")), message_type()).SerializeToString()


if __name__ == "__main__":
    serve(lambda **order: asyncio.run(call(**order)))
