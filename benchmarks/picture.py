"""The picture: bars as one SVG, written by hand because bars need no library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from benchmarks.figures import Chart, Goal, Kind, Result, Scenario

_COLORS: Final[Mapping[Kind, str]] = {"floor": "#8a8f98", "ours": "#2563eb", "peer": "#d97706", "ceiling": "#059669"}
_INK: Final = "#1f2328"
_FAINT: Final = "#59636e"
_TITLE: Final = 'font-size="18" font-weight="600"'

_MARGIN: Final = 24
_LABEL_WIDTH: Final = 310
_COLUMN_WIDTH: Final = 230
_BAR_WIDTH: Final = 150
_ROW_HEIGHT: Final = 24
_BAR_HEIGHT: Final = 14
_TITLE_HEIGHT: Final = 60
_SECTION_GAP: Final = 36

_COLUMNS: Final[Sequence[tuple[str, Callable[[Result], float | None]]]] = (
    ("calls per second", lambda result: result.calls_per_second),
    ("p50, ms", lambda result: result.p50_ms),
    ("CPU of the process, µs per call", lambda result: result.cpu_us_per_call),
)
_CHART_WIDTH: Final = (_LABEL_WIDTH + len(_COLUMNS) * _COLUMN_WIDTH) // 4
"""Of a scenario's charts four stand side by side."""
_CHART_LABEL_WIDTH: Final = 104
_CHART_BAR_WIDTH: Final = 80


def draw(results: Sequence[Result], scenarios: Sequence[Scenario], goals: Sequence[Goal], subtitle: str) -> str:
    """Return an SVG with a row for each contender, the charts of each scenario below, and then the goals."""
    parts: list[str] = []
    top = _MARGIN
    if results:
        parts += _contenders(results, subtitle, top)
        top += _TITLE_HEIGHT + len(results) * _ROW_HEIGHT + _SECTION_GAP
    for scenario in scenarios:
        parts += _scenario(scenario, top)
        top += _TITLE_HEIGHT + max(len(chart.bars) for chart in scenario.charts) * _ROW_HEIGHT + _SECTION_GAP
    for goal in goals:
        limit = f"goal {'≤' if goal.at_most else '≥'} {goal.limit:g}"
        line = f"{goal.text}:  {goal.value:,.2f}  ({limit}, {'met' if goal.is_met else 'missed'})"
        parts.append(_text(_MARGIN, top, line))
        top += _ROW_HEIGHT
    width = 2 * _MARGIN + _LABEL_WIDTH + len(_COLUMNS) * _COLUMN_WIDTH
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{top}" viewBox="0 0 {width} {top}" '
            f'font-family="system-ui, sans-serif" font-size="13" fill="{_INK}">',
            f'<rect width="{width}" height="{top}" fill="#ffffff"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _contenders(results: Sequence[Result], subtitle: str, top: int) -> Sequence[str]:
    parts = [
        _text(_MARGIN, top + 8, "What a keyed mutation costs", _TITLE),
        _text(_MARGIN, top + 28, subtitle, f'fill="{_FAINT}" font-size="12"'),
    ]
    first = top + _TITLE_HEIGHT
    for row, result in enumerate(results):
        parts.append(_text(_MARGIN, _baseline(first, row), f"{result.label}, {result.in_flight} in flight"))
    for column, (heading, value) in enumerate(_COLUMNS):
        left = _MARGIN + _LABEL_WIDTH + column * _COLUMN_WIDTH
        parts.append(_text(left, first - 8, heading, 'font-weight="600"'))
        bars = [(result.kind, value(result)) for result in results]
        parts += _bars(left, first, _BAR_WIDTH, bars)
    return parts


def _scenario(scenario: Scenario, top: int) -> Sequence[str]:
    parts = [_text(_MARGIN, top + 8, scenario.title, _TITLE)]
    for column, chart in enumerate(scenario.charts):
        parts += _chart(chart, _MARGIN + column * _CHART_WIDTH, top + _TITLE_HEIGHT)
    return parts


def _chart(chart: Chart, left: int, first: int) -> Sequence[str]:
    parts = [_text(left, first - 8, chart.heading, 'font-weight="600"')]
    parts += [_text(left, _baseline(first, row), bar.label) for row, bar in enumerate(chart.bars)]
    bars = [(bar.kind, bar.value) for bar in chart.bars]
    return [*parts, *_bars(left + _CHART_LABEL_WIDTH, first, _CHART_BAR_WIDTH, bars)]


def _bars(left: int, first: int, width: int, bars: Sequence[tuple[Kind, float | None]]) -> Sequence[str]:
    """Return bars below each other, the longest of them `width`, each with its value; None: there is no bar."""
    longest = max(value for _, value in bars if value is not None)
    parts = []
    for row, (kind, value) in enumerate(bars):
        if value is None:
            continue
        length = max(value / longest * width, 1)
        top = first + row * _ROW_HEIGHT
        parts.append(
            f'<rect x="{left}" y="{top}" width="{length:.1f}" height="{_BAR_HEIGHT}" rx="2" fill="{_COLORS[kind]}"/>'
        )
        shown = f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
        parts.append(_text(round(left + length) + 6, _baseline(first, row), shown, f'fill="{_FAINT}"'))
    return parts


def _baseline(first: int, row: int) -> int:
    return first + row * _ROW_HEIGHT + 12


def _text(x: int, y: int, text: str, attributes: str = "") -> str:
    return f'<text x="{x}" y="{y}" {attributes}>{escape(text)}</text>'
