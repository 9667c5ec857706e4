"""What a workflow says to the outside and is told by it: events, messages and streams, as DBOS stores them.

Rows are named tuples; times are in DBOS's unit, milliseconds since the Unix epoch.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Final, NamedTuple

NULL_TOPIC: Final = "__null__topic__"
"""What DBOS stores for a message without a topic, in all four runtimes (dbos 2.11.0 `_sys_db.py:_dbos_null_topic`)."""

_STREAM_CLOSED: Final = "__DBOS_STREAM_CLOSED__"
STREAM_CLOSED_TEXTS: Final = frozenset(
    {
        # TypeScript before 4.27 and Go: the bare word.
        _STREAM_CLOSED,
        # Python from 2.14 on, Java, TypeScript from 4.27 on: the word as portable JSON.
        f'"{_STREAM_CLOSED}"',
        # Python before 2.14: the word as a pickle of protocol 4, or of 5, which is Python 3.14's default.
        "gASVGgAAAAAAAACMFl9fREJPU19TVFJFQU1fQ0xPU0VEX1+ULg==",
        "gAWVGgAAAAAAAACMFl9fREJPU19TVFJFQU1fQ0xPU0VEX1+ULg==",
    }
)
"""The stored values that close a stream."""


def is_stream_close(text: str) -> bool:
    """Tell whether a stored stream value is the one that closes its stream, whichever runtime wrote it.

    Texts are compared, so that nothing is decoded. A workflow that writes the word itself closes its stream too, in
    DBOS as here.
    """
    return text in STREAM_CLOSED_TEXTS


class EventRow(NamedTuple):
    """A row of `workflow_events`, the latest value of an event; `value` is None when it was not asked for."""

    key: str
    serialization: str | None
    value: str | None


class MessageCursor(NamedTuple):
    """The last message of a page. `place` tells messages apart that have time and id in common, which DBOS before 2.13
    does not forbid.
    """

    created_at: int
    message_id: str
    place: str


class MessageRow(NamedTuple):
    """A row of `notifications`; `message` is None when it was not asked for."""

    message_id: str
    topic: str | None
    """NULL_TOPIC, or None in a row that a foreign client wrote: no topic."""
    created_at: int
    consumed: bool
    """False before DBOS 2.14, which deletes a message that is received."""
    consumed_by_step: int | None
    serialization: str | None
    message: str | None
    place: str
    """Where the row is; see MessageCursor."""


@dataclass(frozen=True, slots=True)
class MessageQuery:
    """A page of a workflow's messages by (created_at, message_id), oldest first; None: no condition."""

    workflow_id: str
    limit: int
    topic: str | None = None
    """As stored; NULL_TOPIC: messages without one."""
    consumed: bool | None = None
    after: MessageCursor | None = None
    texts: bool = False
    """Whether to read the messages themselves."""


class StreamEntry(NamedTuple):
    """A row of `streams`."""

    offset: int
    step_id: int
    serialization: str | None
    size: int
    """The bytes of the value."""
    value: str | None
    """None where the value is larger than was asked for."""

    @property
    def closes(self) -> bool:
        """Whether the workflow has closed the stream here."""
        return self.value is not None and is_stream_close(self.value)


@dataclass(frozen=True, slots=True)
class StreamQuery:
    """The entries of a stream from an offset on: as many as fit into `max_bytes`, at most `limit`, and at least one."""

    workflow_id: str
    key: str
    from_offset: int
    limit: int
    max_bytes: int
    max_value_bytes: int
    """A larger value is told, but not read."""


StreamEntries = AsyncGenerator[StreamEntry, None]
"""The entries of a stream, read as they are asked for."""
