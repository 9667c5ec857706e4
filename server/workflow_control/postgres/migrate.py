"""Our own schema: what its migrations are, what is applied, and how to apply the rest.

DBOS's schema is never migrated here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection, Connection

from workflow_control.postgres.sql import quote_identifier

_LOCK: Final = 0x776F726B666C0002
"""The advisory lock of whoever migrates; `workfl` in ASCII, and a number of our own."""

_MIGRATION_TABLE: Final = """\
CREATE TABLE IF NOT EXISTS {schema}.migration (
    version integer PRIMARY KEY,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
)"""
_RECORD: Final = "INSERT INTO {schema}.migration (version, name, checksum) VALUES ({version}, '{name}', '{checksum}')"


class MigrationError(Exception):
    """The schema is not what this release knows; the message says what mends it."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file of migrations/."""

    version: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """The SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def statements(self, schema: str) -> str:
        """Return its SQL for a schema, with the line that records it."""
        quoted = quote_identifier(schema)
        record = _RECORD.format(schema=quoted, version=self.version, name=self.name, checksum=self.checksum)
        return f"{self.text.rstrip().replace('{schema}', quoted)}\n\n{record};\n"


@cache
def migrations() -> tuple[Migration, ...]:
    """Return all migrations of this release, in order. Raises ValueError when their numbers have a gap."""
    found = sorted(_folder().glob("[0-9]*.sql"))
    result = tuple(
        Migration(int(path.stem.partition("_")[0]), path.stem, path.read_text(encoding="utf-8")) for path in found
    )
    if not result or [m.version for m in result] != list(range(1, len(result) + 1)):
        raise ValueError(f"the migrations in {_folder()} are not numbered 1, 2, 3, ...")
    return result


def _folder() -> Path:
    """Return the folder of the migrations: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parents[1] / "migrations"


def script(schema: str) -> str:
    """Return the SQL of all migrations, for somebody who applies it by hand to a database that has none."""
    quoted = quote_identifier(schema)
    head = f"CREATE SCHEMA IF NOT EXISTS {quoted};\n\n{_MIGRATION_TABLE.format(schema=quoted)};\n"
    return "\n".join(["BEGIN;\n", head, *(m.statements(schema) for m in migrations()), "COMMIT;\n"])


def migrate(conninfo: str, schema: str) -> Sequence[Migration]:
    """Apply what is missing, one transaction each, and return it. Whoever comes second waits, and finds nothing to do.

    Raises MigrationError when what is applied is not what this release knows, psycopg.Error for what the database says.
    """
    quoted = quote_identifier(schema)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (_LOCK,))
        applied = _applied(connection, schema)
        _compare(applied, schema)
        missing = migrations()[len(applied) :]
        for migration in missing:
            with connection.transaction():
                if migration.version == 1:
                    # IF NOT EXISTS would ask for CREATE on the database all the same.
                    if connection.execute("SELECT to_regnamespace(%s)", (quoted,)).fetchone() == (None,):
                        connection.execute(f"CREATE SCHEMA {quoted}".encode())
                    connection.execute(_MIGRATION_TABLE.format(schema=quoted).encode())
                connection.execute(migration.statements(schema).encode())
        return missing


def _applied(connection: Connection[Any], schema: str) -> Sequence[tuple[int, str]]:
    table = f"{quote_identifier(schema)}.migration"
    found = connection.execute("SELECT to_regclass(%s)", (table,)).fetchone()
    if found is None or found[0] is None:
        return []
    return connection.execute(_applied_query(table)).fetchall()


async def check_schema(connection: AsyncConnection[Any], schema: str) -> None:
    """Raise MigrationError unless exactly this release's migrations are applied."""
    table = f"{quote_identifier(schema)}.migration"
    found = await (await connection.execute("SELECT to_regclass(%s)", (table,))).fetchone()
    applied: Sequence[tuple[int, str]] = []
    if found is not None and found[0] is not None:
        applied = await (await connection.execute(_applied_query(table))).fetchall()
    _compare(applied, schema)
    if len(applied) < len(migrations()):
        raise MigrationError(
            f"The schema {schema!r} is at migration {len(applied)}, this server needs {len(migrations())}:"
            " run `python -m workflow_control migrate`."
        )


def _applied_query(table: str) -> bytes:
    return b"SELECT version, checksum FROM %b ORDER BY version" % table.encode()


def _compare(applied: Sequence[tuple[int, str]], schema: str) -> None:
    known = migrations()
    if len(applied) > len(known):
        raise MigrationError(
            f"The schema {schema!r} is at migration {len(applied)}, this release knows {len(known)}:"
            " upgrade the server to the release that has migrated it."
        )
    for (version, checksum), migration in zip(applied, known, strict=False):
        if version != migration.version or checksum != migration.checksum:
            raise MigrationError(
                f"Migration {version} of the schema {schema!r} is not the one that this release has:"
                " restore the schema, or name another with WORKFLOW_CONTROL_SCHEMA and run"
                " `python -m workflow_control migrate`."
            )
