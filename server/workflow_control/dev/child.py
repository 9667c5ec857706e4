"""A program of the development stack, which ends with us whatever becomes of us."""

import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from workflow_control.dev import guard
from workflow_control.dev.claim import Claim

STOP_TIMEOUT_S = 15.0
"""Longer than a server needs to drain; then it is killed."""


class ChildError(Exception):
    """A program did not do as it should; the message says how it ended, with its last log lines."""


class Child:
    """One running program; `log` is the file for its output, None this process's own output.

    It runs under a guard in a session of its own, so Ctrl-C does not reach it before us.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        claim: Claim,
        log: Path | None,
    ) -> None:
        self.name = name
        self.log = log
        output = log.open("wb") if log else None
        guarded = [sys.executable, "-I", "-S", guard.__file__, str(claim.file), "SIGTERM", "", "", ""]
        try:
            self._guard = subprocess.Popen(
                [*guarded, *map(str, command)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        finally:
            if output:
                output.close()

    @property
    def is_running(self) -> bool:
        return self._guard.poll() is None

    def output(self) -> str:
        """What the program has printed so far; empty if it prints to our own output."""
        return self.log.read_text(errors="replace") if self.log else ""

    def check(self) -> None:
        """Raises ChildError unless the program is running."""
        if not self.is_running:
            raise self._ended()

    def wait(self, timeout_s: float) -> None:
        """Waits for a program that ends by itself; raises ChildError unless it ends well."""
        try:
            exit_code = self._guard.wait(timeout_s)
        except subprocess.TimeoutExpired as error:
            raise ChildError(f"{self.name} took more than {timeout_s:.0f} s.") from error
        if exit_code != 0:
            raise self._ended()

    def stop(self) -> None:
        """Asks the program to end, and kills it if it takes too long."""
        self._guard.terminate()
        try:
            self._guard.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Ends the program and all that it started as `kill -9` does."""
        for process in psutil.Process(self._guard.pid).children(recursive=True):
            process.send_signal(signal.SIGKILL)
        self._guard.wait(STOP_TIMEOUT_S)

    def _ended(self) -> ChildError:
        last_lines = [f"    {line}" for line in self.output().splitlines()[-15:]]
        ended = f"{self.name} ended with exit code {self._guard.returncode}"
        where = f"; the end of {self.log}:" if last_lines else "."
        return ChildError("\n".join([ended + where, *last_lines]))
