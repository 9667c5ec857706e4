"""Workflows as Mermaid: diagrams as text, which many tools show as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from workflow_control_client.cli.output import printable, short_duration, state_name
from workflow_control_client.cli.timeline import Bar, Kind
from workflowcontrol.v1.workflow_tree_pb2 import GetWorkflowTreeResponse, WorkflowTreeNode

_PLAIN: Final = frozenset(" -_./@+=")
_GANTT_TAGS: Final = {
    Kind.WAITING: "",
    Kind.RUNNING: "active, ",
    Kind.DONE: "done, ",
    Kind.FAILED: "crit, ",
    Kind.CANCELLED: "crit, ",
}


def graph(response: GetWorkflowTreeResponse) -> str:
    """Return a tree of workflows as a flowchart: lines lead to children, dotted ones to forks."""
    return "\n".join(["flowchart TD", *_graph_lines(response)])


def gantt(title: str, bars: Sequence[Bar]) -> str:
    """Return bars of time as a Gantt chart, in milliseconds since the epoch."""
    lines = ["gantt", f"  title {_text(title)}", "  dateFormat x", "  axisFormat %H:%M:%S"]
    for number, bar in enumerate(bars):
        start, end = (round(instant.timestamp() * 1000) for instant in (bar.start, bar.end))
        took = _text(short_duration(bar.end - bar.start))
        # A bar without any length is not drawn.
        lines.append(f"  {_text(bar.label)} ({took}) :{_GANTT_TAGS[bar.kind]}b{number}, {start}, {max(end, start + 1)}")
    return "\n".join(lines)


def _graph_lines(response: GetWorkflowTreeResponse) -> Iterator[str]:
    names = (f"w{number}" for number in count())
    above = ""
    for ancestor in reversed(response.ancestors):
        name = next(names)
        yield _node(name, ancestor)
        if above:
            yield f"  {above} --> {name}"
        above = name
    yield from _subtree(response.root, names, f"{above} -->" if above else "")


def _subtree(node: WorkflowTreeNode, names: Iterator[str], edge: str) -> Iterator[str]:
    name = next(names)
    yield _node(name, node)
    if edge:
        yield f"  {edge} {name}"
    for child in node.children:
        yield from _subtree(child, names, f"{name} -->")
    for fork in node.forks:
        yield from _subtree(fork, names, f"{name} -. fork .->")


def _node(name: str, node: WorkflowTreeNode) -> str:
    state = state_name(node.state, node.raw_status)
    return f'  {name}["{_text(node.workflow_id)}<br/>{_text(node.name)}<br/>{_text(state)}"]'


def _text(text: str) -> str:
    """Return the text with everything that Mermaid could take for its own syntax as entities."""
    return "".join(
        character if character.isalnum() or character in _PLAIN else f"#{ord(character)};"
        for character in printable(text)
    )
