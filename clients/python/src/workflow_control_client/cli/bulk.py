"""The group bulk: operations on many workflows, which go on in the background."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import IO, Any, Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from workflow_control_client import (
    BulkCancel,
    BulkDelete,
    BulkFork,
    BulkItemOutcome,
    BulkOperation,
    BulkOperationItem,
    BulkOperationState,
    BulkRestart,
    BulkResume,
    WorkflowControlClient,
    WorkflowFilter,
)
from workflow_control_client.calls import duration
from workflow_control_client.cli.options import (
    confirm,
    current_session,
    filter_options,
    fork_start_options,
    limit_option,
    mutation_options,
    output_option,
    with_client,
    yes_option,
)
from workflow_control_client.cli.output import Column, Output, age, printable
from workflow_control_client.cli.reads import WORKFLOW_COLUMNS
from workflow_control_client.cli.values import DURATION, EnumType
from workflow_control_client.cli.workflows import Mutation

_STATES: Final = EnumType(BulkOperationState.items(), "BULK_OPERATION_STATE_")
_OUTCOMES: Final = EnumType(BulkItemOutcome.items(), "BULK_ITEM_OUTCOME_")


def _state(operation: BulkOperation) -> str:
    return BulkOperationState.Name(operation.state).removeprefix("BULK_OPERATION_STATE_")


def _settled(operation: BulkOperation) -> int:
    return operation.applied_count + operation.unchanged_count + operation.failed_count


def _summary(operation: BulkOperation) -> str:
    found = f"{operation.found_count}{'' if operation.selection_complete else ' found so far'}"
    return (
        f"{_state(operation)}: {_settled(operation)} of {found}: {operation.applied_count} applied, "
        f"{operation.unchanged_count} unchanged, {operation.failed_count} failed"
    )


def _result(item: BulkOperationItem) -> str:
    if item.error_reason:
        return f"{item.error_reason}: {item.error_message}"
    return item.result or item.new_workflow_id


_OPERATION_COLUMNS: Final[Sequence[Column[BulkOperation]]] = (
    Column("OPERATION", lambda operation: operation.operation_id, whole=True),
    Column("STATE", _state, whole=True),
    Column("ACTION", lambda operation: (operation.WhichOneof("action") or "").upper()),
    Column("FOUND", lambda operation: str(operation.found_count), right=True),
    Column("APPLIED", lambda operation: str(operation.applied_count), right=True),
    Column("UNCHANGED", lambda operation: str(operation.unchanged_count), right=True),
    Column("FAILED", lambda operation: str(operation.failed_count), right=True),
    Column("AGE", lambda operation: age(operation, "create_time"), right=True, whole=True),
    Column("REASON", lambda operation: operation.reason),
)
_ITEM_COLUMNS: Final[Sequence[Column[BulkOperationItem]]] = (
    Column("WORKFLOW", lambda item: item.workflow_id, whole=True),
    Column("OUTCOME", lambda item: BulkItemOutcome.Name(item.outcome).removeprefix("BULK_ITEM_OUTCOME_"), whole=True),
    Column("RESULT", _result),
)


@click.group()
def bulk() -> None:
    """Change many workflows in the background, each exactly once.

    \b
    Which ones: ids, or the options of a filter. Before it starts, it asks:
      workflow-control bulk cancel --queue orders --state enqueued
    """


_Start = Callable[..., None]
"""Starts the operation that its one keyword argument says: `cancel=BulkCancel()`, say."""


def _starting(command: Callable[..., None]) -> Callable[..., None]:
    """Add what every operation takes, and hand the command a `_Start`."""

    @click.argument("workflow_ids", metavar="[WORKFLOW_ID]...", nargs=-1)
    @click.option("--ids-from", type=click.File(), help="A file with an id a line; - is the standard input.")
    @filter_options
    @click.option("--max", "max_workflows", type=click.IntRange(1), default=None, help="To this many at most.")
    @click.option(
        "--rate", "max_per_second", type=click.IntRange(1), default=None, help="This many per second at most."
    )
    @click.option("--detach", is_flag=True, help="Do not wait for its end.")
    @yes_option
    @mutation_options
    @output_option
    @with_client
    @functools.wraps(command)
    def run(
        client: WorkflowControlClient,
        *,
        workflow_ids: tuple[str, ...],
        ids_from: IO[str] | None,
        filter: WorkflowFilter,
        max_workflows: int | None,
        max_per_second: int | None,
        detach: bool,
        yes: bool,
        mutation: Mutation,
        output: Output,
        **options: Any,
    ) -> None:
        named = [*workflow_ids, *(() if ids_from is None else _ids(ids_from))]
        filtered = filter != WorkflowFilter()
        if bool(named) == filtered:
            raise click.UsageError("say which workflows: by their ids, or by the options of a filter")
        which: Mapping[str, Any] = {
            "workflow_ids": named,
            "filter": filter if filtered else None,
            "max_workflows": max_workflows or 0,
            "max_per_second": max_per_second or 0,
        }

        def start(**action: Any) -> None:
            if mutation["validate_only"]:
                _show_preview(client, {**which, **action, **mutation}, output)
                return
            if not yes:
                [verb] = action
                confirm(_question(client, verb, {**which, **action, **mutation}), yes=False)
            started = client.start_bulk_operation(**which, **action, **mutation)
            if detach or output.as_json:
                output.record(started)
            else:
                key = started.idempotency.request_key
                click.echo(printable(f"operation {started.bulk_operation.operation_id}, request key {key}"))
            if not detach:
                _follow(client, started.bulk_operation.operation_id, output)

        command(start, **options)

    return run


def _ids(lines: Iterable[str]) -> Iterator[str]:
    return (stripped for line in lines if (stripped := line.strip()))


def _show_preview(client: WorkflowControlClient, request: Mapping[str, Any], output: Output) -> None:
    response = client.start_bulk_operation(**request)
    if output.as_json:
        output.document(response)
        return
    output.items(response.preview.sample, WORKFLOW_COLUMNS, None)
    click.echo(_counted(response.preview.workflow_count, complete=response.preview.count_complete))


def _question(client: WorkflowControlClient, verb: str, request: Mapping[str, Any]) -> str:
    """Say how many workflows there are to change, where the server could find that in time."""
    response = client.start_bulk_operation(**{**request, "validate_only": True})
    preview = response.preview
    many = _counted(preview.workflow_count, complete=preview.count_complete) if response.HasField("preview") else "many"
    return f"{verb.capitalize()} {many}?"


def _counted(count: int, *, complete: bool) -> str:
    workflows = "workflow" if complete and count == 1 else "workflows"
    return f"{count} {workflows}" if complete else f"more than {count} {workflows}"


def _follow(client: WorkflowControlClient, operation_id: str, output: Output) -> None:
    """Show the progress to the end; the exit code says whether all went well."""
    try:
        last = _last_shown(client.follow_bulk_operation(operation_id), output)
    except KeyboardInterrupt:
        click.echo(f"\nIt goes on without you: workflow-control bulk follow {operation_id}, or bulk stop.", err=True)
        # It was started: to say that it can be started again would mislead.
        current_session().request_key = None
        raise
    if not output.as_json:
        click.echo(_summary(last))
    if last.state == BulkOperationState.BULK_OPERATION_STATE_PAUSED:
        click.echo(f"To go on: workflow-control bulk continue {operation_id}", err=True)
    if last.state != BulkOperationState.BULK_OPERATION_STATE_COMPLETED or last.failed_count:
        if last.failed_count:
            click.echo(f"Which: workflow-control bulk items {operation_id} --outcome failed", err=True)
        click.get_current_context().exit(1)


def _last_shown(operations: Iterable[BulkOperation], output: Output) -> BulkOperation:
    """Show each state as a document, a bar, or where there is no terminal not at all, up to the end or a pause."""
    last, console = BulkOperation(), Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=output.as_json or not console.is_terminal,
        transient=True,
    ) as progress:
        task = progress.add_task("", total=None)
        for last in operations:
            if output.as_json:
                output.document(last)
            progress.update(
                task,
                description=f"{last.failed_count} failed" if last.failed_count else _state(last).lower(),
                total=last.found_count if last.selection_complete else None,
                completed=_settled(last),
            )
            if last.state == BulkOperationState.BULK_OPERATION_STATE_PAUSED:
                break
    return last


@bulk.command("cancel")
@click.option("--cascade", is_flag=True, help="Their children too, and theirs.")
@click.option("--allow-missing", is_flag=True, help="Those that are gone by then have not failed.")
@_starting
def bulk_cancel(start: _Start, cascade: bool, allow_missing: bool) -> None:
    """Cancel workflows."""
    start(cancel=BulkCancel(cascade=cascade, allow_missing=allow_missing))


@bulk.command("resume")
@click.option("--to-queue", "queue_name", default="", help="The queue.  [default: DBOS's internal queue]")
@_starting
def bulk_resume(start: _Start, queue_name: str) -> None:
    """Let workflows go on from their last recorded steps."""
    start(resume=BulkResume(queue_name=queue_name))


@bulk.command("fork")
@fork_start_options
@click.option("--to-version", "application_version", default="", help="The copies' version.  [default: the same]")
@click.option(
    "--to-latest-version", "use_latest_version", is_flag=True, help="Leave them to the latest version's workers."
)
@click.option("--to-queue", "queue_name", default="", help="The queue.  [default: DBOS's internal queue]")
@click.option("--to-partition", "queue_partition_key", default="", help="The partition of a partitioned queue.")
@click.option("--run-timeout", type=DURATION, help="How long each copy may run.")
@_starting
def bulk_fork(start: _Start, fork_from: Mapping[str, Any], run_timeout: timedelta | None, **options: Any) -> None:
    """Run workflows again as new ones, from one of their steps; from the beginning unless told."""
    start(fork=BulkFork(timeout=duration(run_timeout), **options, **fork_from))


@bulk.command("restart")
@click.option("--to-version", "application_version", default="", help="The copies' version.  [default: the same]")
@click.option("--to-queue", "queue_name", default="", help="The queue.  [default: DBOS's internal queue]")
@_starting
def bulk_restart(start: _Start, application_version: str, queue_name: str) -> None:
    """Run workflows again from the beginning, as new ones."""
    start(restart=BulkRestart(application_version=application_version, queue_name=queue_name))


@bulk.command("delete")
@click.option("--cascade", is_flag=True, help="Their children too, and theirs.")
@click.option("--allow-missing", is_flag=True, help="Those that are gone by then have not failed.")
@click.option("--force", is_flag=True, help="Even those that have not ended.")
@_starting
def bulk_delete(start: _Start, cascade: bool, allow_missing: bool, force: bool) -> None:
    """Delete workflows and all that belongs to them."""
    start(delete=BulkDelete(cascade=cascade, allow_missing=allow_missing, force=force))


@bulk.command("list")
@click.option("--state", "states", type=_STATES, multiple=True, help="Only in this state. Repeatable.")
@limit_option
@output_option
@with_client
def bulk_list(client: WorkflowControlClient, states: tuple[str, ...], limit: int | None, output: Output) -> None:
    """List operations, the newest first."""
    numbers = [BulkOperationState.ValueType(number) for number in _STATES.numbers(states)]
    output.items(client.list_bulk_operations(states=numbers), _OPERATION_COLUMNS, limit)


@bulk.command("get")
@click.argument("operation_id", metavar="OPERATION")
@output_option
@with_client
def bulk_get(client: WorkflowControlClient, operation_id: str, output: Output) -> None:
    """Show an operation and its progress."""
    output.record(client.get_bulk_operation(operation_id).bulk_operation)


@bulk.command("follow")
@click.argument("operation_id", metavar="OPERATION")
@output_option
@with_client
def bulk_follow(client: WorkflowControlClient, operation_id: str, output: Output) -> None:
    """Show an operation's progress to its end; the exit code is 1 unless all went well."""
    _follow(client, operation_id, output)


@bulk.command("items")
@click.argument("operation_id", metavar="OPERATION")
@click.option("--outcome", "outcomes", type=_OUTCOMES, multiple=True, help="Only with this outcome. Repeatable.")
@limit_option
@output_option
@with_client
def bulk_items(
    client: WorkflowControlClient, operation_id: str, outcomes: tuple[str, ...], limit: int | None, output: Output
) -> None:
    """List an operation's workflows and what became of each."""
    numbers = [BulkItemOutcome.ValueType(number) for number in _OUTCOMES.numbers(outcomes)]
    output.items(client.list_bulk_operation_items(operation_id, outcomes=numbers), _ITEM_COLUMNS, limit)


@bulk.command("pause")
@click.argument("operation_id", metavar="OPERATION")
@mutation_options
@output_option
@with_client
def bulk_pause(client: WorkflowControlClient, operation_id: str, mutation: Mutation, output: Output) -> None:
    """Have an operation wait."""
    output.record(client.pause_bulk_operation(operation_id, **mutation))


@bulk.command("continue")
@click.argument("operation_id", metavar="OPERATION")
@mutation_options
@output_option
@with_client
def bulk_continue(client: WorkflowControlClient, operation_id: str, mutation: Mutation, output: Output) -> None:
    """Have a paused operation go on."""
    output.record(client.continue_bulk_operation(operation_id, **mutation))


@bulk.command("stop")
@click.argument("operation_id", metavar="OPERATION")
@mutation_options
@output_option
@with_client
def bulk_stop(client: WorkflowControlClient, operation_id: str, mutation: Mutation, output: Output) -> None:
    """End an operation before it is done; what it has done stays done."""
    output.record(client.stop_bulk_operation(operation_id, **mutation))
