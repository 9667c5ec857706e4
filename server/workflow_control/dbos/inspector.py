"""What is installed, and whether it is what serving needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection

from workflow_control.dbos.dialect import Dialect, read_dialect
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.domain.server_info import DatabaseInfo, ReadinessCheck
from workflow_control.postgres.control_queries import control_query
from workflow_control.postgres.migrate import MigrationError, check_schema
from workflow_control.postgres.reads import Reads

# What each table must allow, as docs/least-privilege.sql grants it.
_NEEDED_DBOS: Final = {
    "workflow_status": "SELECT, INSERT, UPDATE, DELETE",
    "operation_outputs": "SELECT, INSERT, UPDATE, DELETE",
    "notifications": "SELECT, INSERT, DELETE",
    "workflow_events": "SELECT, INSERT, DELETE",
    "workflow_events_history": "SELECT, INSERT, DELETE",
    "streams": "SELECT, INSERT, DELETE",
    "workflow_input": "SELECT, INSERT, UPDATE, DELETE",
    "workflow_output": "SELECT, INSERT, DELETE",
    "queues": "SELECT, INSERT, UPDATE, DELETE",
    "application_versions": "SELECT, UPDATE",
    "workflow_schedules": "SELECT, INSERT, UPDATE, DELETE",
    "transaction_outputs": "SELECT, DELETE",
    "dbos_migrations": "SELECT",
}
_NEEDED_CONTROL: Final = {
    "request": "SELECT, INSERT, UPDATE, DELETE",
    "bulk_operation": "SELECT, INSERT, UPDATE, DELETE",
    "bulk_operation_item": "SELECT, INSERT, UPDATE, DELETE",
    "migration": "SELECT",
}


class DatabaseInspector:
    """Implements `operations.ports.DatabaseInspector`.

    The report uses a connection of its own, so that a full pool cannot hide it.
    """

    def __init__(self, reads: Reads, dialects: DialectSource, conninfo: str) -> None:
        self._reads = reads
        self._dialects = dialects
        self._conninfo = conninfo

    async def info(self) -> DatabaseInfo:
        """Return what is installed."""
        dialect = self._dialects.current
        statement = control_query(dialect.control_schema, "server_version")
        [(version, migration)] = await self._reads.fetch(lambda: (statement, {}))
        return DatabaseInfo(version, dialect.info, dialect.control_schema, migration)

    async def readiness(self) -> Sequence[ReadinessCheck]:
        """Check everything that serving needs; raise nothing."""
        dialect = self._dialects.current
        return await check_readiness(self._conninfo, dialect.schema, dialect.control_schema)


async def check_readiness(conninfo: str, dbos_schema: str, control_schema: str) -> Sequence[ReadinessCheck]:
    """Return the readiness report: connection, DBOS's tables, our schema, privileges. Raises nothing.

    What depends on a failed check is left out: without privileges all but the connection.
    """
    try:
        async with await AsyncConnection.connect(conninfo, autocommit=True) as connection:
            checks = [ReadinessCheck("connection", True, f"Connected to Postgres {_version(connection)}.")]
            privileges = await _check_privileges(connection, dbos_schema, control_schema)
            if privileges.ok:
                checks.append(_check_dbos(await read_dialect(connection, dbos_schema, control_schema)))
                checks.append(await _check_control(connection, control_schema))
            # Of tables that are not there nothing can be told.
            if all(check.ok for check in checks):
                checks.append(privileges)
            return checks
    except psycopg.Error:
        return [
            ReadinessCheck(
                "connection",
                False,
                "The database does not accept a read-write connection.",
                "Check WORKFLOW_CONTROL_DATABASE_URL and that the database is up; the server's log has what it said.",
            )
        ]


def _version(connection: AsyncConnection[Any]) -> str:
    number = connection.info.server_version
    return f"{number // 10_000}.{number % 10_000}"


def _check_dbos(dialect: Dialect) -> ReadinessCheck:
    if dialect.unsupported:
        return ReadinessCheck(
            "dbos_tables",
            False,
            f"The DBOS schema {dialect.schema!r} is sharded ({dialect.unsupported[0]}).",
            "Sharded databases of DBOS's enterprise edition are not supported.",
        )
    if dialect.missing:
        return ReadinessCheck(
            "dbos_tables",
            False,
            f"The DBOS schema {dialect.schema!r} lacks {', '.join(dialect.missing)}.",
            "Start a DBOS worker of Python 2.11.0, TypeScript 4.8, Go 0.12, Java 0.8 or later on this database, or set"
            " WORKFLOW_CONTROL_DBOS_SCHEMA.",
        )
    return ReadinessCheck("dbos_tables", True, f"Found DBOS's tables, at migration {dialect.migration}.")


async def _check_control(connection: AsyncConnection[Any], control_schema: str) -> ReadinessCheck:
    try:
        await check_schema(connection, control_schema)
    except MigrationError as error:
        detail, _, fix = str(error).partition(": ")
        return ReadinessCheck("control_schema", False, f"{detail}.", fix)
    return ReadinessCheck("control_schema", True, f"The schema {control_schema!r} is what this server needs.")


async def _check_privileges(connection: AsyncConnection[Any], dbos_schema: str, control_schema: str) -> ReadinessCheck:
    needed = [
        (schema, table, privilege)
        for schema, tables in ((dbos_schema, _NEEDED_DBOS), (control_schema, _NEEDED_CONTROL))
        for table, privileges in tables.items()
        for privilege in privileges.split(", ")
    ]
    schemas, tables, privileges = zip(*needed, strict=True)
    cursor = await connection.execute(
        control_query(control_schema, "missing_privileges"),
        {"schemas": list(schemas), "tables": list(tables), "privileges": list(privileges)},
    )
    missing = [f"{privilege} on {place}" for privilege, place in await cursor.fetchall()]
    if missing:
        return ReadinessCheck(
            "privileges",
            False,
            f"The role lacks {', '.join(missing)}.",
            "Grant the role what docs/least-privilege.sql lists.",
        )
    return ReadinessCheck("privileges", True, "The role may do all that serving needs.")
