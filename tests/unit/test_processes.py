"""Several processes on one port: started, started again, ended together, and never sharing a port by accident."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.fixtures.eventually import eventually, eventually_async
from workflow_control.processes import ReservationError, reserve_port, supervise
from workflow_control.rpc.health_client import ask_health
from workflow_control.settings import Settings

START_TIMEOUT_S = 60.0
END_TIMEOUT_S = 30.0


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


Serve = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts `serve` on a database that is not there: health answers, NOT_SERVING but alive."""
    started: list[subprocess.Popen[str]] = []

    def start(port: int, *arguments: str) -> subprocess.Popen[str]:
        environment = os.environ | {
            "WORKFLOW_CONTROL_PORT": str(port),
            "WORKFLOW_CONTROL_DATABASE_URL": f"postgresql://nobody@127.0.0.1:{free_port()}/nothing",
            "WORKFLOW_CONTROL_LOG_FORMAT": "json",
        }
        command = [sys.executable, "-m", "workflow_control", "serve", *arguments]
        with (tmp_path / f"log-{len(started)}").open("w") as log:
            process = subprocess.Popen(command, env=environment, stderr=log, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def is_alive(port: int) -> bool:
    """Tell whether a server answers on the port."""
    return ask_health(f"127.0.0.1:{port}", "liveness", 5.0) == "SERVING"


def children_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Return the server processes below the supervisor."""
    return psutil.Process(process.pid).children()


def test_processes_live_and_die_together(serve: Serve) -> None:
    port = free_port()
    supervisor = serve(port, "--processes", "2")
    eventually(lambda: is_alive(port), START_TIMEOUT_S)
    one, other = eventually(lambda: pair(supervisor), START_TIMEOUT_S)

    one.kill()
    again = eventually(lambda: {child.pid for child in pair(supervisor)} - {one.pid, other.pid}, START_TIMEOUT_S)
    assert len(again) == 1

    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(END_TIMEOUT_S) == 0
    assert not other.is_running()
    assert not is_alive(port)


def pair(supervisor: subprocess.Popen[str]) -> list[psutil.Process]:
    """Return both children that listen, or none."""
    listening = [child for child in children_of(supervisor) if listens(child)]
    return listening if len(listening) == 2 else []


def listens(process: psutil.Process) -> bool:
    """Tell whether the process has a listening socket."""
    try:
        return any(connection.status == psutil.CONN_LISTEN for connection in process.net_connections("tcp"))
    except psutil.NoSuchProcess:
        return False


def test_children_end_when_their_supervisor_is_killed(serve: Serve) -> None:
    port = free_port()
    supervisor = serve(port, "--processes", "2")
    children = eventually(lambda: pair(supervisor), START_TIMEOUT_S)
    supervisor.kill()
    supervisor.wait()
    gone, alive = psutil.wait_procs(children, timeout=END_TIMEOUT_S)
    assert (len(gone), alive) == (2, [])


@pytest.mark.parametrize("first", [[], ["--processes", "2"]])
def test_a_port_is_not_shared_by_accident(serve: Serve, first: list[str]) -> None:
    port = free_port()
    serving = serve(port, *first)
    eventually(lambda: is_alive(port), START_TIMEOUT_S)
    for second in ([], ["--processes", "2"]):
        assert serve(port, *second).wait(START_TIMEOUT_S) == 2
    assert serving.poll() is None


def script(folder: Path, body: str) -> list[str]:
    """Return the command of a child that does as a test says."""
    file = folder / "child.py"
    file.write_text(textwrap.dedent(body))
    return [sys.executable, str(file)]


def run(command: list[str], *, signal_after: Path | None = None, grace: str = "0s") -> int:
    """Supervise two children, ask them to end once the file is there, and return the exit code."""
    settings = Settings.model_validate({"processes": 2, "port": 0, "grace": grace})

    async def main() -> int:
        async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
            supervising = tasks.create_task(supervise(settings, os.environ, command))
            if signal_after is not None:
                await eventually_async(signal_after.exists, START_TIMEOUT_S)
                os.kill(os.getpid(), signal.SIGTERM)
        return supervising.result()

    return asyncio.run(main())


def test_a_misconfigured_child_ends_all(tmp_path: Path) -> None:
    command = script(
        tmp_path,
        f"""
        import os, pathlib, sys, time
        first = pathlib.Path({str(tmp_path)!r}, "first")
        try:
            first.touch(exist_ok=False)
        except FileExistsError:
            time.sleep(60)
        sys.exit(2)
        """,
    )
    before = time.monotonic()
    assert run(command) == 2
    assert time.monotonic() - before < 30


def test_a_child_that_keeps_crashing_is_not_started_all_the_time(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    enough = tmp_path / "enough"
    command = script(
        tmp_path,
        f"""
        import pathlib, sys
        starts = pathlib.Path({str(starts)!r})
        with starts.open("a") as file:
            file.write("x")
        if len(starts.read_text()) >= 4:
            pathlib.Path({str(enough)!r}).touch()
        sys.exit(1)
        """,
    )
    before = time.monotonic()
    assert run(command, signal_after=enough) in (0, 1)  # It may end by itself just then.
    assert time.monotonic() - before > 0.4
    assert len(starts.read_text()) < 10


def test_a_child_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflow_control.processes._KILL_AFTER_S", 0.5)
    ready = tmp_path / "ready"
    command = script(
        tmp_path,
        f"""
        import pathlib, signal, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        pathlib.Path({str(ready)!r}).touch()
        time.sleep(60)
        """,
    )
    assert run(command, signal_after=ready) == 1


def test_a_reservation_takes_no_connections() -> None:
    with reserve_port("127.0.0.1", 0) as reservation:
        port = reservation.getsockname()[1]
        with socket.socket() as client:
            assert client.connect_ex(("127.0.0.1", port)) != 0


def test_a_reserved_port_is_not_reserved_again() -> None:
    with reserve_port("127.0.0.1", 0) as reservation:
        port = reservation.getsockname()[1]
        with pytest.raises(ReservationError, match=f"127.0.0.1:{port}: address already in use"):
            reserve_port("127.0.0.1", port)
