"""One more worker than a shop has."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.fixtures.eventually import eventually
from tests.runtimes.runtimes import Runtime

_START_TIMEOUT_S = 120.0
"""Of a runtime that starts while others are built or tested beside it."""


@contextmanager
def running_worker(runtime: Runtime, output: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Runs a worker of the runtime, from when it is ready; it prints to `output`, and is killed in the end."""
    command = runtime.worker_command()
    with output.open("wb") as log:
        worker = subprocess.Popen(command, env={**os.environ, **environment}, stdout=log, stderr=log)

    def ready() -> bool:
        printed = output.read_text(errors="replace")
        assert worker.poll() is None, printed
        return "worker ready\n" in printed

    try:
        eventually(ready, _START_TIMEOUT_S)
        yield
    finally:
        worker.kill()
        worker.wait()
