"""The command watch: what becomes of workflows, as it happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click
from rich.live import Live

from workflow_control_client import WatchedWorkflows, WatchWorkflowsResponse, WorkflowControlClient, WorkflowFilter
from workflow_control_client.cli.options import filter_options, output_option, with_client
from workflow_control_client.cli.output import Output, state_name, table
from workflow_control_client.cli.reads import WORKFLOW_COLUMNS
from workflowcontrol.v1.types_pb2 import Workflow, WorkflowState
from workflowcontrol.v1.workflow_waiting_pb2 import WorkflowChange

_RUNNING: Final = (
    WorkflowState.WORKFLOW_STATE_PENDING,
    WorkflowState.WORKFLOW_STATE_ENQUEUED,
    WorkflowState.WORKFLOW_STATE_DELAYED,
    WorkflowState.WORKFLOW_STATE_UNSPECIFIED,
)


@click.command()
@click.argument("workflow_ids", metavar="[WORKFLOW_ID]...", nargs=-1)
@filter_options
@click.option("--until-ended", is_flag=True, help="End when none of them runs any more.")
@click.option("--resume-token", default="", help="Go on where an earlier watch ended: a message's token, of -o json.")
@output_option
@with_client
def watch(
    client: WorkflowControlClient,
    workflow_ids: tuple[str, ...],
    filter: WorkflowFilter,
    until_ended: bool,
    resume_token: str,
    output: Output,
) -> None:
    """Watch workflows: a live table in a terminal, else a line per change. It goes on by itself when servers change."""
    filter.workflow_ids.extend(workflow_ids)
    messages = client.watch_workflows(filter, resume_token=resume_token)
    watched = WatchedWorkflows()
    if output.as_json or not output.console.is_terminal:
        for message in messages:
            watched.apply(message)
            if output.as_json:
                output.document(message)
            else:
                for line in _lines(message):
                    output.progress(message, line)
            if until_ended and _have_ended(message, watched):
                return
        return
    with Live(console=output.console, auto_refresh=False) as live:
        for message in messages:
            watched.apply(message)
            # As many as fit, newest first: a table that is longer than the screen cannot be drawn over.
            newest = sorted(watched.workflows.values(), key=_created, reverse=True)
            live.update(table(WORKFLOW_COLUMNS, newest[: max(1, output.console.height - 2)]), refresh=True)
            if until_ended and _have_ended(message, watched):
                return


def _lines(message: WatchWorkflowsResponse) -> Iterator[str]:
    for workflow in message.snapshot.workflows:
        yield f"{workflow.workflow_id} {state_name(workflow.state, workflow.raw_status)}"
    for change in message.changes.changes:
        if change.kind == WorkflowChange.KIND_CHANGED:
            yield f"{change.workflow_id} {state_name(change.workflow.state, change.workflow.raw_status)}"
        else:
            yield f"{change.workflow_id} {WorkflowChange.Kind.Name(change.kind).removeprefix('KIND_').lower()}"


def _have_ended(message: WatchWorkflowsResponse, watched: WatchedWorkflows) -> bool:
    if message.HasField("snapshot") and not message.snapshot.last:
        return False
    return all(workflow.state not in _RUNNING for workflow in watched.workflows.values())


def _created(workflow: Workflow) -> tuple[int, int]:
    return workflow.create_time.seconds, workflow.create_time.nanos
