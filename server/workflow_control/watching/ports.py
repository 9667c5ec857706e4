"""What the shared waiting needs of the layers below, and whom it tells what it does."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, Generic, NamedTuple, Protocol, TypeVar

UNKNOWN: Final = "unknown"
"""The version of a key of which nothing is known yet: a poll always tells its state."""
GONE: Final = "gone"
"""The version of what is not there. Any other text is the poll's own to choose."""

KeyT = TypeVar("KeyT", bound=Hashable)
StateT = TypeVar("StateT")


class Observation(NamedTuple, Generic[KeyT, StateT]):
    """What a poll has found of one key."""

    key: KeyT
    version: str
    """Differs whenever the state does."""
    state: StateT | None
    """None: it is not there."""


class Poll(Protocol[KeyT, StateT]):
    """Asks the database about many keys."""

    async def __call__(self, known: Sequence[tuple[KeyT, str]]) -> Sequence[Observation[KeyT, StateT]]:
        """Return the keys whose version is another one than the given one.

        Polls run one after the other, each on what is committed when it begins. Raises TransientError.
        """
        ...


class WatchingObserver:
    """Hears what the ticker does; this one takes no notice.

    Called in the event loop: a method neither waits nor raises.
    """

    def waiting(self, kind: str, count: int) -> None:
        """So many waiters of that kind wait now."""

    def ticked(self, duration_s: float, lag_s: float, failed: bool) -> None:
        """A tick took this long, and began so much later than it was due."""

    def asked(self, source: str, keys: int, changed: int) -> None:
        """A source has sent a statement about so many keys, of which so many had changed."""
