"""Who uses a program: each user holds a shared lock on one file; see `guard`."""

import contextlib
import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

_GUARD_TIMEOUT_S = 30.0


class Claim:
    """This process's claim on a program; the kernel drops it with the process."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._descriptor: int | None = None

    def take(self) -> None:
        """Takes the claim, after waiting for a guard that is just stopping it."""
        if self._descriptor is None:
            descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            self._descriptor = descriptor

    def drop(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def drop_and_if_last(self, stop: Callable[[], None]) -> None:
        """Drops the claim; if it was the last, returns when `stop`, or the guard, has stopped."""
        if self._descriptor is None:
            return
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Either somebody else uses it, or the guard was faster and is stopping it.
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
            _wait_while_locked(self._descriptor)
        else:
            stop()
        finally:
            self.drop()


def _wait_while_locked(descriptor: int) -> None:
    """Returns when nobody holds the exclusive lock: at once, unless a guard is at work."""
    deadline = time.monotonic() + _GUARD_TIMEOUT_S
    while time.monotonic() < deadline:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return
        time.sleep(0.01)
