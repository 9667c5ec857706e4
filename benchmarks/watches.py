"""Thousands of calls that wait and watch at one server: what they cost while nothing happens, and how soon they hear.

A third of them watches a workflow by id, a third waits for one, a third awaits one. Beside their memory stands the
floor: as many open streams of the health service, which wait for nothing in the database. The calls are made by this
process, which shares the machine's cores with the server and Postgres.
"""

from __future__ import annotations

import asyncio
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import grpc.aio
import psycopg
from grpc_health.v1 import health_pb2, health_pb2_grpc
from prometheus_client.parser import text_string_to_metric_families

from benchmarks.database import create_database, seed
from benchmarks.figures import Bar, Chart, Goal, Scenario, percentile
from benchmarks.plan import WatchPlan
from benchmarks.servers import Server, free_port, start_server
from benchmarks.worker import BenchmarkError
from workflow_control.dev.embedded_postgres import EmbeddedPostgres
from workflowcontrol.v1.types_pb2 import WorkflowFilter
from workflowcontrol.v1.workflow_control_pb2 import GetWorkflowRequest
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub
from workflowcontrol.v1.workflow_waiting_pb2 import AwaitWorkflowsRequest, WatchWorkflowsRequest, WorkflowWait

if TYPE_CHECKING:
    from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlAsyncStub

_DATABASE: Final = "watches"
_PREFIX: Final = "watched-"
_CALLS_PER_CONNECTION: Final = 500
_OPENED_AT_ONCE: Final = 50
_OPENING_PAUSE_S: Final = 0.1
"""gRPC cancels some of the calls when more than a thousand of them wait to be begun."""
_CALL_LIMIT_S: Final = 590.0
_OPEN_LIMIT_S: Final = 120.0
_HEAR_LIMIT_S: Final = 30.0
_SETTLE_S: Final = 2.0
_MAX_DEADLINE: Final = "10m"
"""A call that waits would have to be made anew each half minute otherwise."""

Call = Callable[[grpc.aio.Channel, int], Awaitable[None]]
"""Makes the call of a number."""


def measure_watches(postgres: EmbeddedPostgres, plan: WatchPlan, folder: Path) -> Scenario:
    """Measure in a database of its own, with servers of its own."""
    url = create_database(postgres, _DATABASE)
    seed(url, {_PREFIX: plan.calls}, plan.calls)
    with ExitStack() as stack:
        floor = asyncio.run(_measure_floor(start_server(stack, url, free_port(), folder / "streams.log"), plan))
    metrics_port = free_port()
    settings = {
        "WORKFLOW_CONTROL_MAX_DEADLINE": _MAX_DEADLINE,
        "WORKFLOW_CONTROL_METRICS_PORT": f"{metrics_port}",
    }
    with ExitStack() as stack:
        server = start_server(stack, url, free_port(), folder / "watches.log", settings=settings)
        measurement = _Measurement(server, metrics_port, postgres.url(), url, plan)
        return scenario(plan, floor | asyncio.run(measurement.run()))


def scenario(plan: WatchPlan, figures: dict[str, float]) -> Scenario:
    """Return the goals P5, where they stand, and how to show them."""
    many, few = f"{plan.calls:,} open", f"{plan.few:,} open"
    statements = figures["statements_per_s"] / figures["statements_per_s_of_few"]
    return Scenario(
        name="watches",
        title=f"{plan.calls:,} calls that wait or watch, at one process",
        figures=figures,
        goals=[
            Goal("p5_watch_p99_ms", "P5  completion to who waits, p99, ms", 500, True, figures["completion_p99_ms"]),
            Goal(
                "p5_watch_idle_cpu_percent",
                f"P5  CPU of the server with {many} and nothing to tell, % of a core",
                10,
                True,
                figures["idle_cpu_percent"],
            ),
            Goal("p5_watch_kib", "P5  memory of the server per open call, KiB", 30, True, figures["kib_per_call"]),
            Goal("p5_watch_statements_ratio", f"P5  statements per second, {many} to {few}", 2, True, statements),
        ],
        charts=[
            Chart(
                "completion to who waits, ms",
                [
                    Bar("p50", "ours", figures["completion_p50_ms"]),
                    Bar("p99", "ours", figures["completion_p99_ms"]),
                ],
            ),
            Chart(
                "idle CPU, % of a core",
                [
                    Bar(few, "ours", figures["idle_cpu_percent_of_few"]),
                    Bar(many, "ours", figures["idle_cpu_percent"]),
                ],
            ),
            Chart(
                "statements per second",
                [
                    Bar(few, "ours", figures["statements_per_s_of_few"]),
                    Bar(many, "ours", figures["statements_per_s"]),
                ],
            ),
            Chart(
                "memory per open call, KiB",
                [
                    Bar("empty stream", "floor", figures["kib_per_empty_stream"]),
                    Bar("call that waits", "ours", figures["kib_per_call"]),
                ],
            ),
        ],
    )


class _Callers:
    """Open calls, what has begun of them, and when each heard of its workflow's end."""

    def __init__(self, target: str) -> None:
        self.begun = 0
        """Streams that have brought what they bring first."""
        self.heard: dict[str, float] = {}
        """By workflow, on the clock of `time.monotonic()`."""
        self._target = target
        self._channels: list[grpc.aio.Channel] = []
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self, count: int, call: Call) -> None:
        """Open as many calls, with the numbers from 0 on."""
        for number in range(count):
            if number % _OPENED_AT_ONCE == 0:
                await asyncio.sleep(_OPENING_PAUSE_S)
            if number % _CALLS_PER_CONNECTION == 0:
                # Channels to the same address share a connection otherwise.
                options = [("grpc.use_local_subchannel_pool", 1)]
                self._channels.append(grpc.aio.insecure_channel(self._target, options))
            self._tasks.append(asyncio.ensure_future(call(self._channels[-1], number)))

    def check(self) -> None:
        """Raise BenchmarkError if a call has failed."""
        for task in self._tasks:
            if task.done() and (error := task.exception()) is not None:
                raise BenchmarkError(f"A call has failed: {error}")

    async def close(self) -> None:
        """End all calls."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for channel in self._channels:
            await channel.close()

    async def watch_health(self, channel: grpc.aio.Channel, number: int) -> None:
        """Watch the health of the server."""
        stub: Any = health_pb2_grpc.HealthStub(channel)
        async for _ in stub.Watch(health_pb2.HealthCheckRequest()):
            self.begun += 1

    async def wait(self, channel: grpc.aio.Channel, number: int) -> None:
        """Hear of the end of a workflow, in the way of its number."""
        stub = WorkflowControlStub(channel)
        workflow_id = f"{_PREFIX}{number}"
        match number % 3:
            case 0:
                await self._watch(stub, workflow_id)
            case 1:
                wait = WorkflowWait(until=WorkflowWait.UNTIL_COMPLETE)
                request = GetWorkflowRequest(workflow_id=workflow_id, wait=wait)
                await stub.GetWorkflow(request, timeout=_CALL_LIMIT_S)
            case _:
                await stub.AwaitWorkflows(AwaitWorkflowsRequest(workflow_ids=[workflow_id]), timeout=_CALL_LIMIT_S)
        self.heard[workflow_id] = time.monotonic()

    async def _watch(self, stub: WorkflowControlAsyncStub, workflow_id: str) -> None:
        request = WatchWorkflowsRequest(filter=WorkflowFilter(workflow_ids=[workflow_id]))
        async for message in stub.WatchWorkflows(request, timeout=_CALL_LIMIT_S):
            self.begun += message.snapshot.last
            if message.changes.changes:
                return


@asynccontextmanager
async def _open(server: Server, count: int, call: Callable[[_Callers], Call]) -> AsyncIterator[_Callers]:
    callers = _Callers(server.target)
    try:
        await callers.open(count, call(callers))
        yield callers
    finally:
        await callers.close()


async def _until(callers: _Callers, what: str, condition: Callable[[], bool], limit_s: float) -> None:
    """Wait until it is so. Raises BenchmarkError when a call fails, or the time is up."""
    deadline = time.monotonic() + limit_s
    while not condition():
        callers.check()
        if time.monotonic() > deadline:
            raise BenchmarkError(f"Not within {limit_s:g} s: {what}.")
        await asyncio.sleep(0.05)


async def _measure_floor(server: Server, plan: WatchPlan) -> dict[str, float]:
    """Return what an open stream takes of which the server knows next to nothing."""
    before = server.resident_kib()
    async with _open(server, plan.calls, lambda callers: callers.watch_health) as callers:
        await _until(callers, "all watch the health", lambda: callers.begun == plan.calls, _OPEN_LIMIT_S)
        await asyncio.sleep(_SETTLE_S)
        return {"kib_per_empty_stream": (server.resident_kib() - before) / plan.calls}


class _Measurement:
    """First few calls, then many, at the same server."""

    def __init__(self, server: Server, metrics_port: int, admin_url: str, url: str, plan: WatchPlan) -> None:
        self._server = server
        self._metrics_url = f"http://127.0.0.1:{metrics_port}/metrics"
        self._admin_url = admin_url
        self._url = url
        self._plan = plan

    async def run(self) -> dict[str, float]:
        """Return the figures."""
        figures = {}
        async with self._waiting(self._plan.few):
            figures["statements_per_s_of_few"], figures["idle_cpu_percent_of_few"] = await self._look()
        before = self._server.resident_kib()
        async with self._waiting(self._plan.calls) as callers:
            figures["kib_per_call"] = (self._server.resident_kib() - before) / self._plan.calls
            figures["statements_per_s"], figures["idle_cpu_percent"] = await self._look()
            latencies_ms = await self._complete(callers)
            figures["completion_p50_ms"] = percentile(latencies_ms, 50)
            figures["completion_p99_ms"] = percentile(latencies_ms, 99)
        return figures

    @asynccontextmanager
    async def _waiting(self, count: int) -> AsyncIterator[_Callers]:
        """Have as many calls wait at the server; enter once they do."""
        async with _open(self._server, count, lambda callers: callers.wait) as callers:
            streams = -(-count // 3)
            await _until(callers, "all watches have a snapshot", lambda: callers.begun == streams, _OPEN_LIMIT_S)
            await _until(callers, "all calls wait", lambda: self._waiters() == count, _OPEN_LIMIT_S)
            await asyncio.sleep(_SETTLE_S)
            yield callers

    def _waiters(self) -> float:
        """Return how many calls wait, as the server says."""
        with urllib.request.urlopen(self._metrics_url, timeout=_OPEN_LIMIT_S) as response:  # noqa: S310 - It is HTTP.
            families = text_string_to_metric_families(response.read().decode())
        return sum(
            sample.value
            for family in families
            if family.name == "workflow_control_waiters"
            for sample in family.samples
        )

    async def _look(self) -> tuple[float, float]:
        """Return the statements per second, and the server's CPU in percent of a core, while nothing happens."""
        statements, cpu, began = self._statements(), self._server.cpu(), time.monotonic()
        await asyncio.sleep(self._plan.idle_s)
        seconds = time.monotonic() - began
        return (self._statements() - statements) / seconds, 100 * (self._server.cpu() - cpu) / seconds

    def _statements(self) -> int:
        """Return how many there have been in the database: each read is a transaction. From another database, so that
        this is none of them.
        """
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            query = "SELECT xact_commit FROM pg_stat_database WHERE datname = %s"
            row = connection.execute(query, (_DATABASE,)).fetchone()
        return 0 if row is None else int(row[0])

    async def _complete(self, callers: _Callers) -> Sequence[float]:
        """End workflows one by one, evenly over time, and return when each was heard of after its COMMIT, in ms."""
        ended: dict[str, float] = {}
        async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as connection:
            began = time.monotonic()
            for number in range(self._plan.completions):
                due = began + number / self._plan.completions_per_second
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                workflow_id = f"{_PREFIX}{number}"
                await connection.execute(
                    "UPDATE dbos.workflow_status AS w"
                    " SET status = 'SUCCESS', output = 'null', updated_at = t.ms, completed_at = t.ms"
                    " FROM (SELECT (extract(epoch FROM now()) * 1000)::bigint AS ms) AS t"
                    " WHERE w.workflow_uuid = %s",
                    (workflow_id,),
                )
                ended[workflow_id] = time.monotonic()
        await _until(callers, "all have heard", lambda: len(callers.heard) == len(ended), _HEAR_LIMIT_S)
        return [1000 * max(0.0, callers.heard[workflow_id] - at) for workflow_id, at in ended.items()]
