"""The load generator where there is no ghz: a grpc.aio client that takes orders, `python -m benchmarks.python_load`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import grpc.aio

from benchmarks.figures import Run
from benchmarks.load import CANCEL
from benchmarks.worker import serve
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest


async def call(*, target: str, method: str, prefix: str, calls: int, in_flight: int, limit_s: float) -> Run:
    """Call a method as LoadGenerator says."""
    requests = iter(list(_requests(method, prefix, calls)))  # Made before the clock runs.
    latencies_ms: list[float] = []
    async with grpc.aio.insecure_channel(target) as channel:
        await channel.channel_ready()
        invoke: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes] = channel.unary_unary(f"/{method}")
        begin = time.perf_counter()

        async def work() -> None:
            # All share one iterator, so a slow call holds up nobody else.
            for request in requests:
                called = time.perf_counter()
                if called - begin > limit_s:
                    break
                await invoke(request)
                latencies_ms.append((time.perf_counter() - called) * 1000)

        await asyncio.gather(*(work() for _ in range(in_flight)))
        seconds = time.perf_counter() - begin
    return Run(latencies_ms, seconds)


def _requests(method: str, prefix: str, calls: int) -> Iterator[bytes]:
    for number in range(calls):
        name = f"{prefix}{number}"
        message = CancelWorkflowRequest(request_key=name, workflow_id=name)
        yield message.SerializeToString() if method == CANCEL.name else b""


if __name__ == "__main__":
    serve(lambda **order: asyncio.run(call(**order)))
