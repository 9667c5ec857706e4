"""The program: its own options, its commands, and what its exit code says."""

from __future__ import annotations

import importlib.metadata
from datetime import timedelta
from pathlib import Path
from typing import Final

import click
import grpc
from click.shell_completion import get_completion_class

from workflow_control_client import DEFAULT_CALL_TIMEOUT, TransientError, WorkflowControlError
from workflow_control_client.cli import (
    bulk,
    communication,
    contract,
    fleet,
    health,
    portability,
    reads,
    retention,
    schedules,
    waiting,
    watch,
    workflows,
)
from workflow_control_client.cli.options import Session
from workflow_control_client.cli.output import printable
from workflow_control_client.cli.values import DURATION

FAILED: Final = 1
USAGE: Final = 2
NOT_FOUND: Final = 3
CONFLICT: Final = 4
DENIED: Final = 5
TRY_AGAIN: Final = 75  # EX_TEMPFAIL of sysexits.h.
INTERRUPTED: Final = 130

_EXIT_CODES: Final = {
    grpc.StatusCode.INVALID_ARGUMENT: USAGE,
    grpc.StatusCode.OUT_OF_RANGE: USAGE,
    grpc.StatusCode.NOT_FOUND: NOT_FOUND,
    grpc.StatusCode.ALREADY_EXISTS: CONFLICT,
    grpc.StatusCode.FAILED_PRECONDITION: CONFLICT,
    grpc.StatusCode.PERMISSION_DENIED: DENIED,
    grpc.StatusCode.UNAUTHENTICATED: DENIED,
}

_COMMANDS: Final[tuple[click.Command, ...]] = (
    reads.list_,
    reads.count,
    reads.get,
    reads.steps,
    reads.tree,
    waiting.wait,
    watch.watch,
    workflows.start,
    workflows.cancel,
    workflows.resume,
    workflows.fork,
    workflows.restart,
    workflows.rewind,
    workflows.delete,
    workflows.delay,
    workflows.priority,
    workflows.attributes,
    communication.send,
    communication.messages,
    communication.events,
    communication.stream,
    portability.export,
    portability.import_,
    bulk.bulk,
    schedules.schedules,
    fleet.queues,
    fleet.versions,
    fleet.recover,
    retention.collect_garbage,
    retention.cancel_overdue,
    fleet.requests,
    fleet.info,
    fleet.readiness,
    health.health,
    contract.contract,
)


def exit_code(error: WorkflowControlError) -> int:
    """Return what the program's exit code says of a failure."""
    return TRY_AGAIN if isinstance(error, TransientError) else _EXIT_CODES.get(error.code, FAILED)


def explanation(error: WorkflowControlError, request_key: str | None) -> str:
    """Return what is wrong, field by field where the server says so, and how to go on."""
    lines = [f"Error: {error.reason or error.code.name}: {error.message}"]
    lines += [f"  {violation.field}: {violation.description}" for violation in error.violations]
    if request_key is not None and isinstance(error, TransientError):
        lines.append(f"It is safe to repeat this command with --request-key {request_key}")
    elif request_key is not None:
        lines.append(f"request key: {request_key}")
    return "\n".join(printable(line) for line in lines)


class _Program(click.Group):
    """Turns failures of calls into messages and exit codes, and lists commands in the order of `_COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except WorkflowControlError as error:
            click.echo(explanation(error, _request_key(ctx)), err=True)
            ctx.exit(exit_code(error))
        except KeyboardInterrupt:
            if (key := _request_key(ctx)) is not None:
                click.echo(f"\nInterrupted. It is safe to repeat this command with --request-key {key}", err=True)
            ctx.exit(INTERRUPTED)


def _request_key(context: click.Context) -> str | None:
    session = context.find_object(Session)
    return None if session is None else session.request_key


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": None},
    epilog="Exit codes: 0 done, 1 failed, 2 usage, 3 not found, 4 conflict, 5 denied, 75 try again with the same key.",
)
@click.version_option(importlib.metadata.version("workflow-control-client"))
@click.option(
    "-s",
    "--server",
    envvar="WORKFLOW_CONTROL_SERVER",
    default="localhost:50051",
    show_default=True,
    show_envvar=True,
    help="Address of the server.",
)
@click.option("--tls", envvar="WORKFLOW_CONTROL_TLS", is_flag=True, show_envvar=True, help="Encrypt the connection.")
@click.option(
    "--ca-file",
    envvar="WORKFLOW_CONTROL_CA_FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    show_envvar=True,
    help="Certificates to trust, as PEM; implies --tls.",
)
@click.option(
    "--timeout",
    type=DURATION,
    default=f"{DEFAULT_CALL_TIMEOUT.total_seconds():.0f}s",
    show_default=True,
    help="The time for each call, its retries included.",
)
@click.pass_context
def program(context: click.Context, server: str, tls: bool, ca_file: Path | None, timeout: timedelta) -> None:
    """Control DBOS workflows through a workflow-control server."""
    credentials = None
    if tls or ca_file is not None:
        credentials = grpc.ssl_channel_credentials(None if ca_file is None else ca_file.read_bytes())
    context.obj = Session(server, credentials, timeout)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands and options.

    \b
    For bash, in ~/.bashrc: eval "$(workflow-control completion bash)"
    """
    completion_class = get_completion_class(shell)
    assert completion_class is not None, "click knows the three shells"  # noqa: S101
    click.echo(completion_class(program, {}, "workflow-control", "_WORKFLOW_CONTROL_COMPLETE").source())


for _command in (*_COMMANDS, completion):
    program.add_command(_command)
