"""Messages as statements."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.changes import Applied, MessagesApplied, SendChange
from workflow_control.domain.commands import SendMessage, SendMessages, runs_alone
from workflow_control.domain.facts import Findings, RecipientFindings
from workflow_control.domain.limits import SEND_RECIPIENTS_MAX
from workflow_control.domain.messages import Delivery, NewMessage


async def find_recipients(
    transaction: Transaction, commands: Sequence[SendMessage], rows: object
) -> Sequence[Findings]:
    """Lock the forks of a message's destination; a message without forks needs no more than its destination's row."""
    return [await _lock_recipients(transaction, [c.message]) if runs_alone(c) else None for c in commands]


async def find_all_recipients(
    transaction: Transaction, commands: Sequence[SendMessages], rows: object
) -> Sequence[Findings]:
    """Lock the recipients of commands with several messages."""
    return [await _lock_recipients(transaction, command.messages) for command in commands]


async def write_sends(transaction: Transaction, changes: Sequence[SendChange]) -> Sequence[Applied]:
    """One round trip; what was in an inbox before is left alone."""
    messages = [message for change in changes for message in change.messages]
    deliveries = [(number, each) for number, message in enumerate(messages, 1) for each in message.deliveries]
    # A worker receives the oldest first, and messages of the same millisecond in any order.
    places: Counter[str] = Counter()
    created_at = []
    for _, (recipient_id, _) in deliveries:
        created_at.append(transaction.now_ms + places[recipient_id])
        places[recipient_id] += 1
    inserted = await transaction.fetch(
        "message_send",
        {
            "numbers": [number for number, _ in deliveries],
            "recipient_ids": [each.recipient_id for _, each in deliveries],
            "message_ids": [each.message_id for _, each in deliveries],
            "created_at": created_at,
            "topics": [message.topic for message in messages],
            "messages": [message.text for message in messages],
            "serializations": [message.serialization for message in messages],
        },
    )
    sent = frozenset(map(Delivery._make, inserted))
    return [MessagesApplied(sent) for _ in changes]


async def _lock_recipients(transaction: Transaction, messages: Sequence[NewMessage]) -> RecipientFindings:
    with_forks: defaultdict[str, bool] = defaultdict(bool)
    for message in messages:
        with_forks[message.destination_id] |= message.include_forks
    found = await transaction.fetch(
        "message_recipients",
        {
            "destination_ids": list(with_forks),
            "with_forks": list(with_forks.values()),
            "limit": SEND_RECIPIENTS_MAX + 1,
        },
    )
    recipients: dict[str, list[str]] = {}
    for destination_id, recipient_id in found:
        recipients.setdefault(destination_id, []).append(recipient_id)
    # The destination first, then its forks, which Postgres has sorted by the database's collation.
    return RecipientFindings(
        {
            first: (first, *sorted(each for each in all_of_it if each != first))
            for first, all_of_it in recipients.items()
        },
        len(found),
    )
