"""Who takes part: the floor, ours, the peers and the ceiling, each ready to be measured."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import grpc
from grpc_health.v1 import health_pb2

from benchmarks import load
from benchmarks.figures import Kind, Run, Sample
from benchmarks.in_process import THREADS
from benchmarks.load import LoadGenerator
from benchmarks.pgbench import Pgbench
from benchmarks.plan import MEASUREMENT_LIMIT_S, Plan
from benchmarks.worker import BenchmarkError, cpu_seconds, last_lines, running_process, running_worker

_READY_TIMEOUT_S: Final = 30.0
_WORKER_TIMEOUT_S: Final = MEASUREMENT_LIMIT_S + 30

Measure = Callable[[str, int], Run]
"""Takes the prefix of the workflows to cancel and the number of calls."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One line of the report."""

    name: str
    label: str
    kind: Kind
    in_flight: int
    calls: int
    """Per round; a multiple of `step`."""
    measure: Measure
    step: int = 1
    cpu: Callable[[], float] | None = None
    """The CPU time so far of the process under test, in seconds."""
    cancels: bool = True
    keys: str | None = "workflow_control"
    """Where its keys are: one of database.KEYS."""

    def calls_in(self, round_number: int, plan: Plan) -> int:
        """Return how many calls it makes in a round; round 0 warms up."""
        calls = self.calls if round_number else plan.warm_up(self.calls)
        return max(calls // self.step, 1) * self.step

    def prefix(self, round_number: int) -> str:
        """Return what the ids of its workflows in a round begin with."""
        return f"{self.name}-{round_number}-"

    def sample(self, round_number: int, plan: Plan) -> Sample:
        """Measure one round."""
        before = 0.0 if self.cpu is None else self.cpu()
        run = self.measure(self.prefix(round_number), self.calls_in(round_number, plan))
        return Sample.of(run, None if self.cpu is None else self.cpu() - before)


def start_contenders(
    stack: ExitStack, plan: Plan, generator: LoadGenerator, url: str, folder: Path
) -> Sequence[Contender]:
    """Start all processes, which end with `stack`, and return the contenders in the order of their turns.

    Those that a ratio compares follow each other.
    """
    floor_port, port = _free_port(), _free_port()
    floor_command = [sys.executable, "-m", "benchmarks.floor_server", str(floor_port)]
    floor = _Server(stack, floor_command, floor_port, folder / "floor.log", None)
    server_command = [sys.executable, "-m", "workflow_control", "serve"]
    server = _Server(stack, server_command, port, folder / "server.log", _server_environment(url, port))
    server.wait_until_serving()

    def rpc(server: _Server, method: load.Method, in_flight: int) -> Measure:
        return lambda prefix, calls: generator.call(server.target, method, prefix, calls, in_flight)

    contenders = []
    for n, calls in plan.calls_by_in_flight.items():
        empty, cancel = rpc(floor, load.EMPTY, n), rpc(server, load.CANCEL, n)
        contenders += [
            Contender(f"empty_{n}", "empty RPC", "floor", n, calls, empty, 1, floor.cpu, False, None),
            Contender(f"cancel_{n}", "CancelWorkflow", "ours", n, calls, cancel, 1, server.cpu),
        ]
    for name, label, keys in [
        ("dbos_client", "DBOSClient, in-process, no key", None),
        ("ex_dbos", "ex_dbos's statements, in-process", "ex_dbos"),
    ]:
        contenders.append(_in_process(stack, plan, name, label, keys, url, folder))
    contenders += [
        _pgbench("pgbench", "pgbench, one per statement", Pgbench("pgbench_cancel", 16), plan, url),
        _pgbench("pgbench_batch", "pgbench, 64 per statement", Pgbench("pgbench_cancel_batch", 2, 64), plan, url),
    ]
    return contenders


def _in_process(
    stack: ExitStack, plan: Plan, name: str, label: str, keys: str | None, url: str, folder: Path
) -> Contender:
    worker = stack.enter_context(running_worker("benchmarks.in_process", name, url, log=folder / f"{name}.log"))

    def measure(prefix: str, calls: int) -> Run:
        return worker.run(_WORKER_TIMEOUT_S, prefix=prefix, calls=calls, limit_s=MEASUREMENT_LIMIT_S)

    return Contender(
        name, label, "peer", THREADS, plan.in_process_calls, measure, cpu=lambda: worker.cpu_seconds, keys=keys
    )


def _pgbench(name: str, label: str, pgbench: Pgbench, plan: Plan, url: str) -> Contender:
    per_client = plan.pgbench_calls_per_client if pgbench.batch == 1 else plan.pgbench_batches_per_client
    step = pgbench.clients * pgbench.batch
    return Contender(
        name,
        label,
        "ceiling",
        step,
        per_client * step,
        lambda prefix, calls: pgbench.run(url, prefix, calls),
        step,
    )


class _Server:
    """A server process, and how to reach it."""

    def __init__(
        self, stack: ExitStack, command: Sequence[str], port: int, log: Path, environment: dict[str, str] | None
    ) -> None:
        self.target = f"127.0.0.1:{port}"
        self._log = log
        self._process = stack.enter_context(running_process(command, log=log, environment=environment))

    def cpu(self) -> float:
        """Return its CPU time so far, in seconds."""
        return cpu_seconds(self._process.pid)

    def wait_until_serving(self) -> None:
        """Wait until its health says SERVING."""
        deadline = time.monotonic() + _READY_TIMEOUT_S
        with grpc.insecure_channel(self.target) as channel:
            check = channel.unary_unary(
                "/grpc.health.v1.Health/Check",
                request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
                response_deserializer=health_pb2.HealthCheckResponse.FromString,
            )
            while time.monotonic() < deadline and self._process.poll() is None:
                try:
                    answer = check(health_pb2.HealthCheckRequest(), timeout=2, wait_for_ready=True)
                except grpc.RpcError:
                    continue
                if answer.status == health_pb2.HealthCheckResponse.SERVING:
                    return
                time.sleep(0.05)
        raise BenchmarkError(f"The server does not serve:\n{last_lines(self._log)}")


def _server_environment(url: str, port: int) -> dict[str, str]:
    """Return an environment with which the server has its defaults, whatever ours has."""
    foreign = {name: value for name, value in os.environ.items() if not name.startswith("WORKFLOW_CONTROL_")}
    return {**foreign, "WORKFLOW_CONTROL_DATABASE_URL": url, "WORKFLOW_CONTROL_PORT": str(port)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
