"""A process that waits for orders: one JSON object per line in, one per line out."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import psutil

from benchmarks.figures import Run

START_TIMEOUT_S: Final = 30.0
STOP_TIMEOUT_S: Final = 20.0


class BenchmarkError(Exception):
    """A contender failed, or did not do what it was measured for."""


class Worker:
    """The near end: a program that takes orders, a Python module that calls `serve` say, in a process of its own."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log

    @property
    def cpu_seconds(self) -> float:
        """User and system time of the process so far."""
        return cpu_seconds(self._process.pid)

    def order(self, timeout_s: float, **arguments: object) -> dict[str, Any]:
        """Send an order and return its answer. Raises BenchmarkError if there is none in time."""
        if self._process.stdin is None:
            raise ValueError("the worker was started without a pipe")
        try:
            self._process.stdin.write(json.dumps(arguments) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise BenchmarkError(f"The worker has ended:\n{last_lines(self._log)}") from None
        return self.read(timeout_s)

    def read(self, timeout_s: float) -> dict[str, Any]:
        """Return the next answer."""
        if self._process.stdout is None:
            raise ValueError("the worker was started without a pipe")
        readable, _, _ = select.select([self._process.stdout], [], [], timeout_s)
        line = self._process.stdout.readline() if readable else ""
        if not line:
            raise BenchmarkError(f"The worker gave no answer:\n{last_lines(self._log)}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def run(self, timeout_s: float, **arguments: object) -> Run:
        """Send an order whose answer is a Run."""
        return Run(**self.order(timeout_s, **arguments))


@contextlib.contextmanager
def running_worker(command: Sequence[str], log: Path) -> Iterator[Worker]:
    """Run a program until the block ends, ready for orders."""
    with running_process(command, log=log, pipes=True) as process:
        worker = Worker(process, log)
        worker.read(START_TIMEOUT_S)
        yield worker


@contextlib.contextmanager
def running_process(
    command: Sequence[str], *, log: Path, environment: Mapping[str, str] | None = None, pipes: bool = False
) -> Iterator[subprocess.Popen[str]]:
    """Run a program until the block ends; what it says on stderr, and without `pipes` on stdout, goes to `log`."""
    pipe = subprocess.PIPE if pipes else None
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            stdin=pipe or subprocess.DEVNULL,
            stdout=pipe or output,
            stderr=output,
            env=environment,
            text=True,
        )
    with process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()


def cpu_seconds(pid: int) -> float:
    """Return the user and system time of a process and of those that it has started."""
    process = psutil.Process(pid)
    times = [p.cpu_times() for p in (process, *process.children(recursive=True))]
    return sum(time.user + time.system for time in times)


def last_lines(log: Path) -> str:
    """Return the end of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])


def serve(execute: Callable[..., Run]) -> None:
    """The far end: execute orders until there are no more."""
    # Libraries that print must not print into the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    print("{}", file=answers, flush=True)
    for line in sys.stdin:
        run = execute(**json.loads(line))
        answer = {"latencies_ms": run.latencies_ms, "seconds": run.seconds}
        print(json.dumps(answer), file=answers, flush=True)
