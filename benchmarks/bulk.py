"""A bulk cancel of very many workflows, and single cancels at an even rate beside it: before, meanwhile and after."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Final

import grpc

from benchmarks.database import create_database, seed, verify
from benchmarks.figures import Bar, Chart, Goal, Scenario, percentile
from benchmarks.load import CANCEL, LoadGenerator
from benchmarks.plan import BulkPlan
from benchmarks.servers import Server, free_port, start_server
from benchmarks.worker import BenchmarkError
from workflow_control.dev.embedded_postgres import EmbeddedPostgres
from workflowcontrol.v1.bulk_control_pb2 import (
    BulkCancel,
    BulkOperation,
    BulkOperationState,
    GetBulkOperationRequest,
    StartBulkOperationRequest,
)
from workflowcontrol.v1.bulk_control_pb2_grpc import BulkControlStub
from workflowcontrol.v1.types_pb2 import WorkflowFilter

_DATABASE: Final = "bulk"
_PREFIX: Final = "bulk-"
_IN_FLIGHT: Final = 32
"""The most single calls that are open at a time; at that rate they are few, unless a call takes very long."""
_SAMPLE_S: Final = 0.1
_LIMIT_S: Final = 600.0
_CALL_LIMIT_S: Final = 20.0


def measure_bulk(postgres: EmbeddedPostgres, plan: BulkPlan, generator: LoadGenerator, folder: Path) -> Scenario:
    """Measure in a database of its own, with a server of its own."""
    url = create_database(postgres, _DATABASE)
    rows = plan.rows_alone + plan.rows_beside
    seed(url, {_PREFIX: plan.workflows} | {_single(row): plan.calls for row in range(rows + 1)}, plan.table_rows)
    with ExitStack() as stack:
        server = start_server(stack, url, free_port(), folder / "bulk.log")
        stub = BulkControlStub(stack.enter_context(grpc.insecure_channel(server.target)))
        figures = _Measurement(server, stub, plan, generator).run()
    verify(url, "cancel", _PREFIX, plan.workflows, "workflow_control")
    return scenario(plan, figures)


def scenario(plan: BulkPlan, figures: dict[str, float]) -> Scenario:
    """Return the goals P7, where they stand, and how to show them."""
    ratio = figures["beside_p99_ms"] / figures["alone_p99_ms"]
    growth_mib = figures["peak_mib"] - figures["start_mib"]
    return Scenario(
        name="bulk",
        title=f"A bulk cancel of {plan.workflows:,} workflows beside {plan.calls_per_second} single ones per second",
        figures=figures,
        goals=[
            Goal("bulk_per_second", "P7  workflows of a bulk cancel per second", 5000, False, figures["per_second"]),
            Goal("bulk_foreground_p99_ratio", "P7  p99 of single cancels, beside it to alone", 2, True, ratio),
            Goal("bulk_rss_growth_mib", "P7  memory of the server, peak to start, MiB more", 32, True, growth_mib),
        ],
        charts=[
            Chart("workflows per second", [Bar("bulk cancel", "ours", figures["per_second"])]),
            *(
                Chart(
                    f"p{percent} of a single cancel, ms",
                    [
                        Bar("alone", "floor", figures[f"alone_p{percent}_ms"]),
                        Bar("beside", "ours", figures[f"beside_p{percent}_ms"]),
                    ],
                )
                for percent in (50, 99)
            ),
            Chart(
                "memory of the server, MiB",
                [Bar("before", "ours", figures["start_mib"]), Bar("peak", "ours", figures["peak_mib"])],
            ),
        ],
    )


def _single(row: int) -> str:
    """Return what the ids of the workflows of a row of single calls begin with."""
    return f"single-{row}-"


class _Measurement:
    """One run: single calls, the operation and single calls, single calls."""

    def __init__(self, server: Server, stub: BulkControlStub, plan: BulkPlan, generator: LoadGenerator) -> None:
        self._server = server
        self._stub = stub
        self._plan = plan
        self._generator = generator
        self._rows = 0

    def run(self) -> dict[str, float]:
        """Return the figures."""
        plan = self._plan
        self._call()  # Warms up.
        alone = [latency for _ in range(plan.rows_alone // 2) for latency in self._call()]
        start_mib = self._server.resident_kib() / 1024
        cpu = self._server.cpu()
        with _peak(self._server) as peak:
            request = StartBulkOperationRequest(
                request_key="bulk", cancel=BulkCancel(), filter=WorkflowFilter(workflow_id_prefixes=[_PREFIX])
            )
            operation_id = self._stub.StartBulkOperation(request, timeout=_CALL_LIMIT_S).bulk_operation.operation_id
            beside = self._call_beside(operation_id)
            operation = self._wait(operation_id)
        cpu = self._server.cpu() - cpu
        alone += [latency for _ in range(plan.rows_alone // 2) for latency in self._call()]
        if operation.applied_count != plan.workflows:
            raise BenchmarkError(f"The operation has ended otherwise than expected:\n{operation}")
        took_s = operation.end_time.ToNanoseconds() / 1e9 - operation.create_time.ToNanoseconds() / 1e9
        return {
            "per_second": plan.workflows / took_s,
            "cpu_us_per_workflow": cpu * 1e6 / plan.workflows,
            "alone_p50_ms": percentile(alone, 50),
            "alone_p99_ms": percentile(alone, 99),
            "beside_p50_ms": percentile(beside, 50),
            "beside_p99_ms": percentile(beside, 99),
            "calls_beside": len(beside),
            "start_mib": start_mib,
            "peak_mib": max(peak),
        }

    def _call(self) -> list[float]:
        """Make a row of single calls, and return how long each took, in milliseconds."""
        plan = self._plan
        prefix = _single(self._rows)
        self._rows += 1
        run = self._generator.call(
            self._server.target, CANCEL, prefix, plan.calls, _IN_FLIGHT, per_second=plan.calls_per_second
        )
        return list(run.latencies_ms)

    def _call_beside(self, operation_id: str) -> list[float]:
        """Make single calls while the operation goes on; a row that has outlasted it does not count."""
        latencies_ms: list[float] = []
        for _ in range(self._plan.rows_beside):
            row = self._call()
            if self._get(operation_id).state != BulkOperationState.BULK_OPERATION_STATE_RUNNING:
                break
            latencies_ms += row
        if not latencies_ms:
            raise BenchmarkError("The operation was over before any single calls were.")
        return latencies_ms

    def _wait(self, operation_id: str) -> BulkOperation:
        deadline = time.monotonic() + _LIMIT_S
        while time.monotonic() < deadline:
            operation = self._get(operation_id)
            if operation.state == BulkOperationState.BULK_OPERATION_STATE_COMPLETED:
                return operation
            time.sleep(_SAMPLE_S)
        raise BenchmarkError(f"The operation was not over within {_LIMIT_S:g} s.")

    def _get(self, operation_id: str) -> BulkOperation:
        request = GetBulkOperationRequest(operation_id=operation_id)
        return self._stub.GetBulkOperation(request, timeout=_CALL_LIMIT_S).bulk_operation


@contextmanager
def _peak(server: Server) -> Iterator[list[float]]:
    """Note the memory of a server in MiB, again and again, until the block ends."""
    ended = Event()
    noted = [server.resident_kib() / 1024]

    def note() -> None:
        while not ended.wait(_SAMPLE_S):
            noted.append(server.resident_kib() / 1024)

    thread = Thread(target=note, name="memory")
    thread.start()
    try:
        yield noted
    finally:
        ended.set()
        thread.join()
