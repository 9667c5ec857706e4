"""Single calls go first: when a batch of items may begin."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from workflow_control.bulk.ports import Foreground

_LOOK_S: Final = 0.001
_PATIENCE_S: Final = 0.02
"""How long a batch waits at most for single calls: under a load that never ends, operations go on, if slowly."""


class Courtesy:
    """Lets one batch begin at a time, while no single call waits."""

    def __init__(self, foreground: Foreground) -> None:
        self._foreground = foreground
        self._turn = asyncio.Lock()

    async def wait(self) -> None:
        """Return when it is time."""
        async with self._turn:
            until = time.monotonic() + _PATIENCE_S
            while self._foreground.unsettled and time.monotonic() < until:  # noqa: ASYNC110 - An event would cost the calls.
                await asyncio.sleep(_LOOK_S)
