"""The calls of the service `WorkflowControl` that read what workflows say and are told, and whole workflows."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from workflow_control_client.calls import Call, Listing, StreamCall, duration
from workflow_control_client.waiting_calls import call_timeout_for
from workflowcontrol.v1.workflow_events_pb2 import (
    GetEventRequest,
    GetEventResponse,
    ListEventsRequest,
    ListEventsResponse,
    ReadStreamRequest,
    ReadStreamResponse,
    WorkflowEvent,
)
from workflowcontrol.v1.workflow_export_pb2 import ExportWorkflowRequest, ExportWorkflowResponse
from workflowcontrol.v1.workflow_messages_pb2 import ListMessagesRequest, ListMessagesResponse, WorkflowMessage

_SERVICE: Final = "/workflowcontrol.v1.WorkflowControl"


def get_event(
    workflow_id: str, key: str, *, timeout: timedelta | None = None, call_timeout: timedelta | None = None
) -> Call[GetEventResponse]:
    """Read the latest value of an event of a workflow, at once or when it is set.

        value = client.get_event("order-7", "progress", timeout=timedelta(seconds=20)).event.value
        print(value.value if value.decoded else value.text)

    Args:
        workflow_id: The workflow.
        key: The event's key.
        timeout: How long to wait for an event that is not set; None: not at all. The server waits no longer than its
            own limit for a call, 30 seconds by default: ask again.
        call_timeout: The time for the call; None: a little more than `timeout`, or as the client says.

    Raises:
        EventNotFound: The workflow has not set such an event, so far, or when the time is up.
        WorkflowNotFound: There is no such workflow, or it was deleted meanwhile.
        Overloaded: Too many calls wait at this server.
        WorkflowControlError: Any of its other subclasses.
    """
    request = GetEventRequest(workflow_id=workflow_id, key=key, timeout=duration(timeout))
    return Call(f"{_SERVICE}/GetEvent", request, GetEventResponse.FromString, call_timeout_for(timeout, call_timeout))


def list_events(
    workflow_id: str,
    *,
    include_value: bool = False,
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[ListEventsResponse, WorkflowEvent]:
    """List the events of a workflow in the order of their keys, page by page as they are needed.

        for event in client.list_events("order-7", include_value=True):
            print(event.key, event.value.text)

    Args:
        workflow_id: The workflow.
        include_value: Read the values as well.
        page_size: How many to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same workflow.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        WorkflowNotFound: There is no such workflow.
        WorkflowControlError: Any of its other subclasses.
    """

    def page(token: str) -> Call[ListEventsResponse]:
        request = ListEventsRequest(
            workflow_id=workflow_id, include_value=include_value, page_size=page_size, page_token=token
        )
        return Call(f"{_SERVICE}/ListEvents", request, ListEventsResponse.FromString, call_timeout)

    return Listing(page, lambda response: response.events, page_token)


def list_messages(
    workflow_id: str,
    *,
    topic: str | None = None,
    consumed: bool | None = None,
    include_message: bool = False,
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[ListMessagesResponse, WorkflowMessage]:
    """List the messages in a workflow's inbox, oldest first, page by page as they are needed.

        waiting = [message.topic for message in client.list_messages("order-7", consumed=False)]

    Args:
        workflow_id: The workflow.
        topic: Only messages to this topic; empty: those without one; None: all.
        consumed: Only messages that the workflow has or has not received; None: both.
        include_message: Read the messages themselves as well.
        page_size: How many to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page with the same conditions.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        WorkflowNotFound: There is no such workflow.
        SchemaCapabilityMissing: `consumed` is asked for, and the installed DBOS schema does not tell.
        WorkflowControlError: Any of its other subclasses.
    """

    def page(token: str) -> Call[ListMessagesResponse]:
        request = ListMessagesRequest(
            workflow_id=workflow_id,
            topic=topic,
            consumed=consumed,
            include_message=include_message,
            page_size=page_size,
            page_token=token,
        )
        return Call(f"{_SERVICE}/ListMessages", request, ListMessagesResponse.FromString, call_timeout)

    return Listing(page, lambda response: response.messages, page_token)


def read_stream(
    workflow_id: str, key: str, *, from_offset: int = 0, follow: bool = False, call_timeout: timedelta | None = None
) -> StreamCall[ReadStreamResponse]:
    """Read what a workflow has written to a stream, entry by entry as they are needed.

        for entry in client.read_stream("order-7", "log", follow=True):
            print("closed" if entry.closed else entry.value.text)

    The entry that closes the stream is the last one. With `follow` the iteration waits for what the workflow still
    writes, and ends when it has closed the stream, or has ended. When the server goes away or the database does, it
    goes on by itself behind the last entry, as soon as one is back; after a minute in vain the failure is raised.
    Without `follow` a failure in the middle is raised at once: go on with `from_offset`, one behind the last entry.

    Args:
        workflow_id: The workflow.
        key: The stream's key.
        from_offset: The first offset to read.
        follow: Go on with what is written later.
        call_timeout: The time for the whole stream; None: as the client says, and without limit with `follow`.

    Raises, while iterating:
        WorkflowNotFound: There is no such workflow, or it was deleted meanwhile.
        ResponseTooLarge: An entry is: go on behind it.
        Overloaded: Too many calls wait at this server.
        WorkflowControlError: Any of its other subclasses.
    """

    def request_from(offset: int) -> ReadStreamRequest:
        return ReadStreamRequest(workflow_id=workflow_id, key=key, from_offset=offset, follow=follow)

    def request_behind(entry: ReadStreamResponse) -> ReadStreamRequest | None:
        return None if entry.closed else request_from(entry.offset + 1)

    return StreamCall(
        f"{_SERVICE}/ReadStream",
        request_from(from_offset),
        ReadStreamResponse.FromString,
        call_timeout,
        next_request=request_behind if follow else None,
    )


def export_workflow(
    workflow_id: str,
    *,
    include_children: bool = False,
    include_messages: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[ExportWorkflowResponse]:
    """Read a workflow with everything that belongs to it, as of one instant.

        exported = client.export_workflow("order-7", include_children=True).exported_workflow
        Path("order-7.bin").write_bytes(exported.SerializeToString())

    Args:
        workflow_id: The workflow.
        include_children: Export its children, and theirs, to every depth, as well.
        include_messages: Export the inboxes as well.
        call_timeout: The time for the call; None: as the client says.

    Raises:
        WorkflowNotFound: There is no such workflow.
        ResponseTooLarge: It does not fit into a message: export without children or messages.
        WorkflowControlError: Any of its other subclasses.
    """
    request = ExportWorkflowRequest(
        workflow_id=workflow_id, include_children=include_children, include_messages=include_messages
    )
    return Call(f"{_SERVICE}/ExportWorkflow", request, ExportWorkflowResponse.FromString, call_timeout)
