"""The arithmetic of `make bench-lists`, and one short run of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.list_pages import DEFAULT, PAGE_SIZE, QUICK, Measured, Selection, selections
from workflowcontrol.v1.types_pb2 import WorkflowFilter

ROOT = Path(__file__).parents[2]


def measured(small: list[float], large: list[float], deep: list[float], *, is_indexed: bool = True) -> Measured:
    selection = Selection("some", WorkflowFilter(), is_deep=bool(deep), is_indexed=is_indexed)
    return Measured(selection, small, large, deep)


def test_ratios_pair_the_rounds() -> None:
    # The medians alone would give 1.
    figures = measured([1.0, 2.0, 4.0], [2.0, 4.0, 1.0], [3.0, 4.4, 1.1])
    assert figures.size_ratio == 2
    assert figures.depth_ratio == pytest.approx(1.1)
    assert figures.is_met is False


def test_both_ratios_must_be_within_the_limit() -> None:
    assert measured([1.0], [1.2], [1.2]).is_met is True
    assert measured([1.0], [1.2], [2.0]).is_met is False
    assert measured([1.0], [1.2], []).is_met is True
    assert measured([1.0], [9.0], [], is_indexed=False).is_met is None


def test_deep_selections_are_measured_on_the_thousandth_page() -> None:
    assert DEFAULT.deep_page == 1000
    assert DEFAULT.large_rows == 100 * DEFAULT.small_rows == 1_000_000
    assert {selection.name for selection in selections(DEFAULT)} == {s.name for s in selections(QUICK)}
    assert sum(selection.is_deep for selection in selections(DEFAULT)) >= 4
    assert DEFAULT.deep_page * PAGE_SIZE <= DEFAULT.large_rows // 10


@pytest.mark.slow
def test_a_quick_run_measures_every_selection(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.list_pages", "--quick", "--output", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads((tmp_path / "list_pages.json").read_text())
    assert list(figures["selections"]) == [selection.name for selection in selections(QUICK)]
    for selection in selections(QUICK):
        found = figures["selections"][selection.name]
        assert found["size_ratio"] > 0
        assert (found["depth_ratio"] is not None) is selection.is_deep
        assert all(milliseconds > 0 for milliseconds in found["small_ms"] + found["large_ms"] + found["deep_ms"])
