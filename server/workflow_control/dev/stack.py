"""`make run`: a Postgres, a DBOS worker and the server, started together and stopped together."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import grpc
import psycopg
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from psycopg.sql import SQL, Identifier

from workflow_control.dev.child import Child, ChildError
from workflow_control.dev.claim import Claim
from workflow_control.dev.embedded_postgres import EmbeddedPostgres
from workflow_control.dev.postgres_home import EmbeddedPostgresError
from workflow_control.settings import load_settings

START_TIMEOUT_S = 60.0

DATA_FOLDER = Path(".workflow-control")

DATABASE = "orders"
"""The example application's database, which DBOS's tables and ours share."""

_WORKER_FOLDER = Path(__file__).parents[3] / "examples" / "workers" / "python"
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - Compared with, not listened on.
_WORKER_READY = "worker ready\n"
_FAST_RECONNECT = [
    ("grpc.initial_reconnect_backoff_ms", 50),
    ("grpc.min_reconnect_backoff_ms", 50),
    ("grpc.max_reconnect_backoff_ms", 100),
]


class StackError(Exception):
    """The stack cannot run; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A running stack: where its parts are, and the programs themselves.

    `postgres` is None if the database was given. Each line of `order_log` is "workflow_id step_name", appended by the
    worker when a step begins.
    """

    server_address: str
    database_url: str
    order_log: Path
    postgres: EmbeddedPostgres | None
    worker: Child
    server: Child
    worker_python: Path
    worker_environment: Mapping[str, str]

    def start_order(self, workflow_id: str, *arguments: str) -> None:
        """Puts an order on the worker's queue; `arguments` are those of `start_order.py`."""
        program = [str(self.worker_python), str(_WORKER_FOLDER / "start_order.py")]
        subprocess.run(
            [*program, "--workflow-id", workflow_id, *arguments],
            env=self.worker_environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def check(self) -> None:
        """Raises ChildError or StackError if a part has ended."""
        if self.postgres is not None and not self.postgres.is_running:
            raise StackError(f"Postgres ended; its log is {self.postgres.log_file}.")
        self.server.check()
        self.worker.check()


@contextlib.contextmanager
def running_stack(
    data_folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    database_url: str | None = None,
    worker_python: Path | None = None,
    worker_command: Sequence[str | Path] | None = None,
    settings: Mapping[str, str] | None = None,
    show_server_log: bool = False,
) -> Iterator[Stack]:
    """Runs the whole stack; its files, logs included, are in `data_folder`.

    `port` 0 takes a free one. Without a `database_url` it starts a Postgres of its own. `worker_python` is an
    interpreter that has some release of DBOS; `worker_command` starts another worker than the one in Python, which
    says the same when it is ready. `settings` are more environment variables for the programs. Raises StackError,
    ChildError or EmbeddedPostgresError if a part does not start.
    """
    data_folder = data_folder.resolve()
    data_folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as running:
        running.enter_context(_alone(data_folder))
        port = _listenable_port(host, port)
        claim = Claim(data_folder / "stack.claims")
        claim.take()
        running.callback(claim.drop)
        postgres = None
        if database_url is None:
            postgres = running.enter_context(EmbeddedPostgres(data_folder))
            database_url = _own_database(postgres)

        def start(name: str, log: str | None, environment: Mapping[str, str], *command: str | Path) -> Child:
            log_file = data_folder / log if log else None
            child = Child(name, command, environment=environment, claim=claim, log=log_file)
            running.callback(child.stop)  # Stopped in the opposite order, the server first.
            return child

        environment = {**os.environ, **(settings or {})}
        order_log = data_folder / "orders.log"
        worker_python = worker_python or Path(sys.executable)
        worker_environment = _worker_environment(environment, database_url, order_log)
        server_environment = _server_environment(environment, database_url, host, port)
        server_command = [sys.executable, "-m", "workflow_control"]
        server_log = None if show_server_log else "server.log"

        # DBOS's tables and ours know nothing of each other, so both are made at once.
        worker_command = worker_command or (worker_python, _WORKER_FOLDER / "worker.py")
        worker = start("The worker", "worker.log", worker_environment, *worker_command)
        start("The migration", "migrate.log", server_environment, *server_command, "migrate").wait(START_TIMEOUT_S)
        server = start("The server", server_log, server_environment, *server_command, "serve")
        stack = Stack(
            server_address=_address(host, port),
            database_url=database_url,
            order_log=order_log,
            postgres=postgres,
            worker=worker,
            server=server,
            worker_python=worker_python,
            worker_environment=worker_environment,
        )
        _wait_until_ready(stack)
        yield stack


def _wait_until_ready(stack: Stack) -> None:
    """Waits until the worker takes orders and the server serves."""
    deadline = time.monotonic() + START_TIMEOUT_S
    with grpc.insecure_channel(stack.server_address, options=_FAST_RECONNECT) as channel:
        while not (_WORKER_READY in stack.worker.output() and _is_serving(channel)):
            stack.check()
            if time.monotonic() > deadline:
                raise StackError(
                    f"The stack was not ready after {START_TIMEOUT_S:.0f} s; the worker's log is "
                    f"{stack.worker.log}, the server's {stack.server.log or 'above'}."
                )
            time.sleep(0.05)


def _is_serving(channel: grpc.Channel) -> bool:
    check = channel.unary_unary(
        "/grpc.health.v1.Health/Check",
        request_serializer=HealthCheckRequest.SerializeToString,
        response_deserializer=HealthCheckResponse.FromString,
    )
    try:
        response: HealthCheckResponse = check(HealthCheckRequest(), timeout=1)
    except grpc.RpcError:
        return False
    return response.status == HealthCheckResponse.SERVING


def _own_database(postgres: EmbeddedPostgres) -> str:
    with psycopg.connect(postgres.url(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(DATABASE)))
    return postgres.url(DATABASE)


def _worker_environment(environment: Mapping[str, str], database_url: str, order_log: Path) -> dict[str, str]:
    return {
        **environment,
        "DBOS_SYSTEM_DATABASE_URL": database_url,
        "DBOS_SCHEMA": environment.get("WORKFLOW_CONTROL_DBOS_SCHEMA") or "dbos",
        "ORDER_LOG": str(order_log),
    }


def _server_environment(environment: Mapping[str, str], database_url: str, host: str, port: int) -> dict[str, str]:
    # The file may name the URL that we were given; the server would refuse to have both.
    known = {name: value for name, value in environment.items() if name != "WORKFLOW_CONTROL_DATABASE_URL_FILE"}
    return {
        **known,
        "WORKFLOW_CONTROL_DATABASE_URL": database_url,
        "WORKFLOW_CONTROL_HOST": host,
        "WORKFLOW_CONTROL_PORT": str(port),
    }


def _address(host: str, port: int) -> str:
    if host in _EVERYWHERE:
        return f"127.0.0.1:{port}"
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _listenable_port(host: str, port: int) -> int:
    """Returns `port`, or a free one for 0; raises StackError if `port` is taken."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            free: int = probe.getsockname()[1]
            return free
    except OSError as error:
        raise StackError(
            f"Port {port} of {host} cannot be used ({error.strerror}): stop the program that has it, or set "
            "WORKFLOW_CONTROL_PORT to another port."
        ) from error


@contextlib.contextmanager
def _alone(data_folder: Path) -> Iterator[None]:
    """Keeps a second stack out of the folder: DBOS would run each order in both workers."""
    with (data_folder / "stack.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StackError(f"Another stack is running in {data_folder}: stop it first.") from error
        yield


def main() -> int:
    """Runs the stack in `.workflow-control` until Ctrl-C or SIGTERM; returns the exit code.

    Raises SettingsError for a wrong setting.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    try:
        settings = load_settings()
        url = settings.database_url
        log_format = "console" if settings.log_format == "auto" else settings.log_format
        with running_stack(
            DATA_FOLDER,
            host=settings.host,
            port=settings.port,
            database_url=url.get_secret_value() if url else None,
            settings={"WORKFLOW_CONTROL_LOG_FORMAT": log_format},
            show_server_log=True,
        ) as stack:
            print(_welcome(stack), flush=True)
            try:
                while True:
                    stack.check()
                    time.sleep(0.2)
            finally:
                # From here on all is being stopped: a second Ctrl-C would only leave a mess.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
        return 0
    except (StackError, ChildError, EmbeddedPostgresError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1


def _welcome(stack: Stack) -> str:
    # A given URL may hold a secret; our own is only for this machine.
    url = stack.database_url if stack.postgres else "$WORKFLOW_CONTROL_DATABASE_URL"
    address = stack.server_address.replace("127.0.0.1", "localhost")
    python, start_order = map(_from_here, (stack.worker_python, _WORKER_FOLDER / "start_order.py"))
    service = "workflowcontrol.v1.WorkflowControl"

    def call(method: str, request: str = "{}") -> str:
        return f"grpcurl -plaintext -d '{request}' {address} {method}"

    cancel = '{"request_key": "key-1", "workflow_id": "order-1"}'
    return f"""
Ready: workflow-control serves on {address}, and a DBOS worker takes orders.
The logs of the worker and of Postgres are in {DATA_FOLDER}. Ctrl-C stops everything.

Try in another terminal:

  make demo

  export DBOS_SYSTEM_DATABASE_URL={url}
  {python} {start_order} --workflow-id order-1 --step-seconds 10
  {call("grpc.health.v1.Health/Check")}
  {call(f"{service}/ListWorkflows")}
  {call(f"{service}/CancelWorkflow", cancel)}
"""


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
