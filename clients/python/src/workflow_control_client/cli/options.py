"""Options that many commands share, and what commands find in their context."""

from __future__ import annotations

import functools
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

import click
import grpc
from click.decorators import FC

from workflow_control_client import WorkflowControlClient, WorkflowFilter, WorkflowState, time_range
from workflow_control_client.channel import channel_options
from workflow_control_client.cli.output import Output
from workflow_control_client.cli.values import AGO, DURATION, JSON_OBJECT, EnumType

_R = TypeVar("_R")

STATES: Final = EnumType(WorkflowState.items(), "WORKFLOW_STATE_")
_NO_TIMES: Final[tuple[datetime | None, datetime | None]] = (None, None)


@dataclass(slots=True)
class Session:
    """What the program's own options say, and what must be known when a command fails."""

    address: str
    credentials: grpc.ChannelCredentials | None
    call_timeout: timedelta
    request_key: str | None = None
    """Of the mutation that is being made."""

    def channel(self) -> grpc.Channel:
        """Return a connection to the server, for the caller to close."""
        if self.credentials is None:
            return grpc.insecure_channel(self.address, channel_options())
        return grpc.secure_channel(self.address, self.credentials, channel_options())


def current_session() -> Session:
    """Return the session of the command that runs."""
    session = click.get_current_context().find_object(Session)
    assert session is not None, "the program makes it before any command runs"  # noqa: S101
    return session


def with_client(command: Callable[..., _R]) -> Callable[..., _R]:
    """Hand the command a client as its first argument, and close it at the end."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> _R:
        session = current_session()
        with session.channel() as channel:
            client = WorkflowControlClient.from_channel(channel, call_timeout=session.call_timeout)
            return command(client, *args, **kwargs)

    return run


def output_option(command: FC) -> FC:
    """Add `-o`, and hand the command an Output as `output`."""
    return click.option(
        "-o",
        "--output",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        callback=lambda _context, _option, value: Output(as_json=value == "json"),
        help="For people, or for programs: a JSON document a line.",
    )(command)


def limit_option(command: FC) -> FC:
    """Add `--limit` and `--all`, and hand the command the number of items, or None for all, as `limit`."""

    def no_limit(context: click.Context, _option: click.Parameter, value: bool) -> None:
        if value:
            context.params["limit"] = None

    # `limit` is eager, so that `--all` overrides it wherever it stands.
    command = click.option(
        "--limit", type=click.IntRange(1), default=50, show_default=True, is_eager=True, help="How many to show."
    )(command)
    return click.option("--all", is_flag=True, expose_value=False, callback=no_limit, help="Show all.")(command)


def mutation_options(command: Callable[..., _R]) -> Callable[..., _R]:
    """Add what every mutation takes, and hand it to the command as `mutation`, for the client's method.

    The key is made here, before anything is sent: whatever happens, the program can say how to repeat the command.
    """

    @click.option("--request-key", metavar="KEY", help="Repeat a command safely: with its key. Default: a new UUID.")
    @click.option("--reason", default="", help="Why; kept in the journal.")
    @click.option("--request-ttl", type=DURATION, help="How long the key is honoured.  [default: the server's]")
    @click.option("--validate-only", is_flag=True, help="Say what would happen, and do nothing.")
    @functools.wraps(command)
    def run(
        *args: Any,
        request_key: str | None,
        reason: str,
        request_ttl: timedelta | None,
        validate_only: bool,
        **kwargs: Any,
    ) -> _R:
        key = str(uuid.uuid4()) if request_key is None else request_key
        session = click.get_current_context().find_object(Session)
        if session is not None:
            session.request_key = key
        mutation: Mapping[str, Any] = {
            "request_key": key,
            "reason": reason,
            "request_ttl": request_ttl,
            "validate_only": validate_only,
        }
        return command(*args, mutation=mutation, **kwargs)

    return run


def fork_start_options(command: Callable[..., _R]) -> Callable[..., _R]:
    """Add the ways to say from where workflows are forked, and hand the command the given one as `fork_from`."""

    @click.option("--step", "start_step", type=click.IntRange(0), help="The first step to run again, by DBOS's id.")
    @click.option("--step-name", "from_step_name", help="Or: the step of this name.")
    @click.option("--last-failure", "from_last_failure", is_flag=True, help="Or: the last step that failed.")
    @click.option("--last-step", "from_last_step", is_flag=True, help="Or: the last step.")
    @functools.wraps(command)
    def run(
        *args: Any,
        start_step: int | None,
        from_step_name: str | None,
        from_last_failure: bool,
        from_last_step: bool,
        **kwargs: Any,
    ) -> _R:
        fork_from: dict[str, Any] = {}
        if start_step is not None:
            fork_from["start_step"] = start_step
        if from_step_name is not None:
            fork_from["from_step_name"] = from_step_name
        if from_last_failure:
            fork_from["from_last_failure"] = True
        if from_last_step:
            fork_from["from_last_step"] = True
        if len(fork_from) > 1:
            raise click.UsageError("give at most one of --step, --step-name, --last-failure and --last-step")
        return command(*args, fork_from=fork_from, **kwargs)

    return run


def yes_option(command: FC) -> FC:
    """Add `--yes`, handed to the command as `yes`, for `confirm`."""
    return click.option("-y", "--yes", is_flag=True, help="Do not ask.")(command)


def confirm(question: str, *, yes: bool) -> None:
    """Ask before something that cannot be undone; end the command unless the answer is yes.

    Raises click.UsageError where there is nobody to ask.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask at: give --yes")
    if not click.confirm(question, err=True):
        raise click.Abort


_REPEATABLE: Final[tuple[tuple[str, str, str], ...]] = (
    ("--id-prefix", "workflow_id_prefixes", "Ids that begin so."),
    ("--name", "names", "Names of workflow functions."),
    ("--class-name", "class_names", "Classes of the functions."),
    ("--config-name", "config_names", "Configured instances."),
    ("--queue", "queue_names", "Queues."),
    ("--version", "application_versions", "Application versions."),
    ("--application", "application_names", "Applications."),
    ("--executor", "executor_ids", "Executors."),
    ("--user", "authenticated_users", "Users."),
    ("--schedule", "schedule_names", "Schedules that started them."),
    ("--deduplication-id", "deduplication_ids", "Deduplication ids."),
    ("--parent", "parent_workflow_ids", "Parents."),
    ("--forked-from", "forked_from", "What they are forks of."),
)
_SWITCHES: Final[tuple[tuple[str, str, str], ...]] = (
    ("--child/--no-child", "has_parent", "With or without a parent."),
    ("--fork/--no-fork", "is_fork", "Forks, or not."),
    ("--forked/--not-forked", "was_forked_from", "Those that have forks, or not."),
)
_TIMES: Final = ("created", "started", "completed")


_FILTER_OPTIONS: Final[Sequence[Callable[[Any], Any]]] = (
    click.option("--state", "states", type=STATES, multiple=True, help="States. Repeatable."),
    *(click.option(name, field, multiple=True, help=f"{help} Repeatable.") for name, field, help in _REPEATABLE),
    *(click.option(name, field, default=None, help=help) for name, field, help in _SWITCHES),
    click.option("--queued", "queued_only", is_flag=True, help="Only what is in a queue."),
    click.option("--attributes", type=JSON_OBJECT, help="Attributes they have, as a JSON object."),
    *(
        click.option(f"--{field}-{edge}", f"{field}_{edge}", type=AGO, help=f"{meaning} this time, or as long ago: 2h.")
        for field in _TIMES
        for edge, meaning in (("after", "At or after"), ("before", "Before"))
    ),
)


def filter_options(command: Callable[..., _R]) -> Callable[..., _R]:
    """Add a workflow filter's options, and hand the command the filter as `filter`."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> _R:
        filter = WorkflowFilter(
            states=STATES.numbers(kwargs.pop("states")),  # type: ignore[arg-type]  # Numbers of just this enum.
            queued_only=kwargs.pop("queued_only"),
            attributes=kwargs.pop("attributes"),
            **{field: kwargs.pop(field) for _, field, _ in (*_REPEATABLE, *_SWITCHES)},
        )
        for field in _TIMES:
            start, end = kwargs.pop(f"{field}_after"), kwargs.pop(f"{field}_before")
            if (start, end) != _NO_TIMES:
                getattr(filter, field).CopyFrom(time_range(start, end))
        return command(*args, filter=filter, **kwargs)

    return functools.reduce(lambda decorated, option: option(decorated), reversed(_FILTER_OPTIONS), run)
