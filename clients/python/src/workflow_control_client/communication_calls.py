"""The calls of the service `WorkflowControl` that read what workflows say and are told, and whole workflows."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from workflow_control_client.calls import Call, Listing, StreamCall
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


def get_event(workflow_id: str, key: str, *, call_timeout: timedelta | None = None) -> Call[GetEventResponse]:
    """Read the latest value of an event of a workflow, without waiting for it.

        value = client.get_event("order-7", "progress").event.value
        print(value.value if value.decoded else value.text)

    Args:
        workflow_id: The workflow.
        key: The event's key.
        call_timeout: The time for the call; None: as the client says.

    Raises:
        EventNotFound: The workflow has not set such an event, so far.
        WorkflowNotFound: There is no such workflow.
        WorkflowControlError: Any of its other subclasses.
    """
    request = GetEventRequest(workflow_id=workflow_id, key=key)
    return Call(f"{_SERVICE}/GetEvent", request, GetEventResponse.FromString, call_timeout)


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
    workflow_id: str, key: str, *, from_offset: int = 0, call_timeout: timedelta | None = None
) -> StreamCall[ReadStreamResponse]:
    """Read what a workflow has written to a stream so far, entry by entry as they are needed.

        for entry in client.read_stream("order-7", "log"):
            print("closed" if entry.closed else entry.value.text)

    The entry that closes the stream is the last one. A failure in the middle is raised, and not retried: go on with
    `from_offset`, one behind the last entry.

    Args:
        workflow_id: The workflow.
        key: The stream's key.
        from_offset: The first offset to read.
        call_timeout: The time for the whole stream; None: as the client says.

    Raises, while iterating:
        WorkflowNotFound: There is no such workflow.
        ResponseTooLarge: An entry is: go on behind it.
        WorkflowControlError: Any of its other subclasses.
    """
    request = ReadStreamRequest(workflow_id=workflow_id, key=key, from_offset=from_offset)
    return StreamCall(f"{_SERVICE}/ReadStream", request, ReadStreamResponse.FromString, call_timeout)


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
