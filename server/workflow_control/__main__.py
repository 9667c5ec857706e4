"""The server's commands.

Exit codes: 0 is success; 1 is a failure, or the answer no; 2 means that the command cannot be run as it is configured,
and that trying again is useless.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Final

from workflow_control import __version__
from workflow_control.settings import PREFIX, Settings, SettingsError, load_settings

# Each command imports what it runs: the supervisor of several processes needs no gRPC, and `health` no database.

OK: Final = 0
FAILED: Final = 1
MISCONFIGURED: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        match options.command:
            case "serve":
                return _serve(options.processes, options.worker)
            case "migrate":
                return _migrate(options.print)
            case "check":
                return _check()
            case "health":
                return _health(options.service, options.address, options.timeout)
            case _:
                return _dev()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return MISCONFIGURED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m workflow_control",
        description="A gRPC control plane for DBOS durable workflows.",
        epilog=f"Settings come from the environment, as {PREFIX}DATABASE_URL does; the README lists them.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    serve = commands.add_parser("serve", help="serve gRPC until SIGTERM or SIGINT")
    serve.add_argument("--processes", metavar="N", help=f"processes that share the port (default: {PREFIX}PROCESSES)")
    serve.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    migrate = commands.add_parser("migrate", help="create or update the server's own schema")
    migrate.add_argument("--print", action="store_true", help="print the SQL and change nothing")
    commands.add_parser("check", help="report whether database, schemas and privileges are in place")
    health = commands.add_parser("health", help="ask a running server for its health, as a container's health check")
    health.add_argument("--service", default="readiness", help="name to ask for (default: readiness)")
    health.add_argument("--address", help="host:port of the server (default: as configured, on this machine)")
    health.add_argument("--timeout", type=float, default=2.0, metavar="SECONDS", help="how long to wait (default: 2)")
    commands.add_parser("dev", help="run a whole stack: an embedded Postgres, a DBOS worker and the server")
    return parser


def _serve(processes: str | None, worker: bool) -> int:
    environment = dict(os.environ)
    if processes is not None:
        environment[f"{PREFIX}PROCESSES"] = processes
    settings = load_settings(environment)
    settings.require_database_url()
    _configure_logging(settings)
    if settings.processes > 1 and not worker:
        from workflow_control.processes import ReservationError, supervise

        try:
            return asyncio.run(supervise(settings, environment))
        except ReservationError as error:
            print(error, file=sys.stderr)
            return MISCONFIGURED
    if worker:
        _end_with_parent()
    import uvloop

    from workflow_control import wiring
    from workflow_control.postgres.migrate import MigrationError
    from workflow_control.rpc.server import ListenError
    from workflow_control.telemetry.exporter import MetricsListenError

    try:
        uvloop.run(wiring.serve(settings))
    except (ListenError, MetricsListenError, MigrationError) as error:
        print(error, file=sys.stderr)
        return MISCONFIGURED
    return OK


def _migrate(print_only: bool) -> int:
    settings = load_settings()
    _configure_logging(settings)
    import psycopg

    from workflow_control import wiring
    from workflow_control.postgres.migrate import MigrationError

    try:
        print(wiring.migrate(settings, print_only=print_only))
    except MigrationError as error:
        print(error, file=sys.stderr)
        return MISCONFIGURED
    except psycopg.Error as error:
        print(f"The database refused: {error}", file=sys.stderr)
        return FAILED
    return OK


def _check() -> int:
    settings = load_settings()
    from workflow_control import wiring

    checks = asyncio.run(wiring.check(settings))
    width = max((len(check.name) for check in checks), default=0)
    for check in checks:
        print(f"{'ok  ' if check.ok else 'FAIL'}  {check.name:<{width}}  {check.detail}")
        if not check.ok and check.fix:
            print(f"      {'':<{width}}  To mend it: {check.fix}")
    return OK if all(check.ok for check in checks) else FAILED


def _health(service: str, address: str | None, timeout_s: float) -> int:
    from workflow_control.rpc.health_client import ask_health

    if address is None:
        settings = load_settings()
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - Compared, not bound.
        address = f"[{host}]:{settings.port}" if ":" in host else f"{host}:{settings.port}"
    status = ask_health(address, service, timeout_s)
    print(status)
    return OK if status == "SERVING" else FAILED


def _dev() -> int:
    try:
        from workflow_control.dev import stack
    except ModuleNotFoundError as error:
        print(f"The development stack needs {error.name}: install workflow-control[dev].", file=sys.stderr)
        return MISCONFIGURED
    return stack.main()


def _configure_logging(settings: Settings) -> None:
    from workflow_control.logs import configure_logging

    # gRPC's core writes lines of a form of its own to stderr; what they say, exceptions tell as well.
    os.environ.setdefault("GRPC_VERBOSITY", "NONE")
    configure_logging(settings.log_format, settings.log_level)


def _end_with_parent() -> None:
    """End as after SIGTERM when the supervisor is gone, however it went: the pipe to our standard input closes then."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1):  # Unbuffered: a lock that this thread held would break the exit.
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="end-with-parent", daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
