"""What the RPCs mean that wait for what a workflow says: for an event, and for the next entries of a stream."""

from __future__ import annotations

import time
from collections.abc import Callable

from workflow_control.domain.awaited import AwaitedEvent, EventState, FollowedStream, StreamState
from workflow_control.domain.communication import EventRow, StreamEntries
from workflow_control.domain.errors import EventNotFound, WorkflowNotFound
from workflow_control.operations.communication import CommunicationOperations
from workflow_control.operations.waiting import LAST_LOOK_S
from workflow_control.watching.keyed_source import KeyedSource
from workflow_control.watching.ticker import Ticker, Waiter


class FollowingOperations:
    """Waits, as the polls of all who wait find out what they wait for."""

    def __init__(
        self,
        reads: CommunicationOperations,
        ticker: Ticker,
        events: KeyedSource[AwaitedEvent, EventState],
        streams: KeyedSource[FollowedStream, StreamState],
    ) -> None:
        self._reads = reads
        self._ticker = ticker
        self._events = events
        self._streams = streams

    async def get_event(self, workflow_id: str, key: str, give_up: float) -> EventRow:
        """Return an event once it is set. `give_up` is until when to wait, on the clock of `time.monotonic()`.

        Raises EventNotFound when the time is up, and at once when the workflow has its outcome, since it sets no more
        events then; WorkflowNotFound, also where it is deleted meanwhile; Overloaded, ShuttingDown.

        DBOS's own `get_event` waits on for the events of a workflow that is complete or not there. It answers the same
        in the end.
        """
        try:
            return await self._reads.get_event(workflow_id, key)
        except EventNotFound:
            pass
        awaited = AwaitedEvent(workflow_id, key)
        with self._ticker.waiter("get_event") as waiter:
            state = await self._await_event(waiter, awaited, give_up, _is_settled)
            if state is None:
                # What was found last is from before the time was up, or from before the database went away. As in DBOS
                # there is one more look, which is shared, too: many that began together give up together.
                state = await self._await_event(waiter, awaited, time.monotonic() + LAST_LOOK_S, lambda _: True)
        if state is not None and state.event is None:
            raise EventNotFound(workflow_id, key)
        if state is not None and state.event is not None and state.event.value is not None:
            return state.event
        # The value is too large to be read for many at once, or nobody has answered.
        return await self._reads.get_event(workflow_id, key)

    async def follow_stream(self, workflow_id: str, key: str, *, from_offset: int) -> StreamEntries:
        """Yield the entries of a stream as they are written, up to the one that closes it, or until its workflow is
        terminal and has written no more.

        Like DBOS's own readers it looks once more when a workflow has become terminal: one that is cancelled may still
        write. A value that is too large is None. The next entries are asked for when the caller has taken the last
        ones. Raises WorkflowNotFound, also where it is deleted meanwhile; Overloaded, ShuttingDown.
        """
        position = FollowedStream(workflow_id, key, from_offset)
        is_urgent, is_ending = True, False
        with self._ticker.waiter("read_stream") as waiter:
            while True:
                state = await self._await_entries(waiter, position, is_urgent=is_urgent)
                for entry in state.entries:
                    yield entry
                    if entry.closes:
                        return
                if state.entries:
                    position = position._replace(from_offset=state.entries[-1].offset + 1)
                elif is_ending:
                    return
                is_ending = not state.entries
                is_urgent = state.goes_on or is_ending

    async def _await_event(
        self, waiter: Waiter, awaited: AwaitedEvent, give_up: float, is_enough: Callable[[EventState], bool]
    ) -> EventState | None:
        """Return the first state that is enough, of those that are found from now on; None: the time is up."""
        with self._events.subscribe(waiter, (awaited,)) as mailbox:
            self._events.hint((awaited,))
            while await waiter.wait(give_up - time.monotonic()):
                for state in mailbox.take().values():
                    if state is None:
                        raise WorkflowNotFound(awaited.workflow_id)
                    if is_enough(state):
                        return state
        return None

    async def _await_entries(self, waiter: Waiter, position: FollowedStream, *, is_urgent: bool) -> StreamState:
        """Return the next entries; or none, once the workflow is terminal."""
        with self._streams.subscribe(waiter, (position,)) as mailbox:
            if is_urgent:
                self._streams.hint((position,))
            while True:
                await waiter.wait(None)
                for state in mailbox.take().values():
                    if state is None:
                        raise WorkflowNotFound(position.workflow_id)
                    if state.entries or state.is_terminal:
                        return state


def _is_settled(state: EventState) -> bool:
    return state.event is not None or state.is_complete
