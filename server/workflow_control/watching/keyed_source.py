"""A source whose states are found by key."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Generic

from workflow_control.watching.ports import UNKNOWN, KeyT, Observation, Poll, StateT
from workflow_control.watching.ticker import Ticker, Waiter

KEYS_PER_STATEMENT: Final = 1000


class Mailbox(Generic[KeyT, StateT]):
    """What a waiter has not read yet: the latest state of each of its keys, so it is never more than these."""

    __slots__ = ("_states", "_waiter")

    def __init__(self, waiter: Waiter) -> None:
        self._waiter = waiter
        self._states: dict[KeyT, StateT | None] = {}

    def put(self, key: KeyT, state: StateT | None) -> None:
        """Tell the waiter that this is the state of the key now; None: it is not there."""
        self._states[key] = state
        self._waiter.notify()

    def take(self) -> dict[KeyT, StateT | None]:
        """Return what was put since the last time."""
        taken, self._states = self._states, {}
        return taken


class _Watched(Generic[KeyT, StateT]):
    """A key that somebody waits for."""

    __slots__ = ("key", "mailboxes", "newcomers", "version")

    def __init__(self, key: KeyT) -> None:
        self.key = key
        self.version = UNKNOWN
        self.mailboxes: set[Mailbox[KeyT, StateT]] = set()
        self.newcomers: set[Mailbox[KeyT, StateT]] = set()
        """Those that are still to be given the first state."""


class KeyedSource(Generic[KeyT, StateT]):
    """Asks about all its keys in turn, up to `KEYS_PER_STATEMENT` of them per tick, and at once about those that are
    new or that somebody has hinted at.
    """

    def __init__(self, ticker: Ticker, name: str, poll: Poll[KeyT, StateT]) -> None:
        self.name = name
        self._ticker = ticker
        self._poll = poll
        self._watched: dict[KeyT, _Watched[KeyT, StateT]] = {}
        self._turn: deque[_Watched[KeyT, StateT]] = deque()
        """Every one of the above, and some that nobody waits for any more."""
        self._soon: dict[KeyT, None] = {}
        ticker.add(self)

    @property
    def is_needed(self) -> bool:
        """Whether anybody waits."""
        return bool(self._watched)

    @contextmanager
    def subscribe(self, waiter: Waiter, keys: Iterable[KeyT]) -> Iterator[Mailbox[KeyT, StateT]]:
        """Give the waiter a mailbox for these keys, inside the block."""
        mailbox: Mailbox[KeyT, StateT] = Mailbox(waiter)
        keys = tuple(dict.fromkeys(keys))
        for key in keys:
            watched = self._watched.get(key)
            if watched is None:
                watched = self._watched[key] = _Watched(key)
                self._turn.append(watched)
            watched.newcomers.add(mailbox)
            self._soon[key] = None
        self._ticker.wake()
        try:
            yield mailbox
        finally:
            for key in keys:
                self._leave(key, mailbox)

    def hint(self, keys: Iterable[KeyT]) -> None:
        """Ask about these soon, where anybody waits for them: they have changed."""
        known = [key for key in keys if key in self._watched]
        if known:
            self._soon.update(dict.fromkeys(known))
            self._ticker.hurry()

    async def tick(self) -> None:
        """Ask about what is urgent, and then about those whose turn it is. Raises TransientError."""
        urgent = [self._watched[key] for key in self._soon if key in self._watched]
        spare = max(0, KEYS_PER_STATEMENT - len(urgent))
        due = list(dict.fromkeys((*urgent, *self._next_in_turn(spare))))
        for start in range(0, len(due), KEYS_PER_STATEMENT):
            await self._ask(due[start : start + KEYS_PER_STATEMENT])

    def _leave(self, key: KeyT, mailbox: Mailbox[KeyT, StateT]) -> None:
        watched = self._watched[key]
        watched.mailboxes.discard(mailbox)
        watched.newcomers.discard(mailbox)
        if not watched.mailboxes and not watched.newcomers:
            del self._watched[key]
            self._soon.pop(key, None)

    def _next_in_turn(self, count: int) -> Iterator[_Watched[KeyT, StateT]]:
        """Yield those that were not asked about for the longest time, each at most once."""
        for _ in range(len(self._turn)):
            if count == 0:
                return
            watched = self._turn.popleft()
            if self._watched.get(watched.key) is watched:
                self._turn.append(watched)
                count -= 1
                yield watched

    async def _ask(self, due: Sequence[_Watched[KeyT, StateT]]) -> None:
        # Who subscribes while the statement runs may know a newer state than it finds, and waits for the next one.
        newcomers = {watched.key: frozenset(watched.newcomers) for watched in due if watched.newcomers}
        for watched in due:
            self._soon.pop(watched.key, None)
        known = [(watched.key, UNKNOWN if watched.newcomers else watched.version) for watched in due]
        try:
            observations = await self._poll(known)
        except BaseException:
            self._soon.update((watched.key, None) for watched in due if watched.key in self._watched)
            raise
        self._ticker.observer.asked(self.name, len(known), len(observations))
        for observation in observations:
            self._deliver(observation, newcomers.get(observation.key, frozenset()))

    def _deliver(self, observation: Observation[KeyT, StateT], newcomers: frozenset[Mailbox[KeyT, StateT]]) -> None:
        watched = self._watched.get(observation.key)
        if watched is None:
            return
        if observation.version != watched.version:
            watched.version = observation.version
            for mailbox in watched.mailboxes:
                mailbox.put(observation.key, observation.state)
        for mailbox in newcomers & watched.newcomers:
            watched.newcomers.discard(mailbox)
            watched.mailboxes.add(mailbox)
            mailbox.put(observation.key, observation.state)
