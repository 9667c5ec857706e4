"""Events, messages, streams and exports as messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from google.protobuf.message import Message

from workflow_control.domain.communication import NULL_TOPIC, EventRow, MessageRow, StreamEntry
from workflow_control.domain.exports import ExportedWorkflow
from workflow_control.rpc.convert_responses import write_payload
from workflow_control.rpc.convert_times import write_milliseconds
from workflowcontrol.v1 import workflow_events_pb2 as events
from workflowcontrol.v1 import workflow_export_pb2 as exports
from workflowcontrol.v1.workflow_messages_pb2 import WorkflowMessage


def workflow_event(row: EventRow) -> events.WorkflowEvent:
    """Return an event, with its value where that was read."""
    event = events.WorkflowEvent(key=row.key)
    if row.value is not None:
        write_payload(event.value, row.serialization, row.value)
    return event


def workflow_message(row: MessageRow) -> WorkflowMessage:
    """Return a message of an inbox, with its text where that was read."""
    message = WorkflowMessage(message_id=row.message_id, consumed=row.consumed, consumed_by_step=row.consumed_by_step)
    if row.topic is not None and row.topic != NULL_TOPIC:
        message.topic = row.topic
    write_milliseconds(message.create_time, row.created_at)
    if row.message is not None:
        write_payload(message.message, row.serialization, row.message)
    return message


def stream_response(entry: StreamEntry) -> events.ReadStreamResponse:
    """Return an entry of a stream whose value was read."""
    response = events.ReadStreamResponse(offset=entry.offset, closed=entry.closes, step_id=entry.step_id)
    if entry.value is not None and not entry.closes:
        write_payload(response.value, entry.serialization, entry.value)
    return response


def write_exported_workflow(message: exports.ExportedWorkflow, workflows: Sequence[ExportedWorkflow]) -> None:
    """Set the first of the workflows, with the others as its descendants."""
    first, *descendants = workflows
    _write_workflow(message, first)
    for descendant in descendants:
        _write_workflow(message.descendants.add(), descendant)


def _write_workflow(message: exports.ExportedWorkflow, workflow: ExportedWorkflow) -> None:
    _write_columns(message.workflow_status, workflow.workflow_status)
    for table in (
        "operation_outputs",
        "workflow_events",
        "workflow_events_history",
        "streams",
        "notifications",
    ):
        rows = getattr(message, table)
        for record in getattr(workflow, table):
            _write_columns(rows.add(), record)


def _write_columns(message: Message, record: Any) -> None:  # noqa: ANN401 - A NamedTuple of any of the tables.
    """Set the fields of a message of the export; the contract and the domain name them as DBOS names its columns."""
    for name, value in zip(record._fields, record, strict=True):
        if value is not None:
            setattr(message, name, value)
