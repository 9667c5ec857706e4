"""The database of a run: a Postgres of its own on disk, DBOS's tables and ours, and workflows to cancel."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, Literal

import psycopg

from benchmarks.worker import BenchmarkError
from workflow_control.dev.embedded_postgres import EmbeddedPostgres
from workflow_control.postgres.migrate import migrate

QUERIES: Final = Path(__file__).parent / "queries"

SETTINGS: Final = {
    "max_connections": "100",
    "shared_buffers": "512MB",
    # Neither a checkpoint nor a vacuum shall hit one contender by chance.
    "max_wal_size": "16GB",
    "min_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
}

_WAL_FILES: Final = 64
"""A gigabyte: as much as the longest part of a run writes."""

KEYS: Final = {
    "workflow_control": "SELECT request_key FROM workflow_control.request WHERE outcome_code = 0",
    "ex_dbos": "SELECT request_key FROM public.control_api_idempotency WHERE status = 'succeeded'",
}
"""Where the contenders keep their keys: what selects those whose mutation is finished."""

Effect = Literal["none", "cancel", "start"]
EFFECTS: Final[Mapping[Effect, str]] = {
    "cancel": "SELECT workflow_uuid FROM dbos.workflow_status WHERE status = 'CANCELLED'",
    "start": "SELECT authenticated_user FROM dbos.workflow_status WHERE status = 'ENQUEUED'",
}
"""What selects, by a name that begins with a contender's prefix, the workflows of which it has made something."""


@contextlib.contextmanager
def running_postgres(folder: Path) -> Iterator[EmbeddedPostgres]:
    """Run a server whose data is on disk, so that fsync costs what it costs, and delete it afterwards."""
    home = folder / "postgres"
    try:
        with EmbeddedPostgres(folder, settings=SETTINGS) as server:
            yield server
    finally:
        shutil.rmtree(home.resolve(), ignore_errors=True)
        home.unlink(missing_ok=True)


def create_database(server: EmbeddedPostgres, name: str) -> str:
    """Create a database of that name, with DBOS's tables and ours, and return its URL."""
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    create_tables(server.url(name))
    return server.url(name)


def create_tables(url: str) -> None:
    """Create DBOS's tables, as the installed release does, and ours."""
    command = [str(Path(sys.executable).with_name("dbos")), "migrate", "--sys-db-url", url]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise BenchmarkError(f"dbos migrate failed:\n{done.stderr}")
    migrate(url, "workflow_control")


def seed(url: str, pending: Mapping[str, int], rows: int) -> None:
    """Fill DBOS's table with `rows` workflows, of which `pending`, by the prefix of their ids, can be cancelled."""
    completed = rows - sum(pending.values())
    if completed < 0:
        raise ValueError(f"{rows} rows are too few for {sum(pending.values())} cancels")
    with psycopg.connect(url, autocommit=True) as connection:
        for prefix, count in pending.items():
            connection.execute(_query("seed_workflows"), {"prefix": prefix, "count": count})
        connection.execute(_query("seed_completed"), {"count": completed})
        connection.execute("VACUUM ANALYZE dbos.workflow_status")
        # From here on, WAL goes to files that are there, as on a server that has run for long: to make one stalls every
        # commit for as long as it takes to write 16 MB.
        for _ in range(_WAL_FILES):
            connection.execute("SELECT pg_logical_emit_message(false, 'benchmarks', ''), pg_switch_wal()")
        connection.execute("CHECKPOINT")


def verify(url: str, effect: Effect, prefix: str, calls: int, keys: str | None, calls_per_key: int = 1) -> None:
    """Raise BenchmarkError unless at least `calls` workflows of the prefix show the effect, and their keys are stored.

    More may be: calls whose answer came after the time limit are not counted.
    """
    checks = [("workflows", EFFECTS[effect], calls)]
    if keys is not None:
        checks.append(("keys", KEYS[keys], calls // calls_per_key))
    with psycopg.connect(url) as connection:
        for what, query, expected in checks:
            counted = f"SELECT count(*) FROM ({query}) AS q (id) WHERE starts_with(q.id, %s)"
            row = connection.execute(counted.encode(), (prefix,)).fetchone()
            found = 0 if row is None else row[0]
            if found < expected:
                raise BenchmarkError(f"{prefix}: {calls} calls were answered, but {found} {what} are there.")


def server_version(url: str) -> str:
    """Return the version of Postgres, such as `18.6`."""
    with psycopg.connect(url) as connection:
        number = connection.info.server_version
    return f"{number // 10000}.{number % 10000}"


def _query(name: str) -> bytes:
    return (QUERIES / f"{name}.sql").read_bytes()
