"""What has become of the events and streams that callers wait for, many at once.

Both implement `watching.ports.Poll`, within limits: what these leave out is told by a later poll.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.domain.awaited import AwaitedEvent, EventState, FollowedStream, PollLimits, StreamState
from workflow_control.domain.communication import EventRow, StreamEntry
from workflow_control.domain.states import COMPLETE, TERMINAL
from workflow_control.postgres.reads import Reads
from workflow_control.watching.ports import GONE, UNKNOWN, KeyT, Observation

_NOTHING_YET: Final = "nothing yet"
_NEWS: Final = "news"
"""The versions. Whoever has got news waits for something else from then on."""

_COMPLETE: Final = [state.value for state in COMPLETE]
_TERMINAL: Final = [state.value for state in TERMINAL]

_PLACE: Final = itemgetter(0)
"""Of a row: the place of what it is about among what was asked for, from one on."""


class PostgresEventPoll:
    """Tells of events that are set, and of those whose workflow is gone or complete."""

    def __init__(self, reads: Reads, dialects: DialectSource, limits: PollLimits) -> None:
        self._reads = reads
        self._dialects = dialects
        self._limits = limits

    async def __call__(
        self, known: Sequence[tuple[AwaitedEvent, str]]
    ) -> Sequence[Observation[AwaitedEvent, EventState]]:
        """Return what is new of the events."""
        awaited = _in_any_order(known)
        if not awaited:
            return ()
        parameters = {
            "workflow_ids": [event.workflow_id for event, _ in awaited],
            "keys": [event.key for event, _ in awaited],
            "is_new": [is_new for _, is_new in awaited],
            "complete": _COMPLETE,
            "max_bytes": self._limits.max_bytes,
            "max_value_bytes": self._limits.max_value_bytes,
        }
        rows = await self._reads.fetch(lambda: (self._dialects.require().query("event_await"), parameters))
        return [_event_observation(awaited[place - 1][0], columns) for place, *columns in rows]


class PostgresStreamPoll:
    """Tells of streams that go on, and of those whose workflow is gone or terminal."""

    def __init__(self, reads: Reads, dialects: DialectSource, limits: PollLimits) -> None:
        self._reads = reads
        self._dialects = dialects
        self._limits = limits

    async def __call__(
        self, known: Sequence[tuple[FollowedStream, str]]
    ) -> Sequence[Observation[FollowedStream, StreamState]]:
        """Return what is new of the streams."""
        followed = _in_any_order(known)
        if not followed:
            return ()
        parameters = {
            "workflow_ids": [stream.workflow_id for stream, _ in followed],
            "keys": [stream.key for stream, _ in followed],
            "from_offsets": [stream.from_offset for stream, _ in followed],
            "is_new": [is_new for _, is_new in followed],
            "terminal": _TERMINAL,
            "limit": self._limits.max_entries,
            "max_bytes": self._limits.max_bytes,
            "max_bytes_each": self._limits.max_bytes_each,
            "max_value_bytes": self._limits.max_value_bytes,
        }
        rows = await self._reads.fetch(lambda: (self._dialects.require().query("stream_follow"), parameters))
        return [
            _stream_observation(followed[place - 1][0], [columns for _, *columns in found])
            for place, found in groupby(rows, _PLACE)
        ]


def _in_any_order(known: Sequence[tuple[KeyT, str]]) -> list[tuple[KeyT, bool]]:
    """Return the keys that have no news yet, each with whether nothing is known of it.

    What comes first finds room within the limits: in a fixed order the last ones might never.
    """
    waiting = [(key, version == UNKNOWN) for key, version in known if version in (UNKNOWN, _NOTHING_YET)]
    random.shuffle(waiting)
    return waiting


def _event_observation(awaited: AwaitedEvent, columns: Sequence[Any]) -> Observation[AwaitedEvent, EventState]:
    workflow_exists, is_complete, key, serialization, size, value = columns
    if not workflow_exists:
        return Observation(awaited, GONE, None)
    event = None if key is None else EventRow(key, serialization, value)
    version = _NOTHING_YET if event is None and not is_complete else _NEWS
    return Observation(awaited, version, EventState(event, size or 0, bool(is_complete)))


def _stream_observation(
    followed: FollowedStream, rows: Sequence[Sequence[Any]]
) -> Observation[FollowedStream, StreamState]:
    """Return the entries up to the first gap: behind one, DBOS's own readers find nothing either."""
    workflow_exists, is_terminal, *_ = rows[0]
    if not workflow_exists:
        return Observation(followed, GONE, None)
    entries: list[StreamEntry] = []
    goes_on = False
    for _, _, entry_goes_on, *columns in rows:
        if columns[0] != followed.from_offset + len(entries):
            break
        entries.append(StreamEntry._make(columns))
        goes_on = entry_goes_on
    version = _NOTHING_YET if not entries and not is_terminal else _NEWS
    return Observation(followed, version, StreamState(entries, goes_on, bool(is_terminal)))
