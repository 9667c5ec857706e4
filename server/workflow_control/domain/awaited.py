"""What callers wait for of a workflow: that it sets an event, or writes on to a stream; and what is found of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workflow_control.domain.communication import EventRow, StreamEntry


class AwaitedEvent(NamedTuple):
    """An event that somebody waits for."""

    workflow_id: str
    key: str


class EventState(NamedTuple):
    """What is known of an awaited event, of a workflow that is there."""

    event: EventRow | None
    """None: it is not set. Its value is None where that is larger than was asked for."""
    size: int
    """The bytes of the value."""
    is_complete: bool
    """The workflow has its outcome, and sets no more events unless somebody rewinds it."""


class FollowedStream(NamedTuple):
    """Where somebody who follows a stream is."""

    workflow_id: str
    key: str
    from_offset: int
    """The offset of the next entry."""


class StreamState(NamedTuple):
    """What is known of a followed stream, of a workflow that is there."""

    entries: Sequence[StreamEntry]
    """The next ones, without a gap."""
    goes_on: bool
    """There is another one behind these already."""
    is_terminal: bool
    """No worker runs the workflow, as far as DBOS knows."""


@dataclass(frozen=True, slots=True)
class PollLimits:
    """How much is read at once for all who wait."""

    max_value_bytes: int
    """A larger value is told, but not read."""
    max_entries: int = 2000
    """Of streams, shared by all that have any; at least one for each."""
    max_bytes: int = 1024 * 1024
    """Of values; more only if the first one alone has more."""
    max_bytes_each: int = 128 * 1024
    """Of one stream, likewise: this is what waits in memory for a follower that does not read."""
