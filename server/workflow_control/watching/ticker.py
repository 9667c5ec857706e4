"""The one task that asks for all who wait, and the calls that wait."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import Counter
from typing import Final, Protocol, Self

from workflow_control.domain.errors import ControlError, Overloaded, ShuttingDown, TransientError
from workflow_control.watching.ports import WatchingObserver

logger = logging.getLogger(__name__)

_HURRIED_SHARE: Final = 0.1
"""What is left of the interval between two ticks when somebody knows of a change: never nothing, or a busy server
would tick without end."""
_PAUSE_AFTER_FAULT_S: Final = 1.0


class Source(Protocol):
    """One kind of what can be waited for."""

    @property
    def name(self) -> str:
        """What logs and metrics call it."""
        ...

    @property
    def is_needed(self) -> bool:
        """Whether anybody waits for it."""
        ...

    async def tick(self) -> None:
        """Ask the database, and tell those who wait. Raises TransientError, after which the next tick asks again."""
        ...


class Waiter:
    """One call that waits, inside a `with` block."""

    __slots__ = ("_changed", "_error", "_kind", "_ticker", "_waiting")

    def __init__(self, ticker: Ticker, kind: str) -> None:
        self._ticker = ticker
        self._kind = kind
        self._changed = False
        self._error: ControlError | None = None
        # An asyncio.Event would take three times the memory, for any number of tasks: this is one call's.
        self._waiting: asyncio.Future[None] | None = None

    def __enter__(self) -> Self:
        self._ticker.admit(self, self._kind)
        return self

    def __exit__(self, *exception: object) -> None:
        self._ticker.dismiss(self, self._kind)

    def notify(self) -> None:
        """Let it look at its mailboxes."""
        self._changed = True
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def end(self, error: ControlError) -> None:
        """Let its waiting end with this error."""
        self._error = error
        self.notify()

    async def wait(self, timeout_s: float | None) -> bool:
        """Wait until there is something in a mailbox; False: the time was up first. None is without limit.

        Raises what it was ended with: ShuttingDown when the server drains, before anything else.
        """
        if not self._changed:
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(timeout_s):
                    await self._waiting
            except TimeoutError:
                pass
            finally:
                self._waiting = None
        if self._error is not None:
            raise self._error
        changed, self._changed = self._changed, False
        return changed


class Ticker:
    """Ticks every `interval_s` while any of its sources is needed. At most `max_waiters` calls wait at once."""

    def __init__(self, interval_s: float, max_waiters: int, observer: WatchingObserver | None = None) -> None:
        self._interval_s = interval_s
        self._max_waiters = max_waiters
        self.observer = observer or WatchingObserver()
        self._sources: list[Source] = []
        self._waiters: set[Waiter] = set()
        self._kinds: Counter[str] = Counter()
        self._needed = asyncio.Event()
        self._hurried = asyncio.Event()
        self._closed = False
        self._failing: set[str] = set()

    def add(self, source: Source, before: Source | None = None) -> None:
        """Let a source take part from now on, in each tick before another one, or as the last."""
        self._sources.insert(len(self._sources) if before is None else self._sources.index(before), source)

    def waiter(self, kind: str) -> Waiter:
        """Return a call that waits inside its block. To enter it raises Overloaded when too many wait, ShuttingDown."""
        return Waiter(self, kind)

    def admit(self, waiter: Waiter, kind: str) -> None:
        """Count a call that waits from now on. Raises Overloaded, ShuttingDown."""
        if self._closed:
            raise ShuttingDown
        if len(self._waiters) >= self._max_waiters:
            raise Overloaded("calls that wait or watch", self._max_waiters)
        self._waiters.add(waiter)
        self._count(kind, 1)

    def dismiss(self, waiter: Waiter, kind: str) -> None:
        """Count a call no more."""
        self._waiters.discard(waiter)
        self._count(kind, -1)

    def wake(self) -> None:
        """Tick from now on: a source is needed."""
        self._needed.set()

    def hurry(self) -> None:
        """Tick soon: something has changed."""
        self._hurried.set()

    def close(self) -> None:
        """End all waiting with ShuttingDown, now and from now on."""
        self._closed = True
        for waiter in self._waiters:
            waiter.end(ShuttingDown())

    async def run(self) -> None:
        """Tick until cancelled."""
        due = time.monotonic()
        while True:
            if not any(source.is_needed for source in self._sources):
                self._needed.clear()
                await self._needed.wait()
                due = time.monotonic()
            self._hurried.clear()
            began = time.monotonic()
            failed = await self._tick()
            self.observer.ticked(time.monotonic() - began, began - due, failed)
            due = await self._pause(_PAUSE_AFTER_FAULT_S if failed else self._interval_s)

    async def _tick(self) -> bool:
        """Let every source ask, and return whether one failed: the others are asked all the same."""
        failed = False
        for source in self._sources:
            if not source.is_needed:
                continue
            try:
                await source.tick()
            except Exception as error:  # Whatever it is: all who wait depend on this task.
                failed = True
                self._log(source.name, error)
            else:
                self._failing.discard(source.name)
        return failed

    async def _pause(self, interval_s: float) -> float:
        """Return when the next tick is due, at which time it is."""
        due = time.monotonic() + interval_s
        await asyncio.sleep(interval_s * _HURRIED_SHARE)
        try:
            async with asyncio.timeout(due - time.monotonic()):
                await self._hurried.wait()
        except TimeoutError:
            return due
        return time.monotonic()

    def _log(self, source: str, error: Exception) -> None:
        """Log a failure that is no outage each time, and an outage once: the probe tells of it as well."""
        if not isinstance(error, TransientError):
            logger.error("watching failed", exc_info=error, extra={"source": source})
        elif source not in self._failing:
            logger.warning("watching waits for the database", extra={"source": source, "reason": error.reason})
        self._failing.add(source)

    def _count(self, kind: str, change: int) -> None:
        self._kinds[kind] += change
        self.observer.waiting(kind, self._kinds[kind])
