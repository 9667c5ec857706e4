"""When the next batch starts: at once for a few callers, and when all of a crowd are there for a crowd.

gRPC hands calls in one by one, each more slowly than a small batch is fast. A committer that started with the first
would never see the others: measured with 64 callers, its batches were of 7 commands, and a call cost a fifth more.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from workflow_control.idempotency.backlog import Backlog
from workflow_control.idempotency.flight import Flight

_CROWD: Final = 5
"""From how many commands at a time on they are gathered; fewer are never waited for."""

_LATELY_S: Final = 0.1
"""How long a crowd is remembered, and at most twice that: its callers come back when they have their answers."""

_ALL_BUT: Final = 8
"""A crowd has gathered when all are there but one of so many. The last few would be waited for by all others; they are
the first of the next batch.
"""

_QUIET_S: Final = 0.0008
"""A crowd that stays away has gathered when nobody has come for so long."""

_LOOK_EVERY_S: Final = 0.001
"""No loop has finer timers than libuv's, which count whole milliseconds."""

_GATHER_MAX_S: Final = 0.01
"""How long it may take to gather."""

_OVERDUE_S: Final = 0.01
"""When a batch takes longer than this, another committer takes what waits meanwhile. To start one at once for each new
command costs more than it gains: measured with three committers and 64 callers, batches were a third as large, and
both throughput and CPU a third worse.
"""


class _RecentPeak:
    """The largest value of the last moments."""

    def __init__(self) -> None:
        self._before = 0
        self._now = 0
        self._since = 0.0

    def see(self, value: int) -> int:
        """Take a value into account, and return the largest."""
        now = time.monotonic()
        age = now - self._since
        if age >= _LATELY_S:
            self._before = self._now if age < 2 * _LATELY_S else 0
            self._now = 0
            self._since = now
        self._now = max(self._now, value)
        return max(self._now, self._before)


class Pacer:
    """Hands the batches of a backlog to committers: one at a time, unless it is full or takes long."""

    def __init__(self, backlog: Backlog, max_batch: int) -> None:
        self._backlog = backlog
        self._max_batch = max_batch
        self._idle: deque[asyncio.Future[None]] = deque()
        self._at_work = 0
        self._in_batches = 0
        """How many commands are at work."""
        self._peak = _RecentPeak()
        """How many commands were here at a time lately, waiting or at work."""
        self._passed_over = False
        """Whether the last batch left commands behind, which have waited already."""
        self._timer: asyncio.TimerHandle | None = None
        self._gathering = False
        """What the timer is for: the end of gathering, or of the patience with a batch at work."""
        self._gather_until = 0.0
        self._seen = 0
        self._seen_at = 0.0
        """When the last of them had come; likewise `_gather_until` on the clock of `time.monotonic()`."""

    async def take(self) -> Sequence[Flight]:
        """Wait for the next batch, and return it; it must be released."""
        turn = self._turn()
        self.pace()
        await turn
        while not (batch := self._backlog.take(time.monotonic())):
            # What waits does so for a batch at work, whose committer comes here next.
            self._at_work -= 1
            await self._turn()
        self._in_batches += len(batch)
        self._passed_over = len(self._backlog) > 0
        self.pace()
        return batch

    def release(self, batch: Sequence[Flight]) -> None:
        """Free what a batch touches; its committer takes the next one."""
        self._backlog.release(batch)
        self._in_batches -= len(batch)
        self._at_work -= 1

    def pace(self) -> None:
        """Start a committer if it is time, or see that one starts in time; to be called when commands were queued."""
        waiting = len(self._backlog)
        crowd = self._peak.see(waiting + self._in_batches)
        if not waiting or not self._idle:
            return
        if waiting >= self._max_batch or (crowd >= _CROWD and waiting >= crowd - crowd // _ALL_BUT):
            self._start()
        elif self._at_work:
            if self._timer is None:
                self._start_timer(_OVERDUE_S, self._start)
        elif self._passed_over or crowd < _CROWD:
            self._start()
        elif not self._gathering:
            self._gather(waiting)

    def _turn(self) -> asyncio.Future[None]:
        turn = asyncio.get_running_loop().create_future()
        self._idle.append(turn)
        return turn

    def _gather(self, waiting: int) -> None:
        self._stop_timer()
        self._gathering = True
        self._seen = waiting
        self._seen_at = time.monotonic()
        self._gather_until = self._seen_at + _GATHER_MAX_S
        self._start_timer(_LOOK_EVERY_S, self._look)

    def _look(self) -> None:
        waiting, now = len(self._backlog), time.monotonic()
        if waiting > self._seen:
            self._seen = waiting
            self._seen_at = now
        # A timer may be early: it counts from when the loop last looked at the clock.
        if now < min(self._seen_at + _QUIET_S, self._gather_until):
            self._start_timer(_LOOK_EVERY_S, self._look)
        else:
            self._start()

    def _start(self) -> None:
        self._stop_timer()
        while self._idle:
            turn = self._idle.popleft()
            if not turn.done():
                self._at_work += 1
                turn.set_result(None)
                return

    def _start_timer(self, seconds: float, then: Callable[[], None]) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, then)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        self._gathering = False
