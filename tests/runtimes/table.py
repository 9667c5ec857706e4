"""docs/runtimes.md: its table is written by a run in which every operation was tried with every runtime."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from workflow_control.domain.capabilities import Capability

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "runtimes.md"
PROPERTY: Final = "runtime_result"
"""The name of the reports' property in which a test's Result travels."""
_BEGIN: Final = "<!-- runtimes: begin -->"
_END: Final = "<!-- runtimes: end -->"
_WORKS: Final = "yes"
_CANNOT: Final = "-"


class Result(NamedTuple):
    """What became of an operation with a runtime."""

    operation: str
    runtime: str
    obstacle: str
    """The capability that its schema lacks, or a limitation's sentence; empty if it worked."""


@dataclass(frozen=True, slots=True)
class Table:
    """Of each operation, the mark for each runtime, and what is in the way of those that cannot."""

    runtimes: Sequence[str]
    marks: Mapping[str, Sequence[str]]
    obstacles: Mapping[str, str]


def make_table(runtimes: Sequence[str], results: Iterable[Result]) -> Table:
    """Returns the table of these results; raises KeyError if one is missing."""
    found = {(result.operation, result.runtime): result.obstacle for result in results}
    operations = sorted({operation for operation, _ in found})
    marks, obstacles = {}, {}
    for operation in operations:
        ways = [found[operation, runtime] for runtime in runtimes]
        marks[operation] = [_CANNOT if obstacle else _WORKS for obstacle in ways]
        obstacles[operation] = "; ".join(_described(obstacle) for obstacle in sorted({*ways} - {""}))
    return Table(runtimes, marks, obstacles)


def _described(obstacle: str) -> str:
    releases = {capability.label: capability.first_release for capability in Capability}
    return f"needs `{obstacle}` (Python {releases[obstacle]})" if obstacle in releases else obstacle


def table_lines(table: Table) -> list[str]:
    """Returns the table as Markdown."""
    return [
        f"| operation | {' | '.join(table.runtimes)} | where it does not |",
        f"|---|{':-:|' * len(table.runtimes)}---|",
        *(
            f"| {operation} | {' | '.join(marks)} | {table.obstacles[operation]} |"
            for operation, marks in table.marks.items()
        ),
    ]


def write_table(document: str, table: Table) -> str:
    """Returns the document with this table in place of its own."""
    before, _, rest = document.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return "\n".join([f"{before}{_BEGIN}", *table_lines(table), f"{_END}{after}"])


def write_document(terminalreporter: pytest.TerminalReporter, runtimes: Sequence[str]) -> None:
    """Prints the table of the run, and writes it into the document if every operation was tried with every runtime."""
    results = {
        Result(*value)
        for report in terminalreporter.getreports("passed")
        for name, value in getattr(report, "user_properties", ())
        if name == PROPERTY
    }
    if not results:
        return
    terminalreporter.section("DBOS runtimes")
    try:
        table = make_table(runtimes, results)
    except KeyError as missing:
        terminalreporter.line(f"no result: {missing}")
        for result in sorted(results):
            terminalreporter.line(f"{result.runtime:18}{result.obstacle or _WORKS:40}{result.operation}")
        return
    for line in table_lines(table):
        terminalreporter.line(line)
    # A failed run, or one of some operations only, must not drop rows.
    if not terminalreporter.getreports("failed") and not terminalreporter.stats.get("deselected"):
        DOCUMENT.write_text(write_table(DOCUMENT.read_text(encoding="utf-8"), table), encoding="utf-8")
        terminalreporter.line(f"written: {DOCUMENT.name}")
