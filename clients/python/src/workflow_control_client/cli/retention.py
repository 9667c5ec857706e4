"""Commands that end what has lasted long enough."""

from __future__ import annotations

from datetime import datetime

import click

from workflow_control_client import WorkflowControlClient
from workflow_control_client.cli.options import confirm, mutation_options, output_option, with_client, yes_option
from workflow_control_client.cli.output import Output
from workflow_control_client.cli.values import AGO
from workflow_control_client.cli.workflows import Mutation


@click.command("collect-garbage")
@click.option("--before", "cutoff_time", type=AGO, help="What ended before this time, or longer ago than this: 30d.")
@click.option("--keep-newest", type=click.IntRange(0), default=0, help="Keep this many that ended last.")
@yes_option
@mutation_options
@output_option
@with_client
def collect_garbage(
    client: WorkflowControlClient,
    cutoff_time: datetime | None,
    keep_newest: int,
    yes: bool,
    mutation: Mutation,
    output: Output,
) -> None:
    """Delete workflows that ended long ago, with all that belongs to them, call by call until none is left.

    --validate-only shows what the first call would delete.
    """
    if cutoff_time is None and not keep_newest:
        raise click.UsageError("say what to keep: --before, --keep-newest, or both")
    if mutation["validate_only"]:
        output.record(client.collect_garbage(cutoff_time=cutoff_time, keep_newest=keep_newest, **mutation))
        return
    confirm("Delete workflows that ended long ago for good?", yes=yes)
    rounds = _without_preview(mutation)
    for response in client.collect_all_garbage(cutoff_time=cutoff_time, keep_newest=keep_newest, **rounds):
        output.progress(response, f"deleted {response.deleted_workflow_count}, key {response.idempotency.request_key}")


@click.command("cancel-overdue")
@click.option(
    "--before",
    "cutoff_time",
    type=AGO,
    required=True,
    help="What was created before this time, or longer ago than this: 2d.",
)
@click.option("--application", "application_names", multiple=True, help="Only of this application. Repeatable.")
@yes_option
@mutation_options
@output_option
@with_client
def cancel_overdue(
    client: WorkflowControlClient,
    cutoff_time: datetime,
    application_names: tuple[str, ...],
    yes: bool,
    mutation: Mutation,
    output: Output,
) -> None:
    """Cancel workflows that were created long ago and have not ended, call by call until none is left.

    --validate-only shows what the first call would cancel.
    """
    if mutation["validate_only"]:
        response = client.cancel_overdue_workflows(
            cutoff_time=cutoff_time, application_names=application_names, **mutation
        )
        output.record(response)
        return
    confirm("Cancel all that have not ended?", yes=yes)
    rounds = _without_preview(mutation)
    for response in client.cancel_all_overdue_workflows(
        cutoff_time=cutoff_time, application_names=application_names, **rounds
    ):
        cancelled = response.cancelled_workflow_count
        output.progress(response, f"cancelled {cancelled}, key {response.idempotency.request_key}")


def _without_preview(mutation: Mutation) -> Mutation:
    return {name: value for name, value in mutation.items() if name != "validate_only"}
