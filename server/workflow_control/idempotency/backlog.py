"""The commands that wait, and which of them may go into the next batch."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from workflow_control.domain.errors import DeadlineExceeded, Overloaded
from workflow_control.idempotency.flight import Flight, Unsettled


class Backlog:
    """A bounded queue that never puts two commands which touch the same workflow into the same or into concurrent
    batches.

    Such a command waits in its place: it would block on the other's row lock, and its whole batch with it. Commands on
    one workflow never overtake each other.
    """

    def __init__(self, max_queued: int, max_batch: int) -> None:
        self._max_queued = max_queued
        self._max_batch = max_batch
        self._queue: deque[Flight] = deque()
        self._busy: set[str] = set()

    def __len__(self) -> int:
        return len(self._queue)

    def add(self, flight: Flight) -> None:
        """Queue a flight. Raises Overloaded."""
        if len(self._queue) >= self._max_queued:
            raise Overloaded("mutations in waiting", self._max_queued)
        self._queue.append(flight)

    def put_back(self, flights: Sequence[Flight]) -> None:
        """Queue flights again, before all others and whatever the limit: they have waited already."""
        self._queue.extendleft(reversed(flights))

    def take(self, now: float) -> list[Flight]:
        """Return the next batch, and mark what it touches as busy.

        Flights that were withdrawn or are too late are dropped.
        """
        batch: list[Flight] = []
        passed_over: list[Flight] = []
        awaited: set[str] = set()
        while self._queue and len(batch) < self._max_batch:
            flight = self._queue.popleft()
            if flight.settled is not None:
                continue
            if flight.request.deadline <= now and not flight.in_doubt:
                flight.settle(Unsettled(DeadlineExceeded()))
                continue
            must_wait = not (self._busy.isdisjoint(flight.touched) and awaited.isdisjoint(flight.touched))
            if must_wait or (flight.alone and batch):
                passed_over.append(flight)
                awaited.update(flight.touched)
                continue
            flight.taken = True
            flight.waited_s = now - flight.queued
            batch.append(flight)
            self._busy.update(flight.touched)
            if flight.alone:
                break
        self._queue.extendleft(reversed(passed_over))
        return batch

    def release(self, batch: Iterable[Flight]) -> None:
        """Mark what a batch touches as free again."""
        for flight in batch:
            self._busy.difference_update(flight.touched)
