"""The load generator where there is no Go: a grpc.aio client that takes orders, `python -m benchmarks.python_load`."""

from __future__ import annotations

import asyncio
import time
from base64 import b64decode
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Final

import grpc.aio

from benchmarks.figures import Run
from benchmarks.worker import serve

_DEADLINE_S: Final = 20
"""Every call has a deadline, as every client should give it one."""


async def call(
    *,
    target: str,
    method: str,
    requests: Sequence[str],
    in_flight: int,
    connections: int,
    per_second: int,
    limit_s: float,
) -> Run:
    """Call a method as LoadGenerator says."""
    numbered = iter([(number, b64decode(request)) for number, request in enumerate(requests)])
    latencies_ms: list[float] = []
    async with AsyncExitStack() as stack:
        multicallables: list[grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]] = []
        for _ in range(connections):
            # Channels to the same address share a connection otherwise.
            options = [("grpc.use_local_subchannel_pool", 1)]
            channel = await stack.enter_async_context(grpc.aio.insecure_channel(target, options))
            await channel.channel_ready()
            multicallables.append(channel.unary_unary(method))
        begin = time.perf_counter()

        async def work(invoke: grpc.aio.UnaryUnaryMultiCallable[bytes, bytes]) -> None:
            # All share one iterator, so a slow call holds up nobody else.
            for number, request in numbered:
                if per_second:
                    await asyncio.sleep(begin + number / per_second - time.perf_counter())
                called = time.perf_counter()
                if called - begin > limit_s:
                    break
                await invoke(request, timeout=_DEADLINE_S)
                latencies_ms.append((time.perf_counter() - called) * 1000)

        await asyncio.gather(*(work(multicallables[number % connections]) for number in range(in_flight)))
        seconds = time.perf_counter() - begin
    return Run(latencies_ms, seconds)


if __name__ == "__main__":
    serve(lambda **order: asyncio.run(call(**order)))
