"""Commands that change workflows. Each prints what became of it and its request key, by which it can be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import click

from workflow_control_client import UpdateWorkflowAttributesRequest, WorkflowControlClient, debounce, new_workflow
from workflow_control_client.cli.options import (
    confirm,
    fork_start_options,
    mutation_options,
    output_option,
    with_client,
    yes_option,
)
from workflow_control_client.cli.output import Output
from workflow_control_client.cli.values import DURATION, FROM_NOW, JSON, JSON_OBJECT

Mutation = Mapping[str, Any]


@click.command()
@click.argument("workflow_name", metavar="NAME")
@click.argument("args", type=JSON, nargs=-1, metavar="[ARG]...")
@click.option("--named", "named", multiple=True, metavar="NAME=VALUE", help="An argument by name. Repeatable.")
@click.option("--id", "workflow_id", default="", help="Its id.  [default: derived from the request key]")
@click.option("--queue", "queue_name", default="", help="The queue.  [default: DBOS's internal queue]")
@click.option("--class-name", default="", help="The class of the function.")
@click.option("--config-name", default="", help="The configured instance.")
@click.option("--version", "application_version", default="", help="The application version to bind it to.")
@click.option("--application", "application_name", default="", help="The application that is to own it.")
@click.option("--deduplication-id", default="", help="Keeps others with this id out of the queue until it ends.")
@click.option("--return-existing", is_flag=True, help="Answer with the holder of the deduplication id.")
@click.option("--priority", type=click.IntRange(0), default=0, help="Lower runs first.")
@click.option("--partition-key", "queue_partition_key", default="", help="The partition of a partitioned queue.")
@click.option("--run-timeout", "run_timeout", type=DURATION, help="How long it may run.")
@click.option("--deadline", type=FROM_NOW, help="When it is to be cancelled, or in how long.")
@click.option("--delay", type=DURATION, help="How long workers leave it.")
@click.option("--delay-until", type=FROM_NOW, help="Until when workers leave it.")
@click.option("--user", "authenticated_user", default="", help="On whose behalf it runs.")
@click.option("--role", "authenticated_roles", multiple=True, help="The user's roles. Repeatable.")
@click.option("--attributes", type=JSON_OBJECT, help="Its attributes, as a JSON object.")
@click.option("--debounce-key", help="Start it only when no more such calls come; with --debounce-period.")
@click.option("--debounce-period", type=DURATION, help="How long to wait for more calls.")
@click.option("--debounce-timeout", type=DURATION, help="How long calls may put it off at most.")
@click.option("--python-native", is_flag=True, help="Permit a Python pickle, for DBOS before 2.14.")
@mutation_options
@output_option
@with_client
def start(
    client: WorkflowControlClient,
    workflow_name: str,
    args: tuple[Any, ...],
    named: tuple[str, ...],
    run_timeout: timedelta | None,
    debounce_key: str | None,
    debounce_period: timedelta | None,
    debounce_timeout: timedelta | None,
    mutation: Mutation,
    output: Output,
    **options: Any,
) -> None:
    """Start a workflow.

    Each ARG is JSON; what is plainly no JSON is text: order-7 is a string, 7 a number, '"7"' a string.
    """
    if (debounce_key is None) != (debounce_period is None):
        raise click.UsageError("--debounce-key and --debounce-period go together")
    if options["delay"] is not None and options["delay_until"] is not None:
        raise click.UsageError("give at most one of --delay and --delay-until")
    debouncing = None
    if debounce_key is not None and debounce_period is not None:
        debouncing = debounce(debounce_key, debounce_period, timeout=debounce_timeout)
    workflow = new_workflow(
        workflow_name, *args, named_args=_named_args(named), timeout=run_timeout, debounce=debouncing, **options
    )
    output.record(client.start_workflow(workflow, **mutation))


@click.command()
@click.argument("workflow_id")
@click.option("--cascade", is_flag=True, help="Its children too, and theirs.")
@click.option("--allow-missing", is_flag=True, help="It is no error if there is none.")
@mutation_options
@output_option
@with_client
def cancel(
    client: WorkflowControlClient,
    workflow_id: str,
    cascade: bool,
    allow_missing: bool,
    mutation: Mutation,
    output: Output,
) -> None:
    """Cancel a workflow."""
    output.record(client.cancel_workflow(workflow_id, cascade=cascade, allow_missing=allow_missing, **mutation))


@click.command()
@click.argument("workflow_id")
@click.option("--queue", "queue_name", default="", help="The queue.  [default: DBOS's internal queue]")
@mutation_options
@output_option
@with_client
def resume(
    client: WorkflowControlClient, workflow_id: str, queue_name: str, mutation: Mutation, output: Output
) -> None:
    """Let a workflow go on from its last recorded step."""
    output.record(client.resume_workflow(workflow_id, queue_name=queue_name, **mutation))


@click.command()
@click.argument("workflow_id")
@fork_start_options
@click.option("--new-id", "new_workflow_id", default="", help="The fork's id.  [default: derived from the request key]")
@click.option("--version", "application_version", default="", help="Its application version.  [default: the same]")
@click.option("--latest-version", "use_latest_version", is_flag=True, help="Leave it to the latest version's workers.")
@click.option("--queue", "queue_name", default="", help="The queue.  [default: DBOS's internal queue]")
@click.option("--partition-key", "queue_partition_key", default="", help="The partition of a partitioned queue.")
@click.option("--run-timeout", "run_timeout", type=DURATION, help="How long it may run.")
@mutation_options
@output_option
@with_client
def fork(
    client: WorkflowControlClient,
    workflow_id: str,
    fork_from: Mapping[str, Any],
    run_timeout: timedelta | None,
    mutation: Mutation,
    output: Output,
    **options: Any,
) -> None:
    """Run a workflow again as a new one, from one of its steps; from the beginning unless told."""
    output.record(client.fork_workflow(workflow_id, timeout=run_timeout, **fork_from, **options, **mutation))


@click.command()
@click.argument("workflow_id")
@click.option("--new-id", "new_workflow_id", default="", help="The copy's id.  [default: derived from the request key]")
@click.option("--version", "application_version", default="", help="Its application version.  [default: the same]")
@click.option("--queue", "queue_name", default="", help="The queue.  [default: DBOS's internal queue]")
@mutation_options
@output_option
@with_client
def restart(
    client: WorkflowControlClient, workflow_id: str, mutation: Mutation, output: Output, **options: Any
) -> None:
    """Run a workflow again from the beginning, as a new one."""
    output.record(client.restart_workflow(workflow_id, **options, **mutation))


@click.command()
@click.argument("workflow_id")
@click.option("--step", "start_step", type=click.IntRange(0), default=0, help="The first step to run again.")
@click.option("--version", "application_version", default="", help="Its application version.  [default: the same]")
@click.option("--queue", "queue_name", default="", help="The queue.  [default: DBOS's internal queue]")
@click.option("--partition-key", "queue_partition_key", default="", help="The partition of a partitioned queue.")
@mutation_options
@output_option
@with_client
def rewind(client: WorkflowControlClient, workflow_id: str, mutation: Mutation, output: Output, **options: Any) -> None:
    """Run a workflow that has ended again from a step, under the same id. What came after is forgotten."""
    output.record(client.rewind_workflow(workflow_id, **options, **mutation))


@click.command()
@click.argument("workflow_id")
@click.option("--cascade", is_flag=True, help="Its children too, and theirs.")
@click.option("--allow-missing", is_flag=True, help="It is no error if there is none.")
@click.option("--force", is_flag=True, help="Even if it has not ended.")
@yes_option
@mutation_options
@output_option
@with_client
def delete(
    client: WorkflowControlClient,
    workflow_id: str,
    cascade: bool,
    allow_missing: bool,
    force: bool,
    yes: bool,
    mutation: Mutation,
    output: Output,
) -> None:
    """Delete a workflow and all that belongs to it."""
    whom = f"{workflow_id} and all its descendants" if cascade else workflow_id
    confirm(f"Delete {whom} for good?", yes=yes or mutation["validate_only"])
    response = client.delete_workflow(
        workflow_id, cascade=cascade, allow_missing=allow_missing, force=force, **mutation
    )
    output.record(response)


@click.command()
@click.argument("workflow_id")
@click.argument("until", type=FROM_NOW)
@mutation_options
@output_option
@with_client
def delay(client: WorkflowControlClient, workflow_id: str, until: datetime, mutation: Mutation, output: Output) -> None:
    """Delay a DELAYED workflow until a time, or by as long from now: 2h."""
    output.record(client.set_workflow_delay(workflow_id, delay_until=until, **mutation))


@click.command()
@click.argument("workflow_id")
@click.argument("priority", type=click.IntRange(0))
@mutation_options
@output_option
@with_client
def priority(
    client: WorkflowControlClient, workflow_id: str, priority: int, mutation: Mutation, output: Output
) -> None:
    """Set the priority of a workflow in a queue; lower runs first."""
    output.record(client.set_workflow_priority(workflow_id, priority, **mutation))


@click.command()
@click.argument("workflow_id")
@click.argument("attributes", type=JSON_OBJECT)
@click.option("--replace", is_flag=True, help="Forget the others, in place of keeping them.")
@mutation_options
@output_option
@with_client
def attributes(
    client: WorkflowControlClient,
    workflow_id: str,
    attributes: dict[str, Any],
    replace: bool,
    mutation: Mutation,
    output: Output,
) -> None:
    """Set attributes of a workflow, as a JSON object."""
    mode = UpdateWorkflowAttributesRequest.MODE_REPLACE if replace else UpdateWorkflowAttributesRequest.MODE_MERGE
    output.record(client.update_workflow_attributes(workflow_id, attributes, mode=mode, **mutation))


def _named_args(named: tuple[str, ...]) -> dict[str, Any] | None:
    values = {}
    for pair in named:
        name, equals, value = pair.partition("=")
        if not name or not equals:
            raise click.UsageError(f"--named {pair!r} is not NAME=VALUE")
        values[name] = JSON.convert(value, None, click.get_current_context())
    return values or None
