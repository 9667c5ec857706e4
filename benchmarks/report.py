"""What comes out: a table in the terminal, and every figure in bench.json."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from rich.table import Table

from benchmarks.figures import Goal, Result, Scenario
from benchmarks.plan import Plan

_PACKAGES = ("grpcio", "protobuf", "psycopg", "dbos", "workflow-control")


def machine_facts(postgres_version: str, load_generator: str) -> Mapping[str, str | int]:
    """Return what the figures depend on, without anything that names this machine."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "system": platform.system(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
        "postgres": postgres_version,
        **{name: version(name) for name in _PACKAGES},
        "load_generator": load_generator,
    }


def as_json(
    results: Sequence[Result],
    scenarios: Sequence[Scenario],
    goals: Sequence[Goal],
    facts: Mapping[str, str | int],
    plan: Plan,
) -> dict[str, Any]:
    """Return the content of bench.json: the goals' figures by their keys, and all that they come from."""
    return {
        **{goal.key: goal.value for goal in goals},
        "goals": {
            goal.key: {"limit": goal.limit, "at_most": goal.at_most, "met": goal.is_met, "text": goal.text}
            for goal in goals
        },
        "machine": dict(facts),
        "plan": asdict(plan),
        "contenders": {
            result.name: {
                "label": result.label,
                "kind": result.kind,
                "in_flight": result.in_flight,
                "calls_per_second": result.calls_per_second,
                "p50_ms": result.p50_ms,
                "p99_ms": result.p99_ms,
                "cpu_us_per_call": result.cpu_us_per_call,
                "spread": result.spread,
                "rounds": [asdict(sample) for sample in result.samples],
            }
            for result in results
        },
        **{scenario.name: dict(scenario.figures) for scenario in scenarios},
    }


def result_table(results: Sequence[Result], facts: Mapping[str, str | int], plan: Plan) -> Table:
    """Return the contenders side by side. Ratios are to the empty RPC with as many in flight."""
    table = Table(
        title="What a keyed mutation costs",
        caption=f"Medians of {plan.rounds} rounds; {plan.table_rows:,} workflows; "
        + ", ".join(f"{name} {value}" for name, value in facts.items()),
    )
    table.add_column("", no_wrap=True)
    for heading in ("in flight", "calls/s", "spread", "p50 ms", "p99 ms", "CPU µs/call", "CPU ratio", "p50 ratio"):
        table.add_column(heading, justify="right")
    floors = {result.in_flight: result for result in results if result.kind == "floor"}
    for previous, result in zip([None, *results], results, strict=False):
        if previous is not None and previous.kind != result.kind:
            table.add_section()
        table.add_row(*_row(result, floors.get(result.in_flight) if result.kind == "ours" else None))
    return table


def _row(result: Result, floor: Result | None) -> Sequence[str]:
    cpu = result.cpu_us_per_call
    floor_cpu = None if floor is None else floor.cpu_us_per_call
    return [
        result.label,
        f"{result.in_flight}",
        f"{result.calls_per_second:,.0f}",
        f"{result.spread:.0%}",
        f"{result.p50_ms:.2f}",
        f"{result.p99_ms:.2f}",
        "" if cpu is None else f"{cpu:.0f}",
        f"{cpu / floor_cpu:.2f}" if cpu and floor_cpu else "",
        "" if floor is None else f"{result.p50_ms / floor.p50_ms:.2f}",
    ]


def scenario_table(scenario: Scenario) -> Table:
    """Return the figures of a scenario."""
    table = Table(title=scenario.title)
    table.add_column("", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("measured", justify="right")
    for chart in scenario.charts:
        for number, bar in enumerate(chart.bars):
            table.add_row("" if number else chart.heading, bar.label, f"{bar.value:,.2f}")
    return table


def goal_table(goals: Sequence[Goal]) -> Table:
    """Return the goals with what was measured; a ratio of calls is the median of the rounds' own ratios."""
    table = Table(title="Goals")
    table.add_column("", no_wrap=True)
    for heading in ("measured", "goal", ""):
        table.add_column(heading, justify="right")
    for goal in goals:
        limit = f"{'≤' if goal.at_most else '≥'} {goal.limit:g}"
        table.add_row(goal.text, f"{goal.value:.2f}", limit, "[green]met[/]" if goal.is_met else "[red]missed[/]")
    return table
