"""Messages to workflows: the requests as commands, and what they came to as messages of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workflow_control.domain.commands import SendMessage, SendMessages
from workflow_control.domain.limits import LISTED_MESSAGES_MAX, MESSAGES_MAX
from workflow_control.domain.messages import NewMessage
from workflow_control.domain.outcomes import SendOutcome
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import workflow_messages_pb2 as messages

_OUTCOMES: Final = {
    True: messages.SentMessage.OUTCOME_SENT,
    False: messages.SentMessage.OUTCOME_ALREADY_SENT,
}
"""By whether the message was sent."""


def read_send_message(checks: FieldChecks, request: messages.SendMessageRequest, scope: str) -> SendMessage:
    """Return the command of a `SendMessage` call."""
    return SendMessage(_read_message(checks, "", request, request.request_key), request.python_native)


def read_send_messages(checks: FieldChecks, request: messages.SendMessagesRequest, scope: str) -> SendMessages:
    """Return the command of a `SendMessages` call."""
    if not request.messages:
        checks.add("messages", "Is required.")
    elif len(request.messages) > MESSAGES_MAX:
        checks.add("messages", f"Has {len(request.messages)} values; at most {MESSAGES_MAX} are allowed.")
        return SendMessages((), request.python_native)
    outgoing = []
    for index, message in enumerate(request.messages):
        path = f"messages[{index}]."
        if message.message_key:
            checks.message_key(f"{path}message_key", message.message_key)
        key = message.message_key or f"{request.request_key}-{index}"
        outgoing.append(_read_message(checks, path, message, key))
    _check_different(checks, outgoing)
    return SendMessages(tuple(outgoing), request.python_native)


def write_send(outcome: SendOutcome) -> messages.SendMessagesResponse:
    """Return what a send came to. The fields of the two responses are the same, and so are their bytes."""
    response = messages.SendMessagesResponse()
    for (recipient_id, message_id), sent in outcome.messages[:LISTED_MESSAGES_MAX]:
        response.messages.add(destination_id=recipient_id, message_id=message_id, outcome=_OUTCOMES[sent])
    response.sent_count = sum(sent for _, sent in outcome.messages)
    response.already_sent_count = len(outcome.messages) - response.sent_count
    return response


def _read_message(
    checks: FieldChecks, path: str, message: messages.SendMessageRequest | messages.OutgoingMessage, key: str
) -> NewMessage:
    checks.name(f"{path}destination_id", message.destination_id)
    value = None
    if message.HasField("message"):
        value = checks.value(f"{path}message", message.message)
    else:
        checks.add(f"{path}message", "Is required; null is written as null_value.")
    return NewMessage(
        message.destination_id, value, key, checks.optional_name(f"{path}topic", message.topic), message.include_forks
    )


def _check_different(checks: FieldChecks, outgoing: Sequence[NewMessage]) -> None:
    """Check that no inbox is to have two messages of the same id."""
    first_places: dict[tuple[str, str], int] = {}
    for index, message in enumerate(outgoing):
        first = first_places.setdefault((message.destination_id, message.key), index)
        if first != index:
            checks.add(
                f"messages[{index}].message_key",
                f"Is that of messages[{first}], which goes to the same destination.",
            )
