"""Who calls the servers: a small program in Go where it can be built, else a Python process.

The program costs a small part of what is measured; Python costs a core, so on a small machine it leaves less of it to
the server. Server CPU per call is the same with either.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal

from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import ParseDict
from google.protobuf.message import Message

from benchmarks.figures import Run
from benchmarks.plan import MEASUREMENT_LIMIT_S
from benchmarks.worker import BenchmarkError, Worker, running_worker
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest
from workflowcontrol.v1.workflow_start_pb2 import StartWorkflowRequest, StartWorkflowsRequest

_BUILD_TIMEOUT_S: Final = 300
_HANG_TIMEOUT_S: Final = 4 * MEASUREMENT_LIMIT_S

_ROOT: Final = Path(__file__).parents[1]
_SOURCE: Final = Path(__file__).parent / "load_generator"
_PROGRAM: Final = _ROOT / ".cache" / "load_generator"

Choice = Literal["auto", "go", "python"]


@dataclass(frozen=True, slots=True)
class Method:
    """A unary RPC; its full name without the leading slash."""

    name: str
    request_type: type[Message]
    fields: Callable[[str], Mapping[str, object]]
    """Returns the request whose key is a name, as JSON."""
    calls_per_request: int = 1

    def request(self, name: str) -> bytes:
        """Return the request whose key is a name, serialized."""
        return ParseDict(dict(self.fields(name)), self.request_type()).SerializeToString()


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

_SERVICE: Final = "workflowcontrol.v1.WorkflowControl"

EMPTY: Final = Method("benchmarks.Floor/Empty", Empty, lambda _: {})
CANCEL: Final = Method(f"{_SERVICE}/CancelWorkflow", CancelWorkflowRequest, _cancel)
START: Final = Method(f"{_SERVICE}/StartWorkflow", StartWorkflowRequest, _start)
START_MANY: Final = Method(f"{_SERVICE}/StartWorkflows", StartWorkflowsRequest, _start_many, STARTED_AT_ONCE)


@dataclass(frozen=True, slots=True)
class LoadGenerator:
    """Calls a server from a process of its own."""

    description: str
    """Which one it is, for the report."""
    worker: Worker

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
        requests = (method.request(f"{prefix}{number}") for number in range(calls // method.calls_per_request))
        run = self.worker.run(
            _HANG_TIMEOUT_S,
            target=target,
            method=f"/{method.name}",
            requests=[b64encode(request).decode() for request in requests],
            in_flight=in_flight,
            connections=connections,
            per_second=per_second,
            limit_s=MEASUREMENT_LIMIT_S,
        )
        return replace(run, calls_per_request=method.calls_per_request)


@contextlib.contextmanager
def running_load_generator(choice: Choice, log: Path) -> Iterator[LoadGenerator]:
    """Run a load generator until the block ends. `auto` is the program if Go can build it. Raises BenchmarkError."""
    built = choice != "python" and _build()
    if choice == "go" and not built:
        raise BenchmarkError(f"`go build` does not work in {_SOURCE.relative_to(_ROOT)}.")
    command = [str(_PROGRAM)] if built else [sys.executable, "-m", "benchmarks.python_load"]
    with running_worker(command, log=log) as worker:
        yield LoadGenerator("grpc-go" if built else "grpc.aio", worker)


def _build() -> bool:
    """Build the program, which Go does only where its source has changed; return whether it is there."""
    if (go := shutil.which("go")) is None:
        return False
    with contextlib.suppress(subprocess.TimeoutExpired):
        command = [go, "build", "-o", str(_PROGRAM), "."]
        return subprocess.run(command, cwd=_SOURCE, capture_output=True, timeout=_BUILD_TIMEOUT_S).returncode == 0
    return False
