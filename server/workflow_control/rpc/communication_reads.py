"""The reads of WorkflowControl that are about events, messages, streams and exports."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final, cast

from workflow_control.domain.communication import NULL_TOPIC, EventRow, MessageCursor, MessageQuery, MessageRow
from workflow_control.domain.errors import ResponseTooLarge
from workflow_control.domain.exports import ExportQuery, export_too_large
from workflow_control.operations.communication import CommunicationOperations
from workflow_control.operations.following import FollowingOperations
from workflow_control.rpc.call import CURRENT_CALL
from workflow_control.rpc.convert_communication import (
    stream_response,
    workflow_event,
    workflow_message,
    write_exported_workflow,
)
from workflow_control.rpc.convert_requests import read_page_size
from workflow_control.rpc.convert_waits import give_up, read_timeout_s
from workflow_control.rpc.field_checks import FieldChecks
from workflow_control.rpc.page_tokens import PageTokens
from workflow_control.rpc.paging import ItemTooLarge, fill_page
from workflowcontrol.v1 import workflow_events_pb2 as events
from workflowcontrol.v1 import workflow_export_pb2 as exports
from workflowcontrol.v1 import workflow_messages_pb2 as inbox

_RAISE_THE_LIMIT: Final = "It has no part to leave out: raise the server's WORKFLOW_CONTROL_MAX_RESPONSE_BYTES."


class CommunicationReads:
    """Checks and converts; the operations do. Raises ControlErrors."""

    def __init__(
        self, operations: CommunicationOperations, following: FollowingOperations, max_response_bytes: int
    ) -> None:
        self._operations = operations
        self._following = following
        self._max_response_bytes = max_response_bytes

    async def get_event(self, request: events.GetEventRequest) -> events.GetEventResponse:
        """Return the latest value of an event, once it is set or the time is up."""
        checks = FieldChecks()
        workflow_id = _read_workflow_id(checks, request.workflow_id)
        checks.name("key", request.key)
        timeout_s = read_timeout_s(checks, "timeout", request.timeout) if request.HasField("timeout") else 0
        checks.raise_any()
        if timeout_s:
            row = await self._following.get_event(workflow_id, request.key, give_up(timeout_s))
        else:
            row = await self._operations.get_event(workflow_id, request.key)
        response = events.GetEventResponse(event=workflow_event(row))
        if (size := response.ByteSize()) > self._max_response_bytes:
            raise self._too_large(workflow_id, size, _RAISE_THE_LIMIT)
        return response

    async def list_events(self, request: events.ListEventsRequest) -> events.ListEventsResponse:
        """Return a page of events by key."""
        checks = FieldChecks()
        workflow_id = _read_workflow_id(checks, request.workflow_id)
        include_value = request.include_value
        page_size = read_page_size(checks, request.page_size)
        tokens = PageTokens("ListEvents", workflow_id)
        after = tokens.read_event(checks, request.page_token)
        checks.raise_any()
        try:
            page = await fill_page(
                lambda after, limit: self._operations.list_events(
                    workflow_id, after=after, limit=limit, values=include_value
                ),
                workflow_event,
                lambda row: row.key,
                after=after,
                page_size=page_size,
                max_response_bytes=self._max_response_bytes,
                large_items=include_value,
            )
        except ItemTooLarge as error:
            advice = f"That is event {cast('EventRow', error.stored).key!r}; list without include_value."
            raise self._too_large(workflow_id, error.size, advice) from None
        token = "" if page.next is None else tokens.write_event(page.next)
        return events.ListEventsResponse(events=page.items, next_page_token=token)

    async def list_messages(self, request: inbox.ListMessagesRequest) -> inbox.ListMessagesResponse:
        """Return a page of messages, oldest first."""
        checks = FieldChecks()
        workflow_id = _read_workflow_id(checks, request.workflow_id)
        topic = _read_topic(checks, request)
        consumed = request.consumed if request.HasField("consumed") else None
        include_message = request.include_message
        page_size = read_page_size(checks, request.page_size)
        conditions = (request.HasField("topic"), request.topic, request.HasField("consumed"), request.consumed)
        tokens = PageTokens("ListMessages", workflow_id, *conditions)
        after = tokens.read_message(checks, request.page_token)
        checks.raise_any()
        try:
            page = await fill_page(
                lambda after, limit: self._operations.list_messages(
                    MessageQuery(workflow_id, limit, topic, consumed, after, include_message)
                ),
                workflow_message,
                lambda row: MessageCursor(row.created_at, row.message_id, row.place),
                after=after,
                page_size=page_size,
                max_response_bytes=self._max_response_bytes,
                large_items=include_message,
            )
        except ItemTooLarge as error:
            message_id = cast("MessageRow", error.stored).message_id
            advice = f"That is message {message_id!r}; list without include_message."
            raise self._too_large(workflow_id, error.size, advice) from None
        token = "" if page.next is None else tokens.write_message(page.next)
        return inbox.ListMessagesResponse(messages=page.items, next_page_token=token)

    async def read_stream(self, request: events.ReadStreamRequest) -> AsyncGenerator[events.ReadStreamResponse, None]:
        """Yield the entries of a stream."""
        checks = FieldChecks()
        workflow_id = _read_workflow_id(checks, request.workflow_id)
        checks.name("key", request.key)
        if request.from_offset < 0:
            checks.add("from_offset", f"Is {request.from_offset}; must not be negative.")
        checks.raise_any()
        if request.follow:
            entries = self._following.follow_stream(workflow_id, request.key, from_offset=request.from_offset)
        else:
            entries = self._operations.read_stream(
                workflow_id,
                request.key,
                from_offset=request.from_offset,
                max_value_bytes=self._max_response_bytes,
            )
        async with aclosing(entries):
            async for entry in entries:
                response = stream_response(entry)
                # A value that is larger than a message was not even read.
                size = response.ByteSize() if entry.value is not None else entry.size
                if size > self._max_response_bytes:
                    advice = f"That is the entry at offset {entry.offset}: go on behind it."
                    raise self._too_large(workflow_id, size, advice)
                yield response

    async def export_workflow(self, request: exports.ExportWorkflowRequest) -> exports.ExportWorkflowResponse:
        """Return a workflow with everything that belongs to it."""
        checks = FieldChecks()
        workflow_id = _read_workflow_id(checks, request.workflow_id)
        checks.raise_any()
        query = ExportQuery(workflow_id, request.include_children, request.include_messages, self._max_response_bytes)
        workflows = await self._operations.export(query)
        response = exports.ExportWorkflowResponse()
        write_exported_workflow(response.exported_workflow, workflows)
        if (size := response.ByteSize()) > self._max_response_bytes:
            raise export_too_large(query, size)
        return response

    def _too_large(self, workflow_id: str, size: int, advice: str) -> ResponseTooLarge:
        return ResponseTooLarge(workflow_id, size, self._max_response_bytes, advice)


def _read_workflow_id(checks: FieldChecks, workflow_id: str) -> str:
    CURRENT_CALL.get().workflow_id = workflow_id
    checks.name("workflow_id", workflow_id)
    return workflow_id


def _read_topic(checks: FieldChecks, request: inbox.ListMessagesRequest) -> str | None:
    """Return the topic as it is stored; None: any."""
    if not request.HasField("topic"):
        return None
    return checks.optional_name("topic", request.topic) or NULL_TOPIC
