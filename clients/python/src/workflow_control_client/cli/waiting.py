"""Commands that wait for workflows."""

from __future__ import annotations

import math
import time
from datetime import timedelta
from typing import Final

import click

from workflow_control_client import WorkflowControlClient
from workflow_control_client.cli.options import output_option, with_client
from workflow_control_client.cli.output import Output
from workflow_control_client.cli.reads import WORKFLOW_COLUMNS
from workflow_control_client.cli.values import DURATION
from workflowcontrol.v1.workflow_waiting_pb2 import AWAIT_MODE_ALL, AWAIT_MODE_FIRST

_ONE_CALL_S: Final = 20.0
"""Below what a server lets a call take, so that a longer wait is several calls."""


@click.command("wait")
@click.argument("workflow_ids", metavar="WORKFLOW_ID...", nargs=-1, required=True)
@click.option("--first", is_flag=True, help="Until the first one has ended, in place of all.")
@click.option("--for", "patience", type=DURATION, help="How long at most.  [default: until interrupted]")
@output_option
@with_client
def wait(
    client: WorkflowControlClient,
    workflow_ids: tuple[str, ...],
    first: bool,
    patience: timedelta | None,
    output: Output,
) -> None:
    """Wait until workflows have ended, and show them. Exit code 1: the time was up first; 3: one is not there."""
    give_up_at = math.inf if patience is None else time.monotonic() + patience.total_seconds()
    mode = AWAIT_MODE_FIRST if first else AWAIT_MODE_ALL
    done = False
    while not done:
        remaining_s = max(0.0, give_up_at - time.monotonic())
        timeout_s = min(remaining_s, _ONE_CALL_S)
        response = client.await_workflows(
            workflow_ids, mode=mode, timeout=timedelta(milliseconds=round(timeout_s * 1000))
        )
        done = response.done or remaining_s <= _ONE_CALL_S
    output.items(response.workflows, WORKFLOW_COLUMNS, None)
    for workflow_id in response.missing_workflow_ids:
        click.echo(f"There is no workflow {workflow_id!r}.", err=True)
    context = click.get_current_context()
    if not response.done:
        context.exit(1)
    if response.missing_workflow_ids:
        context.exit(3)
