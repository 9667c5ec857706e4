"""Commands about the fleet: queues, application versions, dead executors, the journal, and the server itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import click
from rich.text import Text

from workflow_control_client import RateLimit, RegisterQueueRequest, WorkflowControlClient, time_range
from workflow_control_client.cli.options import (
    confirm,
    limit_option,
    mutation_options,
    output_option,
    with_client,
    yes_option,
)
from workflow_control_client.cli.output import Column, Output, duration_text, local_time
from workflow_control_client.cli.values import AGO, DURATION
from workflow_control_client.cli.workflows import Mutation
from workflowcontrol.v1.queue_control_pb2 import ApplicationVersion, Queue
from workflowcontrol.v1.server_control_pb2 import ReadinessCheck, RequestRecord

_QUEUE_COLUMNS: Final[Sequence[Column[Queue]]] = (
    Column("QUEUE", lambda queue: queue.queue_name, whole=True),
    Column("ENQUEUED", lambda queue: str(queue.depth.enqueued), right=True),
    Column("PENDING", lambda queue: str(queue.depth.pending), right=True),
    Column("DELAYED", lambda queue: str(queue.depth.delayed), right=True),
    Column("OLDEST", lambda queue: duration_text(queue.depth, "oldest_wait"), right=True),
    Column("LIMIT", lambda queue: str(queue.registration.concurrency or ""), right=True),
    Column("REGISTERED", lambda queue: "yes" if queue.HasField("registration") else ""),
    Column("APPLICATION", lambda queue: queue.registration.application_name),
)
_VERSION_COLUMNS: Final[Sequence[Column[ApplicationVersion]]] = (
    Column("VERSION", lambda version: version.application_version, whole=True),
    Column("APPLICATION", lambda version: version.application_name),
    Column("LATEST SINCE", lambda version: local_time(version, "latest_time"), whole=True),
    Column("CREATED", lambda version: local_time(version, "create_time"), whole=True),
)
_REQUEST_COLUMNS: Final[Sequence[Column[RequestRecord]]] = (
    Column("EXECUTED", lambda request: local_time(request, "executed_at"), whole=True),
    Column("ACTION", lambda request: request.action, whole=True),
    Column("OUTCOME", lambda request: Text(request.error_reason, style="red") if request.code else Text("OK")),
    Column("WORKFLOW", lambda request: request.workflow_id),
    Column("ACTOR", lambda request: request.actor),
    Column("REASON", lambda request: request.reason),
    Column("REQUEST KEY", lambda request: request.request_key),
)
_CHECK_COLUMNS: Final[Sequence[Column[ReadinessCheck]]] = (
    Column("", lambda check: Text("ok", style="green") if check.ok else Text("MISSING", style="red"), whole=True),
    Column("CHECK", lambda check: check.name, whole=True),
    Column("DETAIL", lambda check: check.detail),
    Column("FIX", lambda check: check.fix),
)


@click.group()
def queues() -> None:
    """Queues: how deep they are, and their limits."""


@queues.command("list")
@click.option("--application", "applications", multiple=True, help="Only of this application. Repeatable.")
@limit_option
@output_option
@with_client
def list_queues(
    client: WorkflowControlClient, applications: tuple[str, ...], limit: int | None, output: Output
) -> None:
    """List queues, registered or not, with their depth."""
    output.items(client.list_queues(application_names=applications), _QUEUE_COLUMNS, limit)


@queues.command("get")
@click.argument("queue_name", metavar="QUEUE")
@output_option
@with_client
def get_queue(client: WorkflowControlClient, queue_name: str, output: Output) -> None:
    """Show a queue."""
    output.record(client.get_queue(queue_name).queue)


@queues.command("register")
@click.argument("queue_name", metavar="QUEUE")
@click.option("--concurrency", type=click.IntRange(0), default=0, help="Of all workers together.  [default: unlimited]")
@click.option("--worker-concurrency", type=click.IntRange(0), default=0, help="Of each.  [default: unlimited]")
@click.option("--rate", type=(click.IntRange(1), DURATION), help="Starts per period: --rate 100 1m.")
@click.option("--partitioned", is_flag=True, help="Each partition key is a queue of its own.")
@click.option("--polling-interval", type=DURATION, help="How often workers look.")
@click.option("--application", "application_name", default="", help="The application that is to own it.")
@click.option("--keep-existing", is_flag=True, help="Leave a registered queue as it is.")
@mutation_options
@output_option
@with_client
def register_queue(
    client: WorkflowControlClient,
    queue_name: str,
    rate: tuple[int, timedelta] | None,
    keep_existing: bool,
    mutation: Mutation,
    output: Output,
    **options: Any,
) -> None:
    """Register a queue, or change its limits."""
    rate_limit = None
    if rate is not None:
        rate_limit = RateLimit(max_starts=rate[0])
        rate_limit.period.FromTimedelta(rate[1])
    policy = (
        RegisterQueueRequest.CONFLICT_POLICY_NEVER_UPDATE
        if keep_existing
        else RegisterQueueRequest.CONFLICT_POLICY_ALWAYS_UPDATE
    )
    response = client.register_queue(queue_name, rate_limit=rate_limit, conflict_policy=policy, **options, **mutation)
    output.record(response)


@queues.command("delete")
@click.argument("queue_name", metavar="QUEUE")
@click.option("--allow-missing", is_flag=True, help="It is no error if there is none.")
@yes_option
@mutation_options
@output_option
@with_client
def delete_queue(
    client: WorkflowControlClient,
    queue_name: str,
    allow_missing: bool,
    yes: bool,
    mutation: Mutation,
    output: Output,
) -> None:
    """Delete the registration of a queue; what waits in it goes on waiting."""
    confirm(f"Delete the registration of {queue_name}?", yes=yes or mutation["validate_only"])
    output.record(client.delete_queue(queue_name, allow_missing=allow_missing, **mutation))


@click.group()
def versions() -> None:
    """Application versions."""


@versions.command("list")
@click.option("--application", "applications", multiple=True, help="Only of this application. Repeatable.")
@limit_option
@output_option
@with_client
def list_versions(
    client: WorkflowControlClient, applications: tuple[str, ...], limit: int | None, output: Output
) -> None:
    """List application versions, the latest first."""
    output.items(client.list_application_versions(application_names=applications), _VERSION_COLUMNS, limit)


@versions.command("latest")
@click.option("--application", "application_name", default="", help="Of this application.")
@output_option
@with_client
def latest_version(client: WorkflowControlClient, application_name: str, output: Output) -> None:
    """Show the latest application version, whose workers take what is bound to none."""
    response = client.get_latest_application_version(application_name=application_name)
    output.record(response.application_version)


@versions.command("set-latest")
@click.argument("application_version", metavar="VERSION")
@click.option("--application", "application_name", default="", help="Of this application.")
@mutation_options
@output_option
@with_client
def set_latest_version(
    client: WorkflowControlClient, application_version: str, application_name: str, mutation: Mutation, output: Output
) -> None:
    """Make an application version the latest."""
    response = client.set_latest_application_version(application_version, application_name=application_name, **mutation)
    output.record(response)


@versions.command("rename-application")
@click.argument("new_application_name", metavar="NEW_NAME")
@click.option("--application", "application_name", default="", help="The name so far.")
@click.option("--adopt-unclaimed", is_flag=True, help="Take over what no application owns as well.")
@yes_option
@mutation_options
@output_option
@with_client
def rename_application(
    client: WorkflowControlClient,
    new_application_name: str,
    application_name: str,
    adopt_unclaimed: bool,
    yes: bool,
    mutation: Mutation,
    output: Output,
) -> None:
    """Give all that an application owns to another name."""
    confirm(f"Rename to {new_application_name}?", yes=yes or mutation["validate_only"])
    response = client.rename_application(
        new_application_name, application_name=application_name, adopt_unclaimed=adopt_unclaimed, **mutation
    )
    output.record(response)


@click.command()
@click.argument("executor_ids", metavar="EXECUTOR_ID...", nargs=-1, required=True)
@click.option("--version", "application_version", default="", help="Only of this application version.")
@yes_option
@mutation_options
@output_option
@with_client
def recover(
    client: WorkflowControlClient,
    executor_ids: tuple[str, ...],
    application_version: str,
    yes: bool,
    mutation: Mutation,
    output: Output,
) -> None:
    """Give the workflows of executors that are dead to others."""
    confirm(f"Are {', '.join(executor_ids)} dead?", yes=yes or mutation["validate_only"])
    output.record(client.recover_executor(executor_ids, application_version=application_version, **mutation))


@click.command()
@click.argument("request_key", required=False)
@click.option("--workflow", "workflow_id", default="", help="Only of this workflow.")
@click.option("--action", default="", help="Only of this RPC, such as CancelWorkflow.")
@click.option("--actor", default="", help="Only of this caller.")
@click.option("--after", type=AGO, help="Executed at or after this time, or as long ago: 2h.")
@click.option("--before", type=AGO, help="Executed before this time, or as long ago.")
@limit_option
@output_option
@with_client
def requests(
    client: WorkflowControlClient,
    request_key: str | None,
    workflow_id: str,
    action: str,
    actor: str,
    after: datetime | None,
    before: datetime | None,
    limit: int | None,
    output: Output,
) -> None:
    """Show who did what to which workflow; or what became of one request key."""
    if request_key is not None:
        output.record(client.get_request(request_key).request)
        return
    executed = None if after is None and before is None else time_range(after, before)
    journal = client.list_requests(workflow_id=workflow_id, action=action, actor=actor, executed=executed)
    output.items(journal, _REQUEST_COLUMNS, limit)


@click.command()
@output_option
@with_client
def info(client: WorkflowControlClient, output: Output) -> None:
    """Show the server's version, what the installed DBOS schema can do, and limits."""
    output.record(client.get_server_info())


@click.command()
@output_option
@with_client
def readiness(client: WorkflowControlClient, output: Output) -> None:
    """Check connection, tables and privileges, and say how to mend what is amiss. Exit code 1: something is."""
    response = client.check_readiness()
    if output.as_json:
        output.document(response)
    else:
        output.items(response.checks, _CHECK_COLUMNS, None)
    if not response.ready:
        click.get_current_context().exit(1)
