"""Who calls the servers: ghz where Go can build it, else a Python process.

ghz costs a core less than Python does, so on a small machine it leaves more of it to the server; server CPU per call is
the same with either.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Protocol

from benchmarks.figures import Run
from benchmarks.plan import MEASUREMENT_LIMIT_S
from benchmarks.worker import BenchmarkError, Worker, running_worker

GHZ_VERSION: Final = "0.120.0"
_GHZ_MODULE: Final = f"github.com/bojand/ghz/cmd/ghz@v{GHZ_VERSION}"
_INSTALL_TIMEOUT_S: Final = 300
_HANG_TIMEOUT_S: Final = 4 * MEASUREMENT_LIMIT_S

_ROOT: Final = Path(__file__).parents[1]

Choice = Literal["auto", "ghz", "python"]


@dataclass(frozen=True, slots=True)
class Method:
    """A unary RPC; its full name without the leading slash."""

    name: str
    proto: Path
    imports: Path
    request: Callable[[str], Mapping[str, object]]
    """Returns the request whose key is a name, as JSON."""
    calls_per_request: int = 1


def _cancel(name: str) -> Mapping[str, object]:
    return {"request_key": name, "workflow_id": name}


def _new_workflow(name: str) -> Mapping[str, object]:
    # The user is who the run is told by afterwards: the ids derive from the keys.
    return {
        "workflow_name": "process_order",
        "queue_name": "orders",
        "authenticated_user": name,
        "args": [{"order_id": "order-7", "quantity": 3}],
    }


def _start(name: str) -> Mapping[str, object]:
    return {"request_key": name, "workflow": _new_workflow(name)}


def _start_many(name: str) -> Mapping[str, object]:
    return {"request_key": name, "workflows": [_new_workflow(name)] * STARTED_AT_ONCE}


STARTED_AT_ONCE: Final = 1000

_OURS: Final = (_ROOT / "proto" / "workflowcontrol" / "v1" / "workflow_control.proto", _ROOT / "proto")
_SERVICE: Final = "workflowcontrol.v1.WorkflowControl"

EMPTY: Final = Method(
    "benchmarks.Floor/Empty", Path(__file__).parent / "floor.proto", Path(__file__).parent, lambda _: {}
)
CANCEL: Final = Method(f"{_SERVICE}/CancelWorkflow", *_OURS, _cancel)
START: Final = Method(f"{_SERVICE}/StartWorkflow", *_OURS, _start)
START_MANY: Final = Method(f"{_SERVICE}/StartWorkflows", *_OURS, _start_many, STARTED_AT_ONCE)
METHODS: Final = {method.name: method for method in (EMPTY, CANCEL, START, START_MANY)}


class LoadGenerator(Protocol):
    """Calls a server from a process of its own."""

    @property
    def description(self) -> str:
        """Which one it is, for the report."""
        ...

    def call(
        self,
        target: str,
        method: Method,
        prefix: str,
        calls: int,
        in_flight: int,
        connections: int = 1,
        per_second: int = 0,
    ) -> Run:
        """Make so many calls of a method, with so many requests open at any time, over so many connections.

        With `per_second` requests begin at that rate, and `in_flight` is the most of them that are open. Each request
        has a key of its own, which begins with the prefix. Raises BenchmarkError when one fails.
        """
        ...


@contextlib.contextmanager
def running_load_generator(choice: Choice, log: Path) -> Iterator[LoadGenerator]:
    """Choose a load generator. `auto` is ghz if it is installed already or Go can install it."""
    program = None if choice == "python" else _find_ghz()
    if program is not None:
        yield Ghz(program)
        return
    if choice == "ghz":
        raise BenchmarkError(f"There is no ghz, and `go install {_GHZ_MODULE}` does not work here.")
    with running_worker("benchmarks.python_load", log=log) as worker:
        yield PythonLoad(worker)


@dataclass(frozen=True, slots=True)
class Ghz:
    """https://ghz.sh"""

    program: Path

    @property
    def description(self) -> str:
        return f"ghz {GHZ_VERSION}"

    def call(
        self,
        target: str,
        method: Method,
        prefix: str,
        calls: int,
        in_flight: int,
        connections: int = 1,
        per_second: int = 0,
    ) -> Run:
        """See LoadGenerator."""
        data = method.request(f"{prefix}{{{{.RequestNumber}}}}")
        requests = calls // method.calls_per_request
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.json"
            command = [str(self.program), "--insecure", f"--proto={method.proto}", f"--import-paths={method.imports}"]
            # From a file: a thousand workflows are longer than a command line may be.
            request = Path(folder) / "request.json"
            request.write_text(json.dumps(data))
            command += [f"--call={method.name}", f"--data-file={request}"]
            command += [f"--total={requests}", f"--concurrency={in_flight}"]  # With --max-duration it forgets --total.
            command += [f"--connections={connections}", f"--rps={per_second}"]  # 0 is without limit.
            command += ["--format=json", f"--output={report}", target]
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=_HANG_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                raise BenchmarkError(
                    f"{requests} requests of {method.name} took more than {_HANG_TIMEOUT_S} s."
                ) from None
            if done.returncode != 0:
                raise BenchmarkError(f"ghz failed:\n{done.stderr}")
            figures = json.loads(report.read_text())
        for error, count in figures["errorDistribution"].items():
            raise BenchmarkError(f"{method.name} failed, {count} times like this: {error}")
        latencies_ms = [detail["latency"] / 1e6 for detail in figures["details"]]
        return Run(latencies_ms, figures["total"] / 1e9, method.calls_per_request)


@dataclass(frozen=True, slots=True)
class PythonLoad:
    """benchmarks/python_load.py."""

    worker: Worker

    @property
    def description(self) -> str:
        return "Python grpc.aio"

    def call(
        self,
        target: str,
        method: Method,
        prefix: str,
        calls: int,
        in_flight: int,
        connections: int = 1,
        per_second: int = 0,
    ) -> Run:
        """See LoadGenerator."""
        return self.worker.run(
            _HANG_TIMEOUT_S,
            target=target,
            method=method.name,
            prefix=prefix,
            calls=calls,
            in_flight=in_flight,
            connections=connections,
            per_second=per_second,
            limit_s=MEASUREMENT_LIMIT_S,
        )


def _find_ghz() -> Path | None:
    """Return ghz in the version that we know, built the first time it is asked for."""
    folder = _ROOT / ".cache" / f"ghz-{GHZ_VERSION}"
    program = folder / "ghz"
    if program.exists():
        return program
    if (go := shutil.which("go")) is None:
        return None
    with contextlib.suppress(subprocess.TimeoutExpired):
        environment = {**os.environ, "GOBIN": str(folder)}
        subprocess.run(
            [go, "install", _GHZ_MODULE], env=environment, capture_output=True, timeout=_INSTALL_TIMEOUT_S, check=False
        )
    return program if program.exists() else None
