"""What becomes of messages that are to be sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import MessagesApplied, SendChange
from workflow_control.domain.commands import SendMessage, SendMessages
from workflow_control.domain.communication import NULL_TOPIC
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import (
    FieldViolation,
    InvalidRequest,
    SchemaCapabilityMissing,
    WorkflowNotFound,
)
from workflow_control.domain.facts import Facts, RecipientFindings
from workflow_control.domain.limits import SEND_RECIPIENTS_MAX
from workflow_control.domain.messages import Delivery, NewMessage, SentMessage, StoredMessage
from workflow_control.domain.outcomes import SendOutcome
from workflow_control.domain.payloads import PORTABLE_JSON
from workflow_control.domain.written_values import write_pickled, write_portable


def decide_send(command: SendMessage, facts: Facts) -> Decision:
    """Put the message into the inbox of a workflow in any state; whether it was there before is known when it is done.

    Raises SchemaCapabilityMissing and, for more recipients than a transaction should have, InvalidRequest.
    """
    return _decide([command.message], python_native=command.python_native, facts=facts)


def decide_send_many(command: SendMessages, facts: Facts) -> Decision:
    """As `decide_send`, for all messages or none."""
    return _decide(command.messages, python_native=command.python_native, facts=facts)


def conclude_send(decision: Decision, applied: MessagesApplied) -> Decision:
    """Return the decision after it was written: which inboxes had a message already is known only then."""
    assert isinstance(decision.outcome, SendOutcome)  # noqa: S101 - For the type checker: only sends come here.
    messages = tuple(m._replace(sent=m.sent and m.delivery in applied.sent) for m in decision.outcome.messages)
    return decision._replace(outcome=SendOutcome(messages))


def _decide(messages: Sequence[NewMessage], *, python_native: bool, facts: Facts) -> Decision:
    portable = Capability.SERIALIZATION in facts.capabilities
    if not portable and not python_native:
        raise SchemaCapabilityMissing(Capability.SERIALIZATION.label, Capability.SERIALIZATION.first_release)
    recipients = _recipients(facts)
    for message in messages:
        if message.destination_id not in recipients:
            return Decision(WorkflowNotFound(message.destination_id))
    sent = list(_deliver(messages, recipients))
    stored = [
        StoredMessage(
            tuple(each.delivery for each in deliveries if each.sent),
            message.topic or NULL_TOPIC,
            write_portable(message.value) if portable else write_pickled(message.value),
            PORTABLE_JSON if portable else None,
        )
        for message, deliveries in zip(messages, sent, strict=True)
    ]
    return Decision(SendOutcome(tuple(each for deliveries in sent for each in deliveries)), SendChange(tuple(stored)))


def _recipients(facts: Facts) -> Mapping[str, Sequence[str]]:
    """Return to whom a message goes, by its destination; destinations that do not exist are left out."""
    if not isinstance(facts.findings, RecipientFindings):
        return {} if facts.row is None else {facts.row.workflow_id: (facts.row.workflow_id,)}
    if facts.findings.count > SEND_RECIPIENTS_MAX:
        # Nothing is stored: when some of the forks are gone it may be sent.
        raise InvalidRequest(
            [FieldViolation("include_forks", f"Reaches more than the {SEND_RECIPIENTS_MAX} recipients allowed.")]
        )
    return facts.findings.recipients


def _deliver(messages: Sequence[NewMessage], recipients: Mapping[str, Sequence[str]]) -> Iterator[list[SentMessage]]:
    """Yield for each message what it comes to in an inbox that has none of them.

    A message to a workflow and its forks may meet one of the same key to a fork: the first of the two is sent.
    """
    seen: set[Delivery] = set()
    for message in messages:
        found = recipients[message.destination_id]
        deliveries = [Delivery(each, message.id_for(each)) for each in (found if message.include_forks else found[:1])]
        yield [SentMessage(each, each not in seen) for each in deliveries]
        seen.update(deliveries)
