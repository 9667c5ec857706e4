"""Commands that look at workflows: list, count, get, steps, tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final

import click
from rich.text import Text
from rich.tree import Tree

from workflow_control_client import WorkflowControlClient, WorkflowFilter, WorkflowGrouping, WorkflowOrder, WorkflowView
from workflow_control_client.cli import mermaid, timeline
from workflow_control_client.cli.options import filter_options, limit_option, output_option, with_client
from workflow_control_client.cli.output import (
    Column,
    Output,
    age,
    duration_text,
    local_time,
    payload_text,
    printable,
    short_duration,
    styled_state,
    time_between,
)
from workflow_control_client.cli.values import DURATION, EnumType
from workflowcontrol.v1.types_pb2 import Workflow, WorkflowStep
from workflowcontrol.v1.workflow_aggregates_pb2 import WorkflowAggregate
from workflowcontrol.v1.workflow_tree_pb2 import GetWorkflowTreeResponse, WorkflowTreeNode

_ORDERS: Final = EnumType(WorkflowOrder.items(), "WORKFLOW_ORDER_")
_GROUPINGS: Final = EnumType(WorkflowGrouping.items(), "WORKFLOW_GROUPING_")
_PICTURE_OPTION: Final = click.option(
    "-o",
    "--output",
    type=click.Choice(["table", "json", "mermaid", "svg"]),
    default="table",
    show_default=True,
    help="For people, for programs, or as a picture.",
)

WORKFLOW_COLUMNS: Final[Sequence[Column[Workflow]]] = (
    Column("WORKFLOW", lambda workflow: workflow.workflow_id, whole=True),
    Column("STATE", lambda workflow: styled_state(workflow.state, workflow.raw_status), whole=True),
    Column("NAME", lambda workflow: workflow.name),
    Column("QUEUE", lambda workflow: workflow.queue_name),
    Column("AGE", lambda workflow: age(workflow, "create_time"), whole=True, right=True),
    Column("TOOK", lambda workflow: _took(workflow), whole=True, right=True),
)

_GROUP_COLUMNS: Final[Mapping[str, Column[WorkflowAggregate]]] = {
    "state": Column("STATE", lambda group: styled_state(group.state, group.raw_status), whole=True),
    "name": Column("NAME", lambda group: group.name),
    "queue": Column("QUEUE", lambda group: group.queue_name),
    "version": Column("VERSION", lambda group: group.application_version),
    "executor": Column("EXECUTOR", lambda group: group.executor_id),
    "application": Column("APPLICATION", lambda group: group.application_name),
    "time_bucket": Column("FROM", lambda group: local_time(group, "bucket_start"), whole=True),
}
_FIGURE_COLUMNS: Final[Sequence[Column[WorkflowAggregate]]] = (
    Column("COUNT", lambda group: str(group.count), whole=True, right=True),
    Column("OLDEST", lambda group: age(group, "oldest_create_time"), whole=True, right=True),
    Column("LONGEST WAIT", lambda group: duration_text(group, "longest_queue_wait"), right=True),
    Column("LONGEST RUN", lambda group: duration_text(group, "longest_latency"), right=True),
)


@click.command("list")
@filter_options
@click.option("--order", type=_ORDERS, default="created_desc", show_default=True, help="Newest or oldest first.")
@click.option("--full", is_flag=True, help="Read inputs, outputs and errors as well; for -o json.")
@limit_option
@output_option
@with_client
def list_(
    client: WorkflowControlClient, filter: WorkflowFilter, order: str, full: bool, limit: int | None, output: Output
) -> None:
    """List workflows."""
    view = WorkflowView.WORKFLOW_VIEW_FULL if full else WorkflowView.WORKFLOW_VIEW_BASIC
    workflows = client.list_workflows(
        filter,
        view=view,
        order=WorkflowOrder.ValueType(_ORDERS.number(order)),
        page_size=0 if limit is None else min(limit + 1, 1000),
    )
    output.items(workflows, WORKFLOW_COLUMNS, limit)


@click.command()
@filter_options
@click.option("--by", "groupings", type=_GROUPINGS, multiple=True, help="Count each group by itself. Repeatable.")
@click.option("--bucket", type=DURATION, help="The length of a time bucket, with --by time_bucket.")
@output_option
@with_client
def count(
    client: WorkflowControlClient,
    filter: WorkflowFilter,
    groupings: tuple[str, ...],
    bucket: timedelta | None,
    output: Output,
) -> None:
    """Count workflows, or groups of them: how many, how old the oldest is, how long they waited and took at most."""
    if groupings:
        group_by = [WorkflowGrouping.ValueType(number) for number in _GROUPINGS.numbers(groupings)]
        groups = client.aggregate_workflows(filter, group_by=group_by, bucket=bucket)
        output.items(groups, [*(_GROUP_COLUMNS[name] for name in groupings), *_FIGURE_COLUMNS], None)
        return
    response = client.count_workflows(filter)
    if output.as_json:
        output.document(response)
    else:
        click.echo(response.count)


@click.command()
@click.argument("workflow_id")
@output_option
@with_client
def get(client: WorkflowControlClient, workflow_id: str, output: Output) -> None:
    """Show one workflow."""
    output.record(client.get_workflow(workflow_id).workflow)


@click.command()
@click.argument("workflow_id")
@click.option("--outputs", is_flag=True, help="Read what each step returned or raised as well.")
@limit_option
@_PICTURE_OPTION
@with_client
def steps(client: WorkflowControlClient, workflow_id: str, outputs: bool, limit: int | None, output: str) -> None:
    """Show the recorded steps of a workflow."""
    recorded = client.list_workflow_steps(workflow_id, include_output=outputs)
    if output in ("table", "json"):
        columns = (*_STEP_COLUMNS, _OUTPUT_COLUMN) if outputs else _STEP_COLUMNS
        Output(as_json=output == "json").items(recorded, columns, limit)
        return
    workflow = client.get_workflow(workflow_id, view=WorkflowView.WORKFLOW_VIEW_BASIC).workflow
    bars = timeline.step_bars(workflow, recorded)
    click.echo(mermaid.gantt(workflow_id, bars) if output == "mermaid" else timeline.svg(workflow_id, bars))


@click.command()
@click.argument("workflow_id")
@click.option("--depth", type=click.IntRange(1), default=10, show_default=True, help="Levels up, and down.")
@_PICTURE_OPTION
@with_client
def tree(client: WorkflowControlClient, workflow_id: str, depth: int, output: str) -> None:
    """Show what a workflow comes from, and its children and forks."""
    response = client.get_workflow_tree(workflow_id, max_depth=depth)
    match output:
        case "json":
            Output(as_json=True).document(response)
        case "mermaid":
            click.echo(mermaid.graph(response))
        case "svg":
            click.echo(timeline.svg(workflow_id, timeline.tree_bars(response.root)))
        case _:
            Output(as_json=False).console.print(_tree(response))


def _took(workflow: Workflow) -> str:
    """Return how long it has run so far, or had when it ended."""
    passed = time_between(workflow, "start_time", "complete_time")
    return "" if passed is None else short_duration(passed)


def _step_took(step: WorkflowStep) -> str:
    if not step.HasField("complete_time"):
        return ""
    passed = time_between(step, "start_time", "complete_time")
    return "" if passed is None else short_duration(passed)


_STEP_COLUMNS: Final[Sequence[Column[WorkflowStep]]] = (
    Column("STEP", lambda step: str(step.step_id), whole=True, right=True),
    Column("NAME", lambda step: step.name),
    Column(
        "RESULT", lambda step: Text("failed", style="red") if step.failed else Text("done", style="green"), whole=True
    ),
    Column("STARTED", lambda step: local_time(step, "start_time"), whole=True),
    Column("TOOK", _step_took, whole=True, right=True),
    Column("CHILD", lambda step: step.child_workflow_id),
)
_OUTPUT_COLUMN: Final[Column[WorkflowStep]] = Column(
    "OUTPUT", lambda step: payload_text(step.error if step.failed else step.output)
)


def _tree(response: GetWorkflowTreeResponse) -> Tree:
    """Return the tree, with the chain of its ancestors above it, oldest first."""
    top: Tree | None = None
    above: Tree | None = None
    for ancestor in reversed(response.ancestors):
        line = _node_line(ancestor)
        above = Tree(line) if above is None else above.add(line)
        top = top or above
    line = _node_line(response.root)
    line.stylize("bold", 0, len(response.root.workflow_id))
    root = Tree(line) if above is None else above.add(line)
    _grow(root, response.root)
    if response.ancestors_truncated and top is not None:
        top.label = Text("… ") + top.label if isinstance(top.label, Text) else top.label
    return top or root


def _grow(branch: Tree, node: WorkflowTreeNode) -> None:
    for relation, relative in _relatives(node):
        _grow(branch.add(Text(relation, style="dim") + _node_line(relative)), relative)
    if node.truncated:
        branch.add(Text("… more below: --depth", style="dim"))


def _relatives(node: WorkflowTreeNode) -> Iterator[tuple[str, WorkflowTreeNode]]:
    yield from (("", child) for child in node.children)
    yield from (("fork ", fork) for fork in node.forks)


def _node_line(node: WorkflowTreeNode) -> Text:
    line = Text(printable(node.workflow_id))
    line.append("  ")
    line.append_text(styled_state(node.state, node.raw_status))
    took = time_between(node, "create_time", "complete_time")
    line.append(printable(f"  {node.name}"))
    if took is not None:
        line.append(f"  {short_duration(took)}", style="dim")
    return line
