"""The server under test, as a process of its own."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import Final

import grpc
import psutil
from grpc_health.v1 import health_pb2

from benchmarks.worker import BenchmarkError, cpu_seconds, last_lines, running_process

_READY_TIMEOUT_S: Final = 120.0


class Server:
    """A server process, and how to reach it."""

    def __init__(
        self, stack: ExitStack, command: Sequence[str], port: int, log: Path, environment: dict[str, str] | None
    ) -> None:
        self.target = f"127.0.0.1:{port}"
        self._log = log
        self._process = stack.enter_context(running_process(command, log=log, environment=environment))

    def cpu(self) -> float:
        """Return its CPU time so far, in seconds."""
        return cpu_seconds(self._process.pid)

    def resident_kib(self) -> float:
        """Return what its process has in memory, in KiB."""
        return psutil.Process(self._process.pid).memory_info().rss / 1024

    def wait_until_serving(self) -> None:
        """Wait until its health says SERVING."""
        deadline = time.monotonic() + _READY_TIMEOUT_S
        with grpc.insecure_channel(self.target) as channel:
            check = channel.unary_unary(
                "/grpc.health.v1.Health/Check",
                request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
                response_deserializer=health_pb2.HealthCheckResponse.FromString,
            )
            while time.monotonic() < deadline and self._process.poll() is None:
                try:
                    answer = check(health_pb2.HealthCheckRequest(), timeout=2, wait_for_ready=True)
                except grpc.RpcError:
                    continue
                if answer.status == health_pb2.HealthCheckResponse.SERVING:
                    return
                time.sleep(0.05)
        raise BenchmarkError(f"The server does not serve:\n{last_lines(self._log)}")


def _environment(url: str, port: int, settings: Mapping[str, str]) -> dict[str, str]:
    """Return an environment with which the server has its defaults but for `settings`, whatever ours has."""
    foreign = {name: value for name, value in os.environ.items() if not name.startswith("WORKFLOW_CONTROL_")}
    return {**foreign, "WORKFLOW_CONTROL_DATABASE_URL": url, "WORKFLOW_CONTROL_PORT": str(port), **settings}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def floor_server(stack: ExitStack, log: Path) -> Server:
    """Start the server that does nothing, until `stack` ends."""
    port = free_port()
    return Server(stack, [sys.executable, "-m", "benchmarks.floor_server", str(port)], port, log, None)


def start_server(
    stack: ExitStack,
    url: str,
    port: int,
    log: Path,
    processes: int = 1,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Server:
    """Serve a database with the defaults of all other settings, until `stack` ends. Returns once it serves."""
    command = [sys.executable, "-m", "workflow_control", "serve", "--processes", f"{processes}"]
    server = Server(stack, command, port, log, _environment(url, port, settings))
    server.wait_until_serving()
    return server
