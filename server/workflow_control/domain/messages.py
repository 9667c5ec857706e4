"""Messages that are to be sent, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message to send to a workflow, and with `include_forks` to all that were forked from it, to every depth."""

    destination_id: str
    value: object
    """The message: a decoded JSON value."""
    key: str
    """With the recipient's id it makes the message's id."""
    topic: str | None = None
    include_forks: bool = False

    def id_for(self, recipient_id: str) -> str:
        """Return the message's id in a recipient's inbox, as DBOS's clients write it (dbos 3.4.0
        `_sys_db.py:_send_bulk_txn`).

        A client of any runtime that sends the message with the same key therefore sends nothing a second time.
        """
        return f"{self.key}::{recipient_id}"


class Delivery(NamedTuple):
    """A message as it lies in one inbox."""

    recipient_id: str
    message_id: str


class SentMessage(NamedTuple):
    """What became of a message to one recipient."""

    delivery: Delivery
    sent: bool
    """False: the recipient had it before."""


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as it is written: to the inboxes that do not have it yet."""

    deliveries: tuple[Delivery, ...]
    topic: str
    text: str
    serialization: str | None
    """None: the schema cannot say it."""
