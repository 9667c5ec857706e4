"""Single calls go first: when a batch of items may begin."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from workflow_control.bulk.ports import Foreground

_LOOK_S: Final = 0.001
_PATIENCE_S: Final = 0.02
"""How long a batch waits at most for single calls: under a load that never ends, operations go on, if slowly."""

_MEMORY_S: Final = 0.25
"""For how long after a single call batches are one after the other: more calls are to be expected."""


class Courtesy:
    """Lets one batch begin at a time, while no single call waits; and work alone, while there are single calls at all,
    since these wait behind each batch that is in the database."""

    def __init__(self, foreground: Foreground) -> None:
        self._foreground = foreground
        self._beginning = asyncio.Lock()
        self._working = asyncio.Lock()
        self._seen_at = float("-inf")

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait until it is time for a batch, which is the block."""
        if time.monotonic() - self._seen_at < _MEMORY_S:
            async with self._working:
                await self._wait()
                yield
        else:
            await self._wait()
            yield

    async def _wait(self) -> None:
        async with self._beginning:
            until = time.monotonic() + _PATIENCE_S
            while self._foreground.unsettled and (now := time.monotonic()) < until:
                self._seen_at = now
                await asyncio.sleep(_LOOK_S)  # An event would cost the calls.
