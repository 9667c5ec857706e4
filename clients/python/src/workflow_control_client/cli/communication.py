"""Commands about what workflows are told and tell: messages, events and streams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import click

from workflow_control_client import WorkflowControlClient
from workflow_control_client.cli.options import limit_option, mutation_options, output_option, with_client
from workflow_control_client.cli.output import Column, Output, local_time, payload_text
from workflow_control_client.cli.values import DURATION, JSON
from workflow_control_client.cli.workflows import Mutation
from workflowcontrol.v1.workflow_events_pb2 import WorkflowEvent
from workflowcontrol.v1.workflow_messages_pb2 import WorkflowMessage

_EVENT_COLUMNS: Final[Sequence[Column[WorkflowEvent]]] = (
    Column("KEY", lambda event: event.key, whole=True),
    Column("VALUE", lambda event: payload_text(event.value)),
)
_MESSAGE_COLUMNS: Final[Sequence[Column[WorkflowMessage]]] = (
    Column("SENT", lambda message: local_time(message, "create_time"), whole=True),
    Column("TOPIC", lambda message: message.topic),
    Column("RECEIVED", lambda message: "yes" if message.consumed else "", whole=True),
    Column("MESSAGE", lambda message: payload_text(message.message)),
    Column("ID", lambda message: message.message_id),
)


@click.command()
@click.argument("destination_id", metavar="WORKFLOW_ID")
@click.argument("message", type=JSON)
@click.option("--topic", default="", help="The topic.  [default: none]")
@click.option("--include-forks", is_flag=True, help="To its forks too, and theirs.")
@click.option("--python-native", is_flag=True, help="Permit a Python pickle, for DBOS before 2.14.")
@mutation_options
@output_option
@with_client
def send(
    client: WorkflowControlClient,
    destination_id: str,
    message: Any,
    topic: str,
    include_forks: bool,
    python_native: bool,
    mutation: Mutation,
    output: Output,
) -> None:
    """Send a message to a workflow: JSON, or text where it is plainly none."""
    response = client.send_message(
        destination_id, message, topic=topic, include_forks=include_forks, python_native=python_native, **mutation
    )
    output.record(response)


@click.command()
@click.argument("workflow_id")
@click.option("--topic", help="Only of this topic.")
@click.option("--received/--waiting", "consumed", default=None, help="Only those received, or not.")
@limit_option
@output_option
@with_client
def messages(
    client: WorkflowControlClient,
    workflow_id: str,
    topic: str | None,
    consumed: bool | None,
    limit: int | None,
    output: Output,
) -> None:
    """List the messages in a workflow's inbox."""
    inbox = client.list_messages(workflow_id, topic=topic, consumed=consumed, include_message=True)
    output.items(inbox, _MESSAGE_COLUMNS, limit)


@click.command()
@click.argument("workflow_id")
@click.argument("key", required=False)
@click.option("--wait", "patience", type=DURATION, help="How long to wait for the event of KEY to be set.")
@limit_option
@output_option
@with_client
def events(
    client: WorkflowControlClient,
    workflow_id: str,
    key: str | None,
    patience: timedelta | None,
    limit: int | None,
    output: Output,
) -> None:
    """Show the events that a workflow has set, or the one of a key."""
    if key is None:
        if patience is not None:
            raise click.UsageError("--wait needs the KEY to wait for")
        output.items(client.list_events(workflow_id, include_value=True), _EVENT_COLUMNS, limit)
    else:
        output.record(client.get_event(workflow_id, key, timeout=patience).event)


@click.command()
@click.argument("workflow_id")
@click.argument("key")
@click.option("--from-offset", type=click.IntRange(0), default=0, show_default=True, help="Where to begin.")
@click.option("-f", "--follow", is_flag=True, help="Go on with what is still written, until the stream ends.")
@output_option
@with_client
def stream(
    client: WorkflowControlClient, workflow_id: str, key: str, from_offset: int, follow: bool, output: Output
) -> None:
    """Show what a workflow has written to a stream, a line each."""
    for entry in client.read_stream(workflow_id, key, from_offset=from_offset, follow=follow):
        if output.as_json or not entry.closed:
            output.progress(entry, payload_text(entry.value))
