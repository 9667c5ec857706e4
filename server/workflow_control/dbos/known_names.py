"""Which names the database has heard of, as far as this process knows."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable
from typing import Final

from workflow_control.domain.new_workflows import Name

_KNOWN_FOR_S: Final = 300.0
_UNKNOWN_FOR_S: Final = 2.0
_NAMES_MAX: Final = 10_000


class KnownNames:
    """Remembers what was looked up: a known name for minutes, an unknown one, which may be new, for a moment."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[Name, tuple[bool, float]] = {}

    def to_look_up(self, names: Iterable[Name]) -> list[Name]:
        """Return the names of which nothing is remembered, each once."""
        now, until = self._clock(), self._until
        return [name for name in set(names) if name not in until or until[name][1] < now]

    def learn(self, looked_up: Collection[Name], known: Collection[Name]) -> None:
        """Remember what a look-up found."""
        if len(self._until) + len(looked_up) > _NAMES_MAX:
            self._until.clear()
        now, found = self._clock(), set(known)
        for name in looked_up:
            is_known = name in found
            self._until[name] = (is_known, now + (_KNOWN_FOR_S if is_known else _UNKNOWN_FOR_S))

    def unknown(self, names: Iterable[Name]) -> frozenset[Name]:
        """Return which of the names, all looked up, are unknown."""
        until = self._until
        return frozenset(name for name in names if name in until and not until[name][0])
