"""The client's reads of events, messages, streams and exports fill the contract's requests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from workflow_control_client.communication_calls import (
    export_workflow,
    get_event,
    list_events,
    list_messages,
    read_stream,
)
from workflowcontrol.v1.workflow_events_pb2 import GetEventRequest, ListEventsRequest, ReadStreamRequest
from workflowcontrol.v1.workflow_export_pb2 import ExportWorkflowRequest
from workflowcontrol.v1.workflow_messages_pb2 import ListMessagesRequest

SECOND = timedelta(seconds=1)


def test_get_event_fills_the_request() -> None:
    call = get_event("order-7", "progress", call_timeout=SECOND)
    assert (call.request, call.timeout) == (GetEventRequest(workflow_id="order-7", key="progress"), SECOND)
    assert call.path == "/workflowcontrol.v1.WorkflowControl/GetEvent"


def test_list_events_fills_each_page() -> None:
    listing = list_events("order-7", include_value=True, page_size=3, page_token="a", call_timeout=SECOND)
    call = listing.page("b")
    assert listing.first_page_token == "a"
    assert call.timeout == SECOND
    assert call.request == ListEventsRequest(workflow_id="order-7", include_value=True, page_size=3, page_token="b")


@pytest.mark.parametrize("topic", [None, "", "approval"])
@pytest.mark.parametrize("consumed", [None, False, True])
def test_list_messages_tells_none_from_empty(topic: str | None, consumed: bool | None) -> None:
    request = list_messages("order-7", topic=topic, consumed=consumed, include_message=True).page("").request
    assert isinstance(request, ListMessagesRequest)
    assert request.HasField("topic") == (topic is not None)
    assert request.HasField("consumed") == (consumed is not None)
    assert (request.topic, request.consumed, request.include_message) == (topic or "", bool(consumed), True)


def test_read_stream_fills_the_request() -> None:
    call = read_stream("order-7", "log", from_offset=3, call_timeout=SECOND)
    assert call.request == ReadStreamRequest(workflow_id="order-7", key="log", from_offset=3)
    assert (call.path, call.timeout) == ("/workflowcontrol.v1.WorkflowControl/ReadStream", SECOND)


def test_export_fills_the_request() -> None:
    call = export_workflow("order-7", include_children=True, include_messages=True)
    expected = ExportWorkflowRequest(workflow_id="order-7", include_children=True, include_messages=True)
    assert call.request == expected
    assert export_workflow("order-7").request == ExportWorkflowRequest(workflow_id="order-7")
