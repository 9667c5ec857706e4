"""The source of what filters select: which workflows come to be selected, change, and are selected no more."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from workflow_control.domain.errors import ControlError, InvalidRequest, Overloaded
from workflow_control.domain.matching import matches
from workflow_control.domain.queries import WorkflowFilter
from workflow_control.domain.watches import Bookmark, ChangeKind, SeenWorkflow, WorkflowChange
from workflow_control.watching.history import History, Window
from workflow_control.watching.keyed_source import KEYS_PER_STATEMENT, KeyedSource
from workflow_control.watching.ports import UNKNOWN, Poll
from workflow_control.watching.ticker import Ticker, Waiter

logger = logging.getLogger(__name__)

_CHECKS_AT_ONCE: Final = 2
"""Each takes a connection, for as long as a list of the filter takes."""
FEED_ROWS_MAX: Final = 10_000
"""How many changes one look at the database returns; with more, all that is watched is looked at instead."""


@dataclass(frozen=True, slots=True)
class FilterLimits:
    """How much may be watched, and how often all of it is looked at."""

    max_filters: int
    max_selected: int
    """Workflows that one filter may select."""
    check_interval_s: float


class WorkflowQueries(Protocol):
    """What the source asks the database. All raise TransientError."""

    async def changed(self, window: Window, limit: int) -> Sequence[tuple[str, str]]:
        """Return ids and versions of at most `limit` workflows that were created, started or ended in the window."""
        ...

    async def selected(self, selection: WorkflowFilter, limit: int) -> Sequence[tuple[str, str]]:
        """Return ids and versions of at most `limit` workflows that the filter selects.

        Raises SchemaCapabilityMissing.
        """
        ...


class FilterMailbox:
    """What a watcher has not read yet: the latest change of each workflow."""

    __slots__ = ("_changes", "_limit", "_waiter")

    def __init__(self, waiter: Waiter, limit: int) -> None:
        self._waiter = waiter
        self._limit = limit
        self._changes: dict[str, WorkflowChange] = {}

    def put(self, change: WorkflowChange) -> None:
        """Add a change. A watcher that leaves too many unread is ended, and goes on from its last bookmark."""
        self._changes[change.workflow_id] = change
        if len(self._changes) > self._limit:
            self._changes.clear()
            self._waiter.end(Overloaded("changes that a watch has not read", self._limit))
        self._waiter.notify()

    def take(self) -> dict[str, WorkflowChange]:
        """Return what was put since the last time."""
        taken, self._changes = self._changes, {}
        return taken

    def drop(self, workflow_ids: Sequence[str]) -> None:
        """Forget changes of these: something newer is known."""
        for workflow_id in workflow_ids:
            self._changes.pop(workflow_id, None)

    def notify(self) -> None:
        """Let the watcher look."""
        self._waiter.notify()

    def end(self, error: ControlError) -> None:
        """End the watch."""
        self._waiter.end(error)


class WatchedFilter:
    """A filter, what it selects, and who watches it. Equal filters are one."""

    def __init__(self, selection: WorkflowFilter, states: KeyedSource[str, SeenWorkflow]) -> None:
        self.selection = selection
        self.members: dict[str, None] = {}
        self.watchers: set[FilterMailbox] = set()
        self.is_ready = False
        """Whether the members are known."""
        self.check: asyncio.Task[None] | None = None
        """Asks for all that the filter selects."""
        self.checked: Bookmark | None = None
        """Whatever was committed before that and changed what the filter selects is known."""
        self.check_at = 0.0
        """When to ask again for all of them, on the clock of `time.monotonic()`."""
        self._states = states

    def add(self, workflow_id: str, version: str) -> None:
        """Have the workflow among the members."""
        self.members[workflow_id] = None
        self._states.join(workflow_id, self, version)

    def put(self, workflow_id: str, seen: SeenWorkflow | None) -> None:
        """Hear what has become of a member, and tell the watchers."""
        if seen is None:
            change = WorkflowChange(ChangeKind.DELETED, workflow_id, None)
        elif matches(self.selection, seen.row):
            change = WorkflowChange(ChangeKind.CHANGED, workflow_id, seen.row)
        else:
            change = WorkflowChange(ChangeKind.LEFT, workflow_id, seen.row)
        if change.kind is not ChangeKind.CHANGED:
            self.members.pop(workflow_id, None)
            self._states.leave(workflow_id, self)
        for watcher in tuple(self.watchers):
            watcher.put(change)

    def end(self, error: ControlError) -> None:
        """End all watches."""
        for watcher in self.watchers:
            watcher.end(error)

    def clear(self) -> None:
        """Have no members."""
        for workflow_id in self.members:
            self._states.leave(workflow_id, self)
        self.members.clear()


class FilterSource:
    """Finds what changes among all workflows with one statement per tick, and holds it against every filter."""

    name = "workflow_filters"

    def __init__(
        self,
        ticker: Ticker,
        history: History,
        states: KeyedSource[str, SeenWorkflow],
        queries: WorkflowQueries,
        poll: Poll[str, SeenWorkflow],
        limits: FilterLimits,
    ) -> None:
        self._ticker = ticker
        self._history = history
        self._states = states
        self._queries = queries
        self._poll = poll
        self._max_filters = limits.max_filters
        self._max_members = limits.max_selected
        self._check_interval_s = limits.check_interval_s
        self._filters: dict[str, WatchedFilter] = {}
        self._seen: dict[str, str] = {}
        """What the last look has found: a look overlaps with the one before."""
        history.need_while(lambda: self.is_needed)
        # What it finds changed is asked about in the same tick.
        ticker.add(self, before=states)

    @property
    def is_needed(self) -> bool:
        """Whether somebody watches a filter, or more ids than are asked about in each tick."""
        return bool(self._filters) or len(self._states) > KEYS_PER_STATEMENT

    def __len__(self) -> int:
        """How many filters are watched."""
        return len(self._filters)

    @contextmanager
    def watch(self, waiter: Waiter, selection: WorkflowFilter) -> Iterator[tuple[WatchedFilter, FilterMailbox]]:
        """Watch a filter inside the block. The waiter is notified when what it selects is known, or ended with what
        forbids to know: SchemaCapabilityMissing, InvalidRequest for too much, TransientError.

        Raises Overloaded when too many filters are watched.
        """
        key = repr(selection)
        watched = self._filters.get(key)
        if watched is None:
            if len(self._filters) >= self._max_filters:
                raise Overloaded("filters that are watched", self._max_filters)
            watched = self._filters[key] = WatchedFilter(selection, self._states)
        mailbox = FilterMailbox(waiter, self._max_members)
        watched.watchers.add(mailbox)
        self._ticker.hurry()
        self._ticker.wake()
        try:
            yield watched, mailbox
        finally:
            watched.watchers.discard(mailbox)
            if not watched.watchers:
                self._forget(key, watched)

    async def tick(self) -> None:
        """Look what has changed, and ask anew for what is selected where the time has come."""
        window = self._history.window
        if window is None:
            # Nobody has looked since: what was seen before tells nothing.
            self._check_all_now()
        else:
            changed = await self._queries.changed(window, FEED_ROWS_MAX)
            self._ticker.observer.asked("workflow_feed", 1, len(changed))
            if len(changed) >= FEED_ROWS_MAX:
                self._check_all_now()
            await self._hear(changed)
        here = self._history.here()
        if here is not None:
            self._begin_checks(here)

    def _check_all_now(self) -> None:
        for watched in self._filters.values():
            watched.check_at = 0.0

    async def _hear(self, changed: Sequence[tuple[str, str]]) -> None:
        """Let what is watched by id be asked about at once, and see what filters select of the rest."""
        new = []
        for workflow_id, version in changed:
            known = self._states.version(workflow_id)
            if known is not None and known != version:
                self._states.expect((workflow_id,))
            if known != version and self._seen.get(workflow_id) != version:
                new.append(workflow_id)
        for start in range(0, len(new) if self._filters else 0, KEYS_PER_STATEMENT):
            await self._consider(new[start : start + KEYS_PER_STATEMENT])
        self._seen = dict(changed)

    async def _consider(self, workflow_ids: Sequence[str]) -> None:
        """Add those workflows to the filters that select them and did not before."""
        observations = await self._poll([(workflow_id, UNKNOWN) for workflow_id in workflow_ids])
        self._ticker.observer.asked(self.name, len(workflow_ids), len(observations))
        for workflow_id, version, seen in observations:
            if seen is None:
                continue
            for watched in self._filters.values():
                if workflow_id not in watched.members and matches(watched.selection, seen.row):
                    watched.add(workflow_id, version)
                    watched.put(workflow_id, seen)
                    self._check_size(watched)

    def _begin_checks(self, here: Bookmark) -> None:
        running = sum(watched.check is not None for watched in self._filters.values())
        for key, watched in self._filters.items():
            if running >= _CHECKS_AT_ONCE:
                return
            if watched.check is None and time.monotonic() >= watched.check_at:
                watched.check = asyncio.create_task(self._check(key, watched, here))
                running += 1

    async def _check(self, key: str, watched: WatchedFilter, here: Bookmark) -> None:
        """Ask for all that the filter selects: at the beginning, and now and then for what no time of a row tells."""
        try:
            selected = await self._queries.selected(watched.selection, self._max_members + 1)
        except ControlError as error:
            if not watched.is_ready:
                watched.end(error)
                self._forget(key, watched)
            else:
                logger.warning("a watched filter could not be checked", extra={"reason": error.reason})
        else:
            self._learn(watched, selected, here)
        finally:
            watched.check = None
            watched.check_at = time.monotonic() + self._check_interval_s * random.uniform(0.8, 1.2)  # noqa: S311 - Spread.
            self._ticker.hurry()

    def _learn(self, watched: WatchedFilter, selected: Sequence[tuple[str, str]], here: Bookmark) -> None:
        """Take in what the filter selects. The source of states finds out what is selected no more."""
        is_first = not watched.is_ready
        new = [(workflow_id, version) for workflow_id, version in selected if workflow_id not in watched.members]
        for workflow_id, version in new:
            # Watchers know nothing of those that come later, and are told as soon as their state is read.
            watched.add(workflow_id, version if is_first else UNKNOWN)
        if not self._check_size(watched):
            return
        if is_first or not new:
            watched.checked = here
        if is_first:
            watched.is_ready = True
            for watcher in watched.watchers:
                watcher.notify()

    def _check_size(self, watched: WatchedFilter) -> bool:
        """End all watches of a filter that selects too much, and return whether it does not."""
        if len(watched.members) <= self._max_members:
            return True
        watched.end(
            InvalidRequest.of("filter", f"Selects more than {self._max_members} workflows; a watch has no more.")
        )
        return False

    def _forget(self, key: str, watched: WatchedFilter) -> None:
        if self._filters.get(key) is watched:
            del self._filters[key]
        watched.clear()
        if watched.check is not None and watched.check is not asyncio.current_task():
            watched.check.cancel()
