"""Who takes part: the floor, ours, the peers and the ceiling, each ready to be measured."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import load
from benchmarks.database import Effect
from benchmarks.figures import COMPARED_IN_FLIGHT, Kind, Run, Sample
from benchmarks.in_process import THREADS
from benchmarks.load import LoadGenerator
from benchmarks.pgbench import Pgbench
from benchmarks.plan import MEASUREMENT_LIMIT_S, Plan
from benchmarks.servers import Server, floor_server, free_port, start_server
from benchmarks.worker import running_worker

_WORKER_TIMEOUT_S: Final = MEASUREMENT_LIMIT_S + 30

CONNECTIONS: Final = 16
"""To a server of several processes: the kernel spreads connections over them, not calls."""

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
    effect: Effect = "cancel"
    keys: str | None = "workflow_control"
    """Where its keys are: one of database.KEYS."""
    calls_per_key: int = 1

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
    floor = floor_server(stack, folder / "floor.log")
    server = start_server(stack, url, free_port(), folder / "server.log")

    def rpc(server: Server, method: load.Method, in_flight: int) -> Measure:
        return lambda prefix, calls: generator.call(server.target, method, prefix, calls, in_flight)

    contenders = []
    for n, calls in plan.calls_by_in_flight.items():
        empty, cancel = rpc(floor, load.EMPTY, n), rpc(server, load.CANCEL, n)
        contenders += [
            Contender(f"empty_{n}", "empty RPC", "floor", n, calls, empty, 1, floor.cpu, "none", None),
            Contender(f"cancel_{n}", "CancelWorkflow", "ours", n, calls, cancel, 1, server.cpu),
        ]
        if n == COMPARED_IN_FLIGHT:
            start = rpc(server, load.START, n)
            contenders.append(Contender(f"start_{n}", "StartWorkflow", "ours", n, calls, start, 1, server.cpu, "start"))
    contenders.append(_two_processes(stack, plan, generator, url, folder))
    contenders.append(_start_many(plan, rpc(server, load.START_MANY, 1), server))
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


def _two_processes(stack: ExitStack, plan: Plan, generator: LoadGenerator, url: str, folder: Path) -> Contender:
    """As a server with more than one core is run: `serve --processes`, to which clients have several connections."""
    in_flight, calls = max(plan.calls_by_in_flight.items())
    port = free_port()
    server = start_server(stack, url, port, folder / "processes.log", processes=2)

    def measure(prefix: str, calls: int) -> Run:
        return generator.call(server.target, load.CANCEL, prefix, calls, in_flight, CONNECTIONS)

    label = "CancelWorkflow, 2 processes"
    return Contender("processes_2", label, "ours", in_flight, calls, measure, 1, server.cpu)


def _start_many(plan: Plan, measure: Measure, server: Server) -> Contender:
    step = load.STARTED_AT_ONCE
    calls = plan.start_many_requests * step
    label = f"StartWorkflows of {step:,}"
    return Contender("start_many", label, "ours", 1, calls, measure, step, server.cpu, "start", calls_per_key=step)


def _in_process(
    stack: ExitStack, plan: Plan, name: str, label: str, keys: str | None, url: str, folder: Path
) -> Contender:
    command = [sys.executable, "-m", "benchmarks.in_process", name, url]
    worker = stack.enter_context(running_worker(command, log=folder / f"{name}.log"))

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
