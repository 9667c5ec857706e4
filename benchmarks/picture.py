"""The picture: three columns of bars as one SVG, written by hand because bars need no library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from benchmarks.figures import Goal, Kind, Result

_COLORS: Final[Mapping[Kind, str]] = {"floor": "#8a8f98", "ours": "#2563eb", "peer": "#d97706", "ceiling": "#059669"}
_INK: Final = "#1f2328"
_FAINT: Final = "#59636e"

_MARGIN: Final = 24
_LABEL_WIDTH: Final = 310
_COLUMN_WIDTH: Final = 230
_BAR_WIDTH: Final = 150
_ROW_HEIGHT: Final = 24
_BAR_HEIGHT: Final = 14
_HEAD_HEIGHT: Final = 84

_COLUMNS: Final[Sequence[tuple[str, Callable[[Result], float | None]]]] = (
    ("calls per second", lambda result: result.calls_per_second),
    ("p50, ms", lambda result: result.p50_ms),
    ("CPU of the process, µs per call", lambda result: result.cpu_us_per_call),
)


def draw(results: Sequence[Result], goals: Sequence[Goal], subtitle: str) -> str:
    """Return an SVG with a row for each contender, and the goals below."""
    width = 2 * _MARGIN + _LABEL_WIDTH + len(_COLUMNS) * _COLUMN_WIDTH
    goals_top = _HEAD_HEIGHT + len(results) * _ROW_HEIGHT + 36
    height = goals_top + len(goals) * _ROW_HEIGHT + _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="system-ui, sans-serif" font-size="13" fill="{_INK}">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        _text(_MARGIN, 32, "What a keyed mutation costs", 'font-size="18" font-weight="600"'),
        _text(_MARGIN, 52, subtitle, f'fill="{_FAINT}" font-size="12"'),
    ]
    for row, result in enumerate(results):
        label = f"{result.label}, {result.in_flight} in flight"
        parts.append(_text(_MARGIN, _baseline(row), label))
    for column, (heading, value) in enumerate(_COLUMNS):
        left = _MARGIN + _LABEL_WIDTH + column * _COLUMN_WIDTH
        parts.append(_text(left, _HEAD_HEIGHT - 8, heading, 'font-weight="600"'))
        parts.extend(_bars(left, results, [value(result) for result in results]))
    for row, goal in enumerate(goals):
        limit = f"goal {'≤' if goal.at_most else '≥'} {goal.limit:g}"
        line = f"{goal.text}:  {goal.value:.2f}  ({limit}, {'met' if goal.is_met else 'missed'})"
        parts.append(_text(_MARGIN, goals_top + row * _ROW_HEIGHT, line))
    return "\n".join([*parts, "</svg>\n"])


def _bars(left: int, results: Sequence[Result], values: Sequence[float | None]) -> Sequence[str]:
    longest = max(value for value in values if value is not None)
    parts = []
    for row, (result, value) in enumerate(zip(results, values, strict=True)):
        if value is None:
            continue
        length = max(value / longest * _BAR_WIDTH, 1)
        top = _HEAD_HEIGHT + row * _ROW_HEIGHT
        color = _COLORS[result.kind]
        parts.append(f'<rect x="{left}" y="{top}" width="{length:.1f}" height="{_BAR_HEIGHT}" rx="2" fill="{color}"/>')
        shown = f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
        parts.append(_text(round(left + length) + 6, _baseline(row), shown, f'fill="{_FAINT}"'))
    return parts


def _baseline(row: int) -> int:
    return _HEAD_HEIGHT + row * _ROW_HEIGHT + 12


def _text(x: int, y: int, text: str, attributes: str = "") -> str:
    return f'<text x="{x}" y="{y}" {attributes}>{escape(text)}</text>'
