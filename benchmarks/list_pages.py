"""`python -m benchmarks.list_pages`: whether a page of ListWorkflows costs more when it is deep, or the table is large.

Prints a table and writes build/list_pages.json. One caller, pages of the default size, DBOS's newest schema; the pages
that a ratio compares take turns, call by call.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

import grpc
import psycopg
from rich.console import Console
from rich.table import Table

from benchmarks.database import QUERIES, create_database, running_postgres, server_version
from benchmarks.report import machine_facts
from benchmarks.servers import free_port, start_server
from benchmarks.worker import BenchmarkError
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.types_pb2 import TimeRange, WorkflowFilter
from workflowcontrol.v1.workflow_control_pb2 import ListWorkflowsRequest, ListWorkflowsResponse
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub

LIMIT: Final = 1.3
"""The most that the one of two pages may cost more than the other."""

PAGE_SIZE: Final = 100
_START_MS: Final = 1_700_000_000_000
_SPAN_MS: Final = 10_000_000
"""In both tables all workflows were created within the same time."""
_CALL_TIMEOUT_S: Final = 60.0

console = Console(width=None if sys.stdout.isatty() else 140)


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of a run."""

    small_rows: int
    large_rows: int
    few: int
    """How many workflows are in each state that has equally many in both tables."""
    deep_page: int
    rounds: int
    calls: int
    """Per page and round."""


DEFAULT: Final = Plan(small_rows=10_000, large_rows=1_000_000, few=200, deep_page=1000, rounds=7, calls=20)
QUICK: Final = Plan(small_rows=2_000, large_rows=20_000, few=200, deep_page=10, rounds=1, calls=5)


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter that lists are often asked for."""

    name: str
    filter: WorkflowFilter
    is_deep: bool = True
    """Whether it selects enough for the deep page, in the large table."""
    is_indexed: bool = True
    """Whether DBOS's newest schema has an index for it, or it selects so many that they are found at once."""


def selections(plan: Plan) -> Sequence[Selection]:
    """Return the filters that are measured."""
    return (
        Selection("everything", WorkflowFilter()),
        Selection("state: SUCCESS, the most", WorkflowFilter(states=[types.WORKFLOW_STATE_SUCCESS])),
        Selection("state: PENDING, 15 %", WorkflowFilter(states=[types.WORKFLOW_STATE_PENDING])),
        Selection("state: ERROR, 15 %", WorkflowFilter(states=[types.WORKFLOW_STATE_ERROR])),
        Selection("state: ENQUEUED, 15 %", WorkflowFilter(states=[types.WORKFLOW_STATE_ENQUEUED])),
        Selection(
            "two states, 30 %",
            WorkflowFilter(states=[types.WORKFLOW_STATE_PENDING, types.WORKFLOW_STATE_ENQUEUED]),
        ),
        Selection("name, 20 %", WorkflowFilter(names=["workflow_3"])),
        Selection("queue, 70 %", WorkflowFilter(queue_names=["queue-1"])),
        Selection(
            "queue and state, 10 %",
            WorkflowFilter(queue_names=["queue-1"], states=[types.WORKFLOW_STATE_ENQUEUED]),
        ),
        Selection("time: the second third", WorkflowFilter(created=_second_third())),
        Selection(
            f"state: the same {plan.few} in both",
            WorkflowFilter(states=[types.WORKFLOW_STATE_MAX_RECOVERY_ATTEMPTS_EXCEEDED]),
            is_deep=False,
        ),
        Selection(
            f"delayed: the same {plan.few} in both",
            WorkflowFilter(states=[types.WORKFLOW_STATE_DELAYED]),
            is_deep=False,
        ),
        Selection("name: none of that name", WorkflowFilter(names=["none"]), is_deep=False, is_indexed=False),
        Selection("queue: none of that name", WorkflowFilter(queue_names=["none"]), is_deep=False, is_indexed=False),
    )


@dataclass(slots=True)
class Measured:
    """What was measured of a selection; milliseconds, the median of each round."""

    selection: Selection
    small: list[float] = field(default_factory=list)
    """Of the small table's first page; likewise `large`, and `deep` of the large one's deep page."""
    large: list[float] = field(default_factory=list)
    deep: list[float] = field(default_factory=list)

    @property
    def size_ratio(self) -> float:
        """What the first page costs in the large table, to what it costs in the small one: the median of the rounds."""
        return median(large / small for large, small in zip(self.large, self.small, strict=True))

    @property
    def depth_ratio(self) -> float | None:
        """What the deep page costs, to the first; None: there is no such page."""
        if not self.deep:
            return None
        return median(deep / first for deep, first in zip(self.deep, self.large, strict=True))

    @property
    def is_met(self) -> bool | None:
        """Whether both are within the limit; None: no index of DBOS's serves it, so there is no goal."""
        if not self.selection.is_indexed:
            return None
        return all(ratio <= LIMIT for ratio in (self.size_ratio, self.depth_ratio) if ratio is not None)


def main() -> int:
    """Return the exit code: a goal that is missed does not fail the run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.list_pages", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a run of seconds, whose figures say little")
    parser.add_argument("--output", type=Path, default=Path("build"), help="folder of list_pages.json")
    arguments = parser.parse_args()
    try:
        run(QUICK if arguments.quick else DEFAULT, arguments.output)
    except BenchmarkError as error:
        console.print(f"[red]{error}[/]", highlight=False)
        return 1
    return 0


def run(plan: Plan, output: Path) -> None:
    """Measure all selections, and report."""
    output.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=output, prefix="lists-")))
        postgres = stack.enter_context(running_postgres(folder))
        urls = {}
        for name, rows in (("small", plan.small_rows), ("large", plan.large_rows)):
            console.print(f"Filling a table with {rows:,} workflows ...")
            urls[name] = create_database(postgres, name)
            _fill(urls[name], rows, plan.few)
        targets = {
            name: start_server(stack, url, free_port(), folder / f"{name}.log").target for name, url in urls.items()
        }
        stubs = {
            name: WorkflowControlStub(stack.enter_context(grpc.insecure_channel(target)))
            for name, target in targets.items()
        }
        results = measure(plan, stubs["small"], stubs["large"])
        facts = machine_facts(server_version(urls["large"]), "Python, one caller")
    console.print(result_table(plan, results, facts))
    path = output / "list_pages.json"
    path.write_text(json.dumps(as_json(plan, results, facts), indent=2) + "\n")
    console.print(f"Written: {path}")


def measure(plan: Plan, small: WorkflowControlStub, large: WorkflowControlStub) -> Sequence[Measured]:
    """Measure each selection in rounds, after one that warms up."""
    results = []
    for selection in selections(plan):
        measured = Measured(selection)
        first = ListWorkflowsRequest(filter=selection.filter, page_size=PAGE_SIZE)
        deep = _deep_page(large, selection, plan.deep_page) if selection.is_deep else None
        for number in range(plan.rounds + 1):
            pages = [(measured.small, small, first), (measured.large, large, first)]
            if deep is not None:
                pages.append((measured.deep, large, deep))
            medians = _time_in_turns([(stub, request) for _, stub, request in pages], plan.calls)
            if number:
                for (times, _, _), took in zip(pages, medians, strict=True):
                    times.append(took)
        console.print(f"{selection.name}: done")
        results.append(measured)
    return results


def as_json(plan: Plan, results: Sequence[Measured], facts: Mapping[str, str | int]) -> dict[str, Any]:
    """Return the content of list_pages.json."""
    return {
        "limit": LIMIT,
        "plan": asdict(plan),
        "machine": dict(facts),
        "selections": {
            measured.selection.name: {
                "indexed": measured.selection.is_indexed,
                "met": measured.is_met,
                "size_ratio": measured.size_ratio,
                "depth_ratio": measured.depth_ratio,
                "small_ms": measured.small,
                "large_ms": measured.large,
                "deep_ms": measured.deep,
            }
            for measured in results
        },
    }


def result_table(plan: Plan, results: Sequence[Measured], facts: Mapping[str, str | int]) -> Table:
    """Return the selections side by side."""
    table = Table(
        title=f"A page of {PAGE_SIZE} workflows, p50 in ms",
        caption=f"Medians of {plan.rounds} rounds; " + ", ".join(f"{name} {value}" for name, value in facts.items()),
    )
    table.add_column("", no_wrap=True)
    for heading in (
        f"first of {plan.small_rows:,}",
        f"first of {plan.large_rows:,}",
        "ratio",
        f"page {plan.deep_page:,}",
        "ratio",
        f"≤ {LIMIT:g}",
    ):
        table.add_column(heading, justify="right")
    for measured in results:
        depth = measured.depth_ratio
        table.add_row(
            measured.selection.name,
            f"{median(measured.small):.2f}",
            f"{median(measured.large):.2f}",
            f"{measured.size_ratio:.2f}",
            f"{median(measured.deep):.2f}" if measured.deep else "",
            "" if depth is None else f"{depth:.2f}",
            {True: "[green]met[/]", False: "[red]missed[/]", None: "no index"}[measured.is_met],
        )
    return table


def _fill(url: str, rows: int, few: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        parameters = {"rows": rows, "few": few, "start_ms": _START_MS, "span_ms": _SPAN_MS}
        connection.execute((QUERIES / "seed_lists.sql").read_bytes(), parameters)
        connection.execute("VACUUM ANALYZE dbos.workflow_status")


def _second_third() -> TimeRange:
    """Return a range that selects a third of the workflows."""
    time_range = TimeRange()
    time_range.start.FromMilliseconds(_START_MS + _SPAN_MS // 3)
    time_range.end.FromMilliseconds(_START_MS + 2 * _SPAN_MS // 3)
    return time_range


def _deep_page(stub: WorkflowControlStub, selection: Selection, number: int) -> ListWorkflowsRequest:
    """Return the request for the page of that number, found as callers find it: page after page."""
    request = ListWorkflowsRequest(filter=selection.filter, page_size=PAGE_SIZE)
    for page in range(2, number + 1):
        request.page_token = _list(stub, request).next_page_token
        if not request.page_token:
            raise BenchmarkError(f"{selection.name}: has only {page - 1} pages.")
    return request


def _time_in_turns(pages: Sequence[tuple[WorkflowControlStub, ListWorkflowsRequest]], calls: int) -> Sequence[float]:
    """Return the median of so many calls of each page, in milliseconds. A slow moment of the machine falls on all."""
    times: list[list[float]] = [[] for _ in pages]
    for _ in range(calls):
        for (stub, request), taken in zip(pages, times, strict=True):
            begin = time.perf_counter()
            _list(stub, request)
            taken.append((time.perf_counter() - begin) * 1000)
    return [median(taken) for taken in times]


def _list(stub: WorkflowControlStub, request: ListWorkflowsRequest) -> ListWorkflowsResponse:
    try:
        return stub.ListWorkflows(request, timeout=_CALL_TIMEOUT_S)
    except grpc.RpcError as error:
        raise BenchmarkError(f"ListWorkflows failed: {error}") from error


if __name__ == "__main__":
    sys.exit(main())
