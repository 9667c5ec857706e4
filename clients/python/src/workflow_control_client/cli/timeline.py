"""Where the time of a workflow went, as bars on one axis of time, and these as a picture in SVG.

The picture stands alone: no script, no font, nothing to fetch, so that it can be mailed and put into a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final
from xml.sax.saxutils import escape

from google.protobuf.message import Message

from workflow_control_client.cli.output import printable, short_duration, state_name
from workflowcontrol.v1.types_pb2 import Workflow, WorkflowStep
from workflowcontrol.v1.workflow_tree_pb2 import WorkflowTreeNode


class Kind(Enum):
    """What a bar stands for; the value is its colour."""

    WAITING = "#b8bec7"
    RUNNING = "#4c9be8"
    DONE = "#3fa45b"
    FAILED = "#d64545"
    CANCELLED = "#d9a528"


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of time with a label. `indent`: how deep below the first bar, in levels."""

    label: str
    start: datetime
    end: datetime
    kind: Kind
    indent: int = 0


_LABEL_WIDTH: Final = 300
_PLOT_WIDTH: Final = 660
_RIGHT: Final = 80
_ROW: Final = 22
_TOP: Final = 44
_INDENT: Final = 14
_TICKS: Final = 5
_LABEL_CHARACTERS: Final = 44
_LEAST_WIDTH: Final = 1.5
"""A span too short to be seen is seen all the same."""

_KIND_OF_STATE: Final = {
    "SUCCESS": Kind.DONE,
    "ERROR": Kind.FAILED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": Kind.FAILED,
    "CANCELLED": Kind.CANCELLED,
    "ENQUEUED": Kind.WAITING,
    "DELAYED": Kind.WAITING,
}


def step_bars(workflow: Workflow, steps: Iterable[WorkflowStep]) -> list[Bar]:
    """Return a workflow's waiting and running, and below it the steps whose times DBOS has recorded."""
    bars = []
    created = _time(workflow, "create_time")
    ended = _time(workflow, "complete_time") or datetime.now(UTC)
    started = _time(workflow, "start_time")
    kind = _KIND_OF_STATE.get(state_name(workflow.state, workflow.raw_status), Kind.RUNNING)
    if created is not None and (started or ended) > created:
        bars.append(Bar("waiting", created, started or ended, Kind.WAITING))
    if started is not None:
        bars.append(Bar(workflow.name, started, max(ended, started), kind))
    for step in steps:
        step_start, step_end = _time(step, "start_time"), _time(step, "complete_time")
        if step_start is not None and step_end is not None:
            label = f"{step.step_id} {step.name}"
            bars.append(Bar(label, step_start, max(step_end, step_start), Kind.FAILED if step.failed else Kind.DONE, 1))
    return bars


def tree_bars(root: WorkflowTreeNode) -> list[Bar]:
    """Return a bar for each workflow of a tree, from its creation to its end, children below their parents."""
    return list(_node_bars(root, 0))


def _node_bars(node: WorkflowTreeNode, indent: int) -> Iterator[Bar]:
    created = _time(node, "create_time")
    if created is not None:
        ended = _time(node, "complete_time") or datetime.now(UTC)
        kind = _KIND_OF_STATE.get(state_name(node.state, node.raw_status), Kind.RUNNING)
        yield Bar(f"{node.workflow_id} {node.name}", created, max(ended, created), kind, indent)
    for relative in (*node.children, *node.forks):
        yield from _node_bars(relative, indent + 1)


def svg(title: str, bars: Sequence[Bar]) -> str:
    """Return the bars as an SVG document."""
    start = min((bar.start for bar in bars), default=datetime.now(UTC))
    whole = max((bar.end for bar in bars), default=start) - start or timedelta(milliseconds=1)
    height = _TOP + _ROW * len(bars) + 40
    width = _LABEL_WIDTH + _PLOT_WIDTH + _RIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' font-family="system-ui, sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="8" y="18" font-size="14" font-weight="600">{_text(title, _LABEL_CHARACTERS * 2)}'
        f"  ({short_duration(whole)})</text>",
    ]
    bottom = _TOP + _ROW * len(bars)
    for tick in range(_TICKS + 1):
        x = _LABEL_WIDTH + _PLOT_WIDTH * tick / _TICKS
        lines.append(f'<line x1="{x:.1f}" y1="{_TOP - 8}" x2="{x:.1f}" y2="{bottom}" stroke="#e3e6ea"/>')
        lines.append(
            f'<text x="{x:.1f}" y="{_TOP - 12}" fill="#68707c" text-anchor="middle">'
            f"{short_duration(whole * tick / _TICKS)}</text>"
        )
    for row, bar in enumerate(bars):
        lines += _row(bar, _TOP + _ROW * row, start, whole)
    lines += _legend(bottom + 14)
    return "\n".join([*lines, "</svg>"])


def _row(bar: Bar, top: float, start: datetime, whole: timedelta) -> Iterator[str]:
    x = _LABEL_WIDTH + _PLOT_WIDTH * ((bar.start - start) / whole)
    width = max(_LEAST_WIDTH, _PLOT_WIDTH * ((bar.end - bar.start) / whole))
    took = short_duration(bar.end - bar.start)
    label = _text(bar.label, _LABEL_CHARACTERS - 2 * bar.indent)
    yield f'<text x="{8 + _INDENT * bar.indent}" y="{top + 15}">{label}</text>'
    yield (
        f'<rect x="{x:.1f}" y="{top + 4}" width="{width:.1f}" height="{_ROW - 8}" rx="2" fill="{bar.kind.value}">'
        f"<title>{_text(bar.label, 1000)}: {took}</title></rect>"
    )
    yield f'<text x="{x + width + 4:.1f}" y="{top + 15}" fill="#68707c" font-size="11">{took}</text>'


def _legend(top: float) -> Iterator[str]:
    for place, kind in enumerate(Kind):
        x = _LABEL_WIDTH + 100 * place
        yield f'<rect x="{x}" y="{top}" width="10" height="10" rx="2" fill="{kind.value}"/>'
        yield f'<text x="{x + 15}" y="{top + 9}" fill="#68707c" font-size="11">{kind.name.lower()}</text>'


def _text(text: str, at_most: int) -> str:
    shown = printable(text)
    return escape(shown if len(shown) <= at_most else shown[: at_most - 1] + "…")


def _time(message: Message, field: str) -> datetime | None:
    instant: datetime | None = getattr(message, field).ToDatetime(UTC) if message.HasField(field) else None
    return instant
