"""Where the database is in its history, tick by tick, and from where on changes are to be looked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

from workflow_control.domain.watches import Bookmark
from workflow_control.watching.ticker import Ticker

_OVERLAP_MAX_MS: Final = 600_000
"""How far back changes are looked for at most, because of transactions that do not end."""


class Place(NamedTuple):
    """Where the database was when a tick began."""

    bookmark: Bookmark
    """The oldest transaction that was running."""
    next_xid: int
    """The one that was to begin next."""
    now_ms: int
    """On the database's clock."""


class Window(NamedTuple):
    """Where a change may be that was not committed when the tick before began."""

    since: Bookmark
    """It was written by this transaction or a later one,"""
    since_ms: int
    """and has a time of this or later, as far as its writer's clock is right."""


class History:
    """A source that is asked before all others, so that they know where they are."""

    name = "history"

    def __init__(self, ticker: Ticker, locate: Callable[[], Awaitable[Place]], clock_slack_ms: int) -> None:
        """`clock_slack_ms` is how far a writer's clock may be behind the database's, and how long a transaction may
        take between its beginning and its first write.
        """
        self._locate = locate
        self._clock_slack_ms = clock_slack_ms
        self._reasons: list[Callable[[], bool]] = []
        self._places: deque[Place] = deque()
        """The last one, and those of which there may still be transactions that had begun before."""
        self.window: Window | None = None
        """None where it is not known what was seen before."""
        ticker.add(self)

    def need_while(self, reason: Callable[[], bool]) -> None:
        """Let it be needed while any such reason is there."""
        self._reasons.append(reason)

    @property
    def is_needed(self) -> bool:
        """Whether anybody wants to know."""
        return any(reason() for reason in self._reasons)

    def here(self) -> Bookmark | None:
        """Return where the tick that runs began; None before the first."""
        return self._places[-1].bookmark if self._places else None

    async def tick(self) -> None:
        """Ask where the database is."""
        place = await self._locate()
        last = self._places[-1] if self._places else None
        if (
            last is None
            or last.bookmark.history != place.bookmark.history
            or place.now_ms - last.now_ms > _OVERLAP_MAX_MS
        ):
            self._places.clear()
            self.window = None
        else:
            self.window = Window(last.bookmark, self._overlap_ms(last) - self._clock_slack_ms)
        self._places.append(place)

    def _overlap_ms(self, last: Place) -> int:
        """Return when the oldest transaction that was running at the last tick may have begun to write.

        Commit order is not clock order: what it wrote has a time of then, and becomes visible only now.
        """
        places = self._places
        earliest_ms = last.now_ms - _OVERLAP_MAX_MS
        while len(places) > 1 and (places[1].next_xid <= last.bookmark.xid or places[0].now_ms < earliest_ms):
            places.popleft()
        return places[0].now_ms
