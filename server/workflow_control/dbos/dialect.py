"""What this database's DBOS schema has, and the SQL that fits it.

DBOS changes its schema often, and its runtimes number their migrations differently below 100, so the catalog decides
and not a version.
One frozen Dialect is made from it; all SQL on DBOS's tables comes out of it, rendered once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

from psycopg import AsyncConnection
from psycopg.errors import InvalidSchemaName, UndefinedTable

from workflow_control.dbos.known_columns import KNOWN_COLUMNS
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.errors import SchemaCapabilityMissing
from workflow_control.domain.server_info import DialectInfo
from workflow_control.postgres import sql
from workflow_control.postgres.control_queries import request_columns

# A table, a `table.column`, or a `table.column` that a unique key must cover.
_EVIDENCE: Final[Mapping[Capability, str]] = {
    Capability.SCHEDULES: "workflow_schedules",
    Capability.SCHEDULE_TIME_ZONE: "workflow_schedules.cron_timezone",
    Capability.SCHEDULE_QUEUE: "workflow_schedules.queue_name",
    Capability.NOTIFICATION_IDS: "unique notifications.message_uuid",
    Capability.SERIALIZATION: "workflow_status.serialization",
    Capability.NOTIFICATION_CONSUMED: "notifications.consumed",
    Capability.APPLICATION_VERSIONS: "application_versions",
    Capability.DELAY: "workflow_status.delay_until_epoch_ms",
    Capability.WAS_FORKED_FROM: "workflow_status.was_forked_from",
    Capability.REGISTERED_QUEUES: "queues",
    Capability.COMPLETED_AT: "workflow_status.completed_at",
    Capability.ATTRIBUTES: "workflow_status.attributes",
    Capability.SCHEDULE_NAME: "workflow_status.schedule_name",
    Capability.DEBOUNCE: "workflow_status.is_debounced",
    Capability.APPLICATION_NAME: "workflow_status.application_name",
    Capability.PARTITION_LIMITS: "queues.partition_concurrency",
    Capability.PAYLOAD_TABLES: "workflow_input",
    Capability.REWIND: "notifications.consumed_by_function_id",
    Capability.CREATOR_ID: "workflow_status.creator_xid",
}

# Without these there is nothing to control: DBOS 2.11.0, the oldest release supported.
_REQUIRED: Final = (
    "workflow_status.parent_workflow_id",
    "workflow_status.owner_xid",
    "operation_outputs.completed_at_epoch_ms",
    "notifications",
    "workflow_events",
    "workflow_events_history",
    "streams.function_id",
)

_RENDERED_MAX: Final = 1000
"""How many statements are kept rendered; callers' filters can combine to more."""


@cache
def _queries() -> Mapping[str, str]:
    return sql.load("workflow_control.dbos")


@dataclass(frozen=True)
class Dialect:
    """The installed DBOS schema. Frozen: after a migration there is a new one."""

    schema: str
    control_schema: str
    migration: int | None
    columns: frozenset[str]
    """Every table, and every column as `table.column`."""
    unique_columns: frozenset[str]
    """Every column, as `table.column`, that is the whole of a unique key."""

    def has(self, name: str) -> bool:
        """Tell whether the schema has a table, or a column named `table.column`."""
        return name in self.columns

    @cached_property
    def capabilities(self) -> frozenset[Capability]:
        """What the schema can do beyond the oldest one supported."""
        return frozenset(
            capability
            for capability, evidence in _EVIDENCE.items()
            if evidence in self.columns or evidence.removeprefix("unique ") in self.unique_columns
        )

    def require(self, capability: Capability) -> None:
        """Raise SchemaCapabilityMissing unless the schema can do that."""
        if capability not in self.capabilities:
            raise SchemaCapabilityMissing(capability.label, capability.first_release)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What serving needs and the schema lacks; all of it when there is no DBOS schema."""
        return tuple(name for name in _REQUIRED if not self.has(name))

    @cached_property
    def unsupported(self) -> tuple[str, ...]:
        """What forbids to write to this schema:

        the sharding of DBOS's enterprise edition, whose keys we do not know.
        """
        return tuple(sorted(c for c in self.columns if c.endswith(".shard_key")))

    @cached_property
    def unknown_columns(self) -> tuple[str, ...]:
        """Tables and columns that this release does not know, sorted; of an unknown table only its name."""
        unknown = self.columns - KNOWN_COLUMNS
        return tuple(sorted(c for c in unknown if c.partition(".")[0] not in unknown or "." not in c))

    @cached_property
    def info(self) -> DialectInfo:
        """What clients are told."""
        return DialectInfo(self.schema, self.migration, self.capabilities, self.unknown_columns)

    @cached_property
    def _rendered(self) -> dict[tuple[str, frozenset[str]], bytes]:
        return {}

    def query(self, stem: str, conditions: frozenset[str] = frozenset()) -> bytes:
        """Return the statement of `queries/{stem}.sql` for this schema, with the lines of these conditions."""
        statement = self._rendered.get((stem, conditions))
        if statement is None:
            statement = self._render(stem, conditions)
            if len(self._rendered) < _RENDERED_MAX:
                self._rendered[stem, conditions] = statement
        return statement

    def _render(self, stem: str, conditions: frozenset[str]) -> bytes:
        def has(name: str) -> bool:
            table, _, column = name.partition(".")
            return column in conditions if table == "condition" else self.has(name)

        names = {
            "dbos": sql.quote_for_template(self.schema),
            "control": sql.quote_for_template(self.control_schema),
            "request_columns": request_columns(),
        }
        fragments = {
            fragment.removeprefix("_"): sql.render(text, names, has).decode()
            for fragment, text in _queries().items()
            if fragment.startswith("_")
        }
        return sql.render(_queries()[stem], {**names, **fragments}, has)


async def read_dialect(connection: AsyncConnection[Any], schema: str, control_schema: str) -> Dialect:
    """Read the catalog. A schema that does not exist gives a dialect that misses everything."""
    statement = _bare(schema, "catalog_columns")
    columns: set[str] = set()
    for table, column in await (await connection.execute(statement, {"schema": schema})).fetchall():
        columns.add(table)
        columns.add(f"{table}.{column}")
    keys = await connection.execute(_bare(schema, "catalog_unique_keys"), {"schema": schema})
    unique = frozenset(f"{table}.{column}" for table, column in await keys.fetchall())
    migration = await read_migration(connection, schema) if "dbos_migrations" in columns else None
    return Dialect(schema, control_schema, migration, frozenset(columns), unique)


async def read_migration(connection: AsyncConnection[Any], schema: str) -> int | None:
    """Read the number of the last migration that a DBOS runtime has applied; None where there is none."""
    try:
        row = await (await connection.execute(_bare(schema, "catalog_migration"), {})).fetchone()
    except (UndefinedTable, InvalidSchemaName):
        return None
    return None if row is None else row[0]


def _bare(schema: str, stem: str) -> bytes:
    """Return a catalog statement, which needs no dialect yet."""
    return sql.render(_queries()[stem], {"dbos": sql.quote_for_template(schema)}, lambda _: False)
