"""docs/compatibility.md: written by a run on all releases, read by all others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from workflow_control.domain.capabilities import Capability

_DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "compatibility.md"
_BEGIN: Final = "<!-- compatibility: begin -->"
_END: Final = "<!-- compatibility: end -->"
_WORKS: Final = "yes"
_REFUSED: Final = "-"


@dataclass(frozen=True, slots=True)
class Table:
    """What each feature needs of each release's schema that this lacks."""

    features: Sequence[str]
    releases: Sequence[str]
    cells: Mapping[tuple[str, str], str]
    """By feature and release: the capability that is missing; empty where the feature works."""

    def needed(self, feature: str, release: str) -> str:
        """Return what the schema lacks; empty: nothing."""
        return self.cells[feature, release]


def read_table(document: str) -> Table:
    """Return the table of the document."""
    body = document.partition(_BEGIN)[2].partition(_END)[0].strip().splitlines()
    header, _, *rows = (_cells(line) for line in body)
    releases = header[1:-1]
    cells = {}
    for feature, *marks, need in rows:
        for release, mark in zip(releases, marks, strict=True):
            cells[feature.strip("`"), release] = "" if mark == _WORKS else need.split()[0].strip("`")
    return Table([row[0].strip("`") for row in rows], releases, cells)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def write_table(document: str, table: Table) -> str:
    """Return the document with this table in place of its own."""
    first_releases = {capability.label: capability.first_release for capability in Capability}
    lines = [
        f"| RPC | {' | '.join(table.releases)} | needs |",
        f"|---|{':-:|' * len(table.releases)}---|",
    ]
    for feature in table.features:
        needs = {table.cells[feature, release] for release in table.releases} - {""}
        assert len(needs) <= 1, f"{feature} is refused for different reasons: {needs}"
        need = "".join(f"`{label}` (DBOS {first_releases[label]})" for label in needs)
        marks = (_REFUSED if table.cells[feature, release] else _WORKS for release in table.releases)
        lines.append(f"| `{feature}` | {' | '.join(marks)} | {need} |")
    before, _, rest = document.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    return "\n".join([f"{before}{_BEGIN}", *lines, f"{_END}{after}"])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Write the document, after a run on all releases in which everything worked or was refused as it must be."""
    if not config.getoption("--all-releases"):
        return
    # Only here: a plugin is loaded before what it would import can be instrumented.
    from tests.differential.features import FEATURES
    from tests.fixtures.dbos_releases import RELEASES

    seen: dict[tuple[str, str], str] = {}
    for report in terminalreporter.getreports("passed"):
        for name, value in getattr(report, "user_properties", ()):
            if name == "compatibility":
                feature, release, needed = value
                seen[feature, release] = needed
    table = Table([str(feature) for feature in FEATURES], [release.version for release in RELEASES], seen)
    if len(seen) == len(table.features) * len(table.releases):
        _DOCUMENT.write_text(write_table(_DOCUMENT.read_text(encoding="utf-8"), table), encoding="utf-8")
        terminalreporter.line(f"written: {_DOCUMENT.name}")
