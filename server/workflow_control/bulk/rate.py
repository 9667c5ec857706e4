"""At most so many items per second."""

from __future__ import annotations


class RateLimit:
    """Spreads items evenly: there is nothing to save up, so that no second has more than its share."""

    def __init__(self, per_second: int | None, now: float) -> None:
        """None: no limit. Times are on one clock, in seconds."""
        self._per_second = per_second
        self._free_at = now

    def delay(self, items: int, now: float) -> float:
        """Return how long to wait before these items, in seconds; they count from then on."""
        if self._per_second is None:
            return 0.0
        begin = max(self._free_at, now)
        self._free_at = begin + items / self._per_second
        return begin - now

    def batch(self, largest: int) -> int:
        """Return how many items to take at once, at most `largest`: fewer where that many would be a burst."""
        if self._per_second is None:
            return largest
        return max(1, min(largest, self._per_second // _BATCHES_PER_SECOND))


_BATCHES_PER_SECOND = 5
