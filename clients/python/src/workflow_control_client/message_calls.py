"""The calls of the service `WorkflowControl` that send messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Value

from workflow_control_client.calls import Call, duration, request_key_or_new
from workflowcontrol.v1.workflow_messages_pb2 import (
    OutgoingMessage,
    SendMessageRequest,
    SendMessageResponse,
    SendMessagesRequest,
    SendMessagesResponse,
)

_SERVICE: Final = "/workflowcontrol.v1.WorkflowControl"


def send_message(
    destination_id: str,
    message: object,
    *,
    topic: str = "",
    include_forks: bool = False,
    python_native: bool = False,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[SendMessageResponse]:
    """Send a message to a workflow, in whatever state: it waits in the inbox until the workflow receives it.

        client.send_message("order-7", "yes", topic="approval", request_key="approve-order-7")

    The message's id is made from the request key as DBOS's own clients make it: sent by one of them with the same key,
    it arrives once all the same, and the response's outcome is ALREADY_SENT.

    Args:
        destination_id: The workflow.
        message: Any JSON value: None, bool, int, float, str, a list of such, or a dict with such values.
        topic: The topic that the workflow receives on; empty: none.
        include_forks: Send to the workflow's forks too, and theirs, to every depth.
        python_native: Permit a Python pickle where DBOS understands nothing else, which is before 2.14.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no such workflow.
        SchemaCapabilityMissing: DBOS is older than 2.14, and `python_native` is not set.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = SendMessageRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        destination_id=destination_id,
        message=_value(message),
        topic=topic,
        include_forks=include_forks,
        python_native=python_native,
    )
    return Call(f"{_SERVICE}/SendMessage", request, SendMessageResponse.FromString, call_timeout, request_key)


def send_messages(
    messages: Iterable[OutgoingMessage],
    *,
    python_native: bool = False,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[SendMessagesResponse]:
    """Send up to 1,000 messages, all or none.

        client.send_messages([outgoing_message(order, "closing") for order in orders], request_key="closing-today")

    Args:
        messages: What to send; see `outgoing_message`. To one workflow and topic they are received in this order.
        python_native: As for `send_message`.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no workflow for one of them; none was sent.
        SchemaCapabilityMissing: DBOS is older than 2.14, and `python_native` is not set.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = SendMessagesRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        messages=messages,
        python_native=python_native,
    )
    return Call(f"{_SERVICE}/SendMessages", request, SendMessagesResponse.FromString, call_timeout, request_key)


def outgoing_message(
    destination_id: str, message: object, *, topic: str = "", include_forks: bool = False, message_key: str = ""
) -> OutgoingMessage:
    """Return one of the messages of `send_messages`.

    Args:
        destination_id, message, topic, include_forks: As for `send_message`.
        message_key: What the message's id is made of; empty: the request key and the message's place.
    """
    return OutgoingMessage(
        destination_id=destination_id,
        message=_value(message),
        topic=topic,
        include_forks=include_forks,
        message_key=message_key,
    )


def _value(plain: object) -> Value:
    return ParseDict(plain, Value())  # type: ignore[arg-type]  # The stubs know of objects only.
