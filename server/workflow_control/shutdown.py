"""How the process is asked to end."""

from __future__ import annotations

import asyncio
import signal


class ShutdownSignals:
    """SIGTERM asks to end once balancers have noticed; SIGINT, or a second SIGTERM, asks to end without that delay."""

    def __init__(self) -> None:
        self.requested = asyncio.Event()
        self.hurry = asyncio.Event()

    def install(self) -> None:
        """Handle the signals of this process in the running loop."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self._terminate)
        loop.add_signal_handler(signal.SIGINT, self._interrupt)

    def _terminate(self) -> None:
        if self.requested.is_set():
            self.hurry.set()
        self.requested.set()

    def _interrupt(self) -> None:
        self.hurry.set()
        self.requested.set()
