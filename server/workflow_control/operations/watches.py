"""What WatchWorkflows means."""

from __future__ import annotations

import random
import time
from collections.abc import AsyncGenerator, Collection, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from typing import Final, Protocol

from workflow_control.domain.errors import DatabaseUnavailable
from workflow_control.domain.matching import matches
from workflow_control.domain.queries import WorkflowFilter
from workflow_control.domain.watches import (
    Bookmark,
    ChangeKind,
    Changes,
    Heartbeat,
    SeenWorkflow,
    Snapshot,
    WatchEvent,
    WatchQuery,
    WorkflowChange,
)
from workflow_control.watching.filters import FilterMailbox, WatchedFilter
from workflow_control.watching.keyed_source import Mailbox
from workflow_control.watching.ticker import Waiter
from workflow_control.watching.workflows import WorkflowSources

_PAGE_WORKFLOWS: Final = 500
_BEGIN_SECONDS: Final = 10.0
"""How long a watch may take to learn what is selected, and each page of it: after that the database is away."""
_AGE_SHARE_MIN: Final = 0.8

States = Mapping[str, SeenWorkflow | None]


class WatchOperations:
    """Watches workflows. `max_age_s` is how long a watch lasts at most; each ends a little earlier, not all at once."""

    def __init__(self, sources: WorkflowSources, max_age_s: float) -> None:
        self._sources = sources
        self._max_age_s = max_age_s
        self._open = 0
        sources.history.need_while(lambda: self._open > 0)

    async def watch(self, query: WatchQuery) -> AsyncGenerator[WatchEvent, None]:
        """Yield what is selected, and from then on what becomes of it, until the watch is as old as it may be.

        Raises InvalidRequest for a filter that selects too much, SchemaCapabilityMissing, Overloaded, ShuttingDown, and
        DatabaseUnavailable or DeadlineExceeded at the beginning: an outage later on ends nothing.
        """
        end_at = time.monotonic() + self._max_age_s * random.uniform(_AGE_SHARE_MIN, 1)  # noqa: S311 - To spread them.
        open_subject = _ids_of if query.is_by_id else _filter_of
        self._open += 1
        try:
            with (
                self._sources.ticker.waiter("watch_workflows") as waiter,
                open_subject(self._sources, waiter, query.filter) as subject,
            ):
                self._sources.ticker.hurry()
                # A generator of its own, so that a watch does not hold for its whole life what there was at first.
                async with aclosing(self._begin(query, subject)) as snapshots:
                    async for event in snapshots:
                        told = event.bookmark
                        yield event
                del event, snapshots
                heartbeat_at = time.monotonic() + query.heartbeat_s
                while (now := time.monotonic()) < end_at:
                    if await waiter.wait(min(heartbeat_at, end_at) - now):
                        if not (changes := subject.take()):
                            continue
                        for start in range(0, len(changes), _PAGE_WORKFLOWS):
                            if start + _PAGE_WORKFLOWS >= len(changes):
                                told = subject.checked()
                            yield WatchEvent(Changes(changes[start : start + _PAGE_WORKFLOWS]), told)
                    elif time.monotonic() >= heartbeat_at:
                        told = subject.checked()
                        yield WatchEvent(Heartbeat(), told)
                    else:
                        continue
                    heartbeat_at = time.monotonic() + query.heartbeat_s
        finally:
            self._open -= 1

    async def _begin(self, query: WatchQuery, subject: _Subject) -> AsyncGenerator[WatchEvent, None]:
        """Yield what is selected, or what of it has changed since the bookmark, in at least one part."""
        ids = await subject.select()
        bookmark, is_lost = query.bookmark, False
        for start in range(0, max(1, len(ids)), _PAGE_WORKFLOWS):
            page = ids[start : start + _PAGE_WORKFLOWS]
            states = await subject.read(page)
            if start == 0 and bookmark is not None:
                here = self._sources.history.here()
                is_lost = here is None or bookmark.is_lost(here)
                bookmark = None if is_lost else bookmark
            is_last = start + _PAGE_WORKFLOWS >= len(ids)
            snapshot = _snapshot(query.filter, states, bookmark, (start == 0, is_last, is_lost))
            # Who breaks off within a snapshot knows no more than before it.
            yield WatchEvent(snapshot, subject.checked() if is_last else bookmark)


class _Subject(Protocol):
    """What a watch is about."""

    async def select(self) -> Sequence[str]:
        """Return the ids of what is selected, and maybe of what is not there."""
        ...

    async def read(self, workflow_ids: Sequence[str]) -> States:
        """Return their states. What is taken from then on is newer."""
        ...

    def take(self) -> Sequence[WorkflowChange]:
        """Return what has changed since the last time."""
        ...

    def checked(self) -> Bookmark | None:
        """Return where in the history all of it was told, once what can be taken is."""
        ...


class _Ids:
    """Workflows by id, whatever becomes of them."""

    def __init__(
        self, sources: WorkflowSources, waiter: Waiter, ids: Sequence[str], mailbox: Mailbox[str, SeenWorkflow]
    ) -> None:
        self._sources = sources
        self._waiter = waiter
        self._ids = ids
        self._mailbox = mailbox
        self._first: dict[str, SeenWorkflow | None] = {}

    async def select(self) -> Sequence[str]:
        self._first = await _all_states(self._waiter, self._mailbox, self._ids)
        return self._ids

    async def read(self, workflow_ids: Sequence[str]) -> States:
        return {workflow_id: self._first.pop(workflow_id) for workflow_id in workflow_ids}

    def take(self) -> Sequence[WorkflowChange]:
        return [
            WorkflowChange(ChangeKind.DELETED, workflow_id, None)
            if seen is None
            else WorkflowChange(ChangeKind.CHANGED, workflow_id, seen.row)
            for workflow_id, seen in self._mailbox.take().items()
        ]

    def checked(self) -> Bookmark | None:
        return self._sources.states.checked


class _Selected:
    """What a filter selects."""

    def __init__(
        self, sources: WorkflowSources, waiter: Waiter, watched: WatchedFilter, mailbox: FilterMailbox
    ) -> None:
        self._sources = sources
        self._waiter = waiter
        self._watched = watched
        self._mailbox = mailbox

    async def select(self) -> Sequence[str]:
        give_up = time.monotonic() + _BEGIN_SECONDS
        while not self._watched.is_ready:
            if not await self._waiter.wait(give_up - time.monotonic()):
                raise DatabaseUnavailable
        return tuple(self._watched.members)

    async def read(self, workflow_ids: Sequence[str]) -> States:
        with self._sources.states.subscribe(self._waiter, workflow_ids) as mailbox:
            self._sources.ticker.hurry()
            states = await _all_states(self._waiter, mailbox, workflow_ids)
        self._mailbox.drop(workflow_ids)
        # The waiter was notified of both mailboxes, and has looked into one.
        self._waiter.notify()
        return states

    def take(self) -> Sequence[WorkflowChange]:
        return tuple(self._mailbox.take().values())

    def checked(self) -> Bookmark | None:
        one, other = self._sources.states.checked, self._watched.checked
        if one is None or other is None or one.history != other.history:
            return None
        return min(one, other)


@contextmanager
def _ids_of(sources: WorkflowSources, waiter: Waiter, selection: WorkflowFilter) -> Iterator[_Subject]:
    ids = tuple(dict.fromkeys(selection.workflow_ids))
    with sources.states.subscribe(waiter, ids) as mailbox:
        yield _Ids(sources, waiter, ids, mailbox)


@contextmanager
def _filter_of(sources: WorkflowSources, waiter: Waiter, selection: WorkflowFilter) -> Iterator[_Subject]:
    with sources.filters.watch(waiter, selection) as (watched, mailbox):
        yield _Selected(sources, waiter, watched, mailbox)


async def _all_states(
    waiter: Waiter, mailbox: Mailbox[str, SeenWorkflow], workflow_ids: Collection[str]
) -> dict[str, SeenWorkflow | None]:
    """Return the states of all of them, which a new mailbox is given. Raises DatabaseUnavailable."""
    states: dict[str, SeenWorkflow | None] = {}
    give_up = time.monotonic() + _BEGIN_SECONDS
    while len(states) < len(workflow_ids):
        if not await waiter.wait(give_up - time.monotonic()):
            raise DatabaseUnavailable
        states.update(mailbox.take())
    return states


def _snapshot(
    selection: WorkflowFilter, states: States, bookmark: Bookmark | None, place: tuple[bool, bool, bool]
) -> Snapshot:
    """Return a part of a snapshot; `place` is whether it is the first, the last, and for want of the bookmark."""
    rows, unchanged = [], []
    for workflow_id, seen in states.items():
        if seen is None or not matches(selection, seen.row):
            continue
        if bookmark is None or bookmark.is_before(seen.written_by):
            rows.append(seen.row)
        else:
            unchanged.append(workflow_id)
    return Snapshot(rows, unchanged, *place)
