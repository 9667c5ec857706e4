"""A source whose states are found by key."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, Generic, Protocol, TypeVar

from workflow_control.domain.watches import Bookmark
from workflow_control.watching.ports import UNKNOWN, KeyT, Observation, Poll, StateT
from workflow_control.watching.ticker import Ticker, Waiter

KEYS_PER_STATEMENT: Final = 1000


_KeyT = TypeVar("_KeyT", contravariant=True)
_StateT = TypeVar("_StateT", contravariant=True)


class Listener(Protocol[_KeyT, _StateT]):
    """Who is told of changes."""

    def put(self, key: _KeyT, state: _StateT | None, /) -> None:
        """Take the state that the key has now; None: it is not there."""
        ...


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

    __slots__ = ("key", "listeners", "newcomers", "version")

    def __init__(self, key: KeyT, version: str = UNKNOWN) -> None:
        self.key = key
        self.version = version
        self.listeners: set[Listener[KeyT, StateT]] = set()
        self.newcomers: set[Listener[KeyT, StateT]] | None = None
        """Those that are still to be given the first state. None of them: no set, which would take memory."""

    def welcome(self, listener: Listener[KeyT, StateT]) -> None:
        """Have it among the newcomers."""
        if self.newcomers is None:
            self.newcomers = set()
        self.newcomers.add(listener)

    def dismiss(self, listener: Listener[KeyT, StateT]) -> None:
        """Have it among the newcomers no more."""
        if self.newcomers is not None:
            self.newcomers.discard(listener)
            self.newcomers = self.newcomers or None


class KeyedSource(Generic[KeyT, StateT]):
    """Asks about all its keys in turn, up to `KEYS_PER_STATEMENT` of them per tick, and at once about those that are
    new or that somebody has hinted at.
    """

    def __init__(
        self,
        ticker: Ticker,
        name: str,
        poll: Poll[KeyT, StateT],
        place: Callable[[], Bookmark | None] = lambda: None,
    ) -> None:
        """`place` tells where in the database's history the tick began that runs."""
        self.name = name
        self.checked: Bookmark | None = None
        """Whatever was committed before that is told, of every key. Bookmarks of before a failover are never that."""
        self._ticker = ticker
        self._poll = poll
        self._place = place
        self._round_began: Bookmark | None = None
        self._left_in_round = 0
        self._watched: dict[KeyT, _Watched[KeyT, StateT]] = {}
        self._turn: deque[_Watched[KeyT, StateT]] = deque()
        """Every one of the above, and some that nobody waits for any more."""
        self._soon: dict[KeyT, None] = {}
        ticker.add(self)

    @property
    def is_needed(self) -> bool:
        """Whether anybody waits."""
        return bool(self._watched)

    def __len__(self) -> int:
        """How many keys somebody waits for."""
        return len(self._watched)

    def version(self, key: KeyT) -> str | None:
        """Return the version that was last seen of a key that somebody waits for."""
        watched = self._watched.get(key)
        return None if watched is None else watched.version

    @contextmanager
    def subscribe(self, waiter: Waiter, keys: Iterable[KeyT]) -> Iterator[Mailbox[KeyT, StateT]]:
        """Give the waiter a mailbox for these keys, inside the block."""
        mailbox: Mailbox[KeyT, StateT] = Mailbox(waiter)
        keys = tuple(dict.fromkeys(keys))
        for key in keys:
            self.join(key, mailbox)
        try:
            yield mailbox
        finally:
            for key in keys:
                self.leave(key, mailbox)

    def join(self, key: KeyT, listener: Listener[KeyT, StateT], version: str = UNKNOWN) -> None:
        """Tell a listener of the key from now on: its state first, unless it knows that `version` already."""
        watched = self._watched.get(key)
        if watched is None:
            watched = self._watched[key] = _Watched(key, version)
            self._turn.append(watched)
        if version != UNKNOWN and version == watched.version:
            watched.listeners.add(listener)
        else:
            watched.welcome(listener)
            self._soon[key] = None
        self._ticker.wake()

    def leave(self, key: KeyT, listener: Listener[KeyT, StateT]) -> None:
        """Tell a listener nothing more of the key."""
        watched = self._watched.get(key)
        if watched is None:
            return
        watched.listeners.discard(listener)
        watched.dismiss(listener)
        if not watched.listeners and not watched.newcomers:
            del self._watched[key]
            self._soon.pop(key, None)

    def hint(self, keys: Iterable[KeyT]) -> None:
        """Ask about these soon, where anybody waits for them: they have changed."""
        if self.expect(keys):
            self._ticker.hurry()

    def expect(self, keys: Iterable[KeyT]) -> bool:
        """Ask about these in the next tick, or in this one; return whether anybody waits for one of them."""
        known = [key for key in keys if key in self._watched]
        self._soon.update(dict.fromkeys(known))
        return bool(known)

    async def tick(self) -> None:
        """Ask about what is urgent, and then about those whose turn it is. Raises TransientError."""
        urgent = [self._watched[key] for key in self._soon if key in self._watched]
        spare = max(0, KEYS_PER_STATEMENT - len(urgent))
        if self._left_in_round == 0:
            self._round_began, self._left_in_round = self._place(), len(self._turn)
        due = list(dict.fromkeys((*urgent, *self._next_in_turn(spare))))
        try:
            for start in range(0, len(due), KEYS_PER_STATEMENT):
                await self._ask(due[start : start + KEYS_PER_STATEMENT])
        except BaseException:
            self._round_began = None
            raise
        if self._left_in_round == 0 and self._round_began is not None:
            self.checked = self._round_began

    def _next_in_turn(self, count: int) -> Iterator[_Watched[KeyT, StateT]]:
        """Yield those that were not asked about for the longest time, each at most once."""
        for _ in range(len(self._turn)):
            if count == 0:
                return
            watched = self._turn.popleft()
            self._left_in_round = max(0, self._left_in_round - 1)
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

    def _deliver(self, observation: Observation[KeyT, StateT], newcomers: frozenset[Listener[KeyT, StateT]]) -> None:
        watched = self._watched.get(observation.key)
        if watched is None:
            return
        if observation.version != watched.version:
            watched.version = observation.version
            # A listener may leave when it is told.
            for listener in tuple(watched.listeners):
                listener.put(observation.key, observation.state)
        for listener in newcomers & (watched.newcomers or set()):
            watched.dismiss(listener)
            watched.listeners.add(listener)
            listener.put(observation.key, observation.state)
