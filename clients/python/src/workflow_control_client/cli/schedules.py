"""The group schedules: what DBOS's workers start by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import click

from workflow_control_client import WorkflowControlClient, json_value, new_schedule
from workflow_control_client.cli.options import (
    confirm,
    limit_option,
    mutation_options,
    output_option,
    with_client,
    yes_option,
)
from workflow_control_client.cli.output import Column, Output, local_time
from workflow_control_client.cli.values import AGO, FROM_NOW, JSON, EnumType
from workflow_control_client.cli.workflows import Mutation
from workflowcontrol.v1.schedule_control_pb2 import Runtime, Schedule, ScheduledRun, ScheduleState

_RUNTIMES: Final = EnumType(Runtime.items(), "RUNTIME_")
_STATES: Final = EnumType(ScheduleState.items(), "SCHEDULE_STATE_")
_RUNTIME_OPTION: Final = click.option(
    "--runtime", type=_RUNTIMES, help="The language of the workers, where it cannot be told or cron differs."
)

_SCHEDULE_COLUMNS: Final[Sequence[Column[Schedule]]] = (
    Column("SCHEDULE", lambda schedule: schedule.schedule_name, whole=True),
    Column("STATE", lambda schedule: ScheduleState.Name(schedule.state).removeprefix("SCHEDULE_STATE_"), whole=True),
    Column("CRON", lambda schedule: schedule.cron, whole=True),
    Column("TIME ZONE", lambda schedule: schedule.time_zone),
    Column("WORKFLOW", lambda schedule: schedule.workflow_name),
    Column("NEXT RUN", lambda schedule: local_time(schedule, "next_run_time"), whole=True),
    Column("APPLICATION", lambda schedule: schedule.application_name),
)
_RUN_COLUMNS: Final[Sequence[Column[ScheduledRun]]] = (
    Column("RUN", lambda run: local_time(run, "run_time"), whole=True),
    Column("WORKFLOW", lambda run: run.workflow_id, whole=True),
    Column(
        "OUTCOME", lambda run: ScheduledRun.Outcome.Name(run.outcome).removeprefix("OUTCOME_") if run.outcome else ""
    ),
)


def _runtime(name: str | None) -> Runtime.ValueType:
    return Runtime.RUNTIME_UNSPECIFIED if name is None else Runtime.ValueType(_RUNTIMES.number(name))


@click.group()
def schedules() -> None:
    """Schedules, by which DBOS's workers start workflows."""


@schedules.command("list")
@click.option("--prefix", "schedule_name_prefixes", multiple=True, help="Names that begin so. Repeatable.")
@click.option("--state", "states", type=_STATES, multiple=True, help="Only in this state. Repeatable.")
@click.option("--workflow", "workflow_names", multiple=True, help="Only of this workflow function. Repeatable.")
@click.option("--application", "application_names", multiple=True, help="Only of this application. Repeatable.")
@limit_option
@output_option
@with_client
def list_schedules(
    client: WorkflowControlClient, states: tuple[str, ...], limit: int | None, output: Output, **filters: Any
) -> None:
    """List schedules with their next runs."""
    numbers = [ScheduleState.ValueType(number) for number in _STATES.numbers(states)]
    output.items(client.list_schedules(states=numbers, **filters), _SCHEDULE_COLUMNS, limit)


@schedules.command("get")
@click.argument("schedule_name", metavar="SCHEDULE")
@output_option
@with_client
def get_schedule(client: WorkflowControlClient, schedule_name: str, output: Output) -> None:
    """Show a schedule."""
    output.record(client.get_schedule(schedule_name).schedule)


def _definition(command: Any) -> Any:
    """Add what a schedule consists of."""
    for option in reversed(
        (
            click.argument("schedule_name", metavar="SCHEDULE"),
            click.argument("workflow_name", metavar="WORKFLOW"),
            click.argument("cron"),
            click.option("--time-zone", default="", help="An IANA name, such as Europe/Berlin.  [default: UTC]"),
            click.option("--context", type=JSON, help="What each run is given, as JSON."),
            click.option("--class-name", default="", help="The class of the function."),
            _RUNTIME_OPTION,
            click.option("--backfill", "automatic_backfill", is_flag=True, help="Catch up on runs that were missed."),
            click.option("--queue", "queue_name", default="", help="The queue.  [default: DBOS's internal queue]"),
            click.option("--application", "application_name", default="", help="The application that is to own it."),
        )
    ):
        command = option(command)
    return command


@schedules.command("create")
@_definition
@mutation_options
@output_option
@with_client
def create_schedule(
    client: WorkflowControlClient, runtime: str | None, mutation: Mutation, output: Output, **fields: Any
) -> None:
    """Create a schedule: CRON has five or six fields, seconds first, quoted: '0 */5 * * * *'."""
    output.record(client.create_schedule(new_schedule(runtime=_runtime(runtime), **fields), **mutation))


@schedules.command("apply")
@_definition
@mutation_options
@output_option
@with_client
def apply_schedule(
    client: WorkflowControlClient, runtime: str | None, mutation: Mutation, output: Output, **fields: Any
) -> None:
    """Create a schedule, or make an existing one like this."""
    output.record(client.apply_schedules([new_schedule(runtime=_runtime(runtime), **fields)], **mutation))


@schedules.command("update")
@click.argument("schedule_name", metavar="SCHEDULE")
@click.option("--workflow", "workflow_name", help="The workflow function.")
@click.option("--class-name", help="The class of the function.")
@click.option("--cron", help="When.")
@click.option("--time-zone", help="An IANA name, such as Europe/Berlin.")
@click.option("--context", type=JSON, help="What each run is given, as JSON.")
@_RUNTIME_OPTION
@click.option("--backfill/--no-backfill", "automatic_backfill", default=None, help="Catch up on missed runs, or not.")
@click.option("--queue", "queue_name", help="The queue.")
@mutation_options
@output_option
@with_client
def update_schedule(
    client: WorkflowControlClient,
    schedule_name: str,
    runtime: str | None,
    context: Any,
    mutation: Mutation,
    output: Output,
    **fields: Any,
) -> None:
    """Change what is given of a schedule."""
    given = click.get_current_context().get_parameter_source("context")
    value = json_value(context) if given is click.core.ParameterSource.COMMANDLINE else None
    response = client.update_schedule(
        schedule_name, runtime=_runtime(runtime), context_value=value, **fields, **mutation
    )
    output.record(response)


@schedules.command("pause")
@click.argument("schedule_name", metavar="SCHEDULE")
@mutation_options
@output_option
@with_client
def pause_schedule(client: WorkflowControlClient, schedule_name: str, mutation: Mutation, output: Output) -> None:
    """Pause a schedule."""
    output.record(client.pause_schedule(schedule_name, **mutation))


@schedules.command("resume")
@click.argument("schedule_name", metavar="SCHEDULE")
@mutation_options
@output_option
@with_client
def resume_schedule(client: WorkflowControlClient, schedule_name: str, mutation: Mutation, output: Output) -> None:
    """Let a paused schedule go on."""
    output.record(client.resume_schedule(schedule_name, **mutation))


@schedules.command("delete")
@click.argument("schedule_name", metavar="SCHEDULE")
@click.option("--allow-missing", is_flag=True, help="It is no error if there is none.")
@yes_option
@mutation_options
@output_option
@with_client
def delete_schedule(
    client: WorkflowControlClient,
    schedule_name: str,
    allow_missing: bool,
    yes: bool,
    mutation: Mutation,
    output: Output,
) -> None:
    """Delete a schedule; what it has started stays."""
    confirm(f"Delete the schedule {schedule_name}?", yes=yes or mutation["validate_only"])
    output.record(client.delete_schedule(schedule_name, allow_missing=allow_missing, **mutation))


@schedules.command("trigger")
@click.argument("schedule_name", metavar="SCHEDULE")
@_RUNTIME_OPTION
@mutation_options
@output_option
@with_client
def trigger_schedule(
    client: WorkflowControlClient, schedule_name: str, runtime: str | None, mutation: Mutation, output: Output
) -> None:
    """Start a schedule's workflow now."""
    output.record(client.trigger_schedule(schedule_name, runtime=_runtime(runtime), **mutation))


@schedules.command("backfill")
@click.argument("schedule_name", metavar="SCHEDULE")
@click.argument("start_time", metavar="FROM", type=AGO)
@click.argument("end_time", metavar="[TO]", type=AGO, default="0s")
@_RUNTIME_OPTION
@click.option("--worker-time-zone", default="", help="The workers' own time zone, for what is written in local time.")
@mutation_options
@output_option
@with_client
def backfill_schedule(
    client: WorkflowControlClient,
    schedule_name: str,
    start_time: datetime,
    end_time: datetime,
    runtime: str | None,
    worker_time_zone: str,
    mutation: Mutation,
    output: Output,
) -> None:
    """Start what a schedule would have started from a time to another, or to now; what was started stays once."""
    response = client.backfill_schedule(
        schedule_name,
        start_time,
        end_time,
        runtime=_runtime(runtime),
        worker_time_zone=worker_time_zone,
        **mutation,
    )
    if output.as_json:
        output.document(response)
        return
    output.items(response.runs, _RUN_COLUMNS, None)
    click.echo(f"started {response.started_count}, request key {response.idempotency.request_key}")


@schedules.command("preview")
@click.argument("schedule_name", metavar="[SCHEDULE]", default="")
@click.option("--cron", default="", help="Of this expression, in place of a schedule.")
@click.option("--time-zone", default="", help="In this time zone.")
@_RUNTIME_OPTION
@click.option("--from", "start_time", type=FROM_NOW, help="From this time on.  [default: now]")
@click.option("-n", "run_count", type=click.IntRange(1), default=10, show_default=True, help="How many.")
@output_option
@with_client
def preview_schedule(
    client: WorkflowControlClient, schedule_name: str, cron: str, runtime: str | None, output: Output, **options: Any
) -> None:
    """Show the next runs of a schedule, or of an expression."""
    if bool(schedule_name) == bool(cron):
        raise click.UsageError("give a SCHEDULE or --cron")
    response = client.preview_schedule(schedule_name, cron=cron, runtime=_runtime(runtime), **options)
    output.items(response.runs, _RUN_COLUMNS, None)
