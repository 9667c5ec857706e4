"""What the server tells about itself and about the database that it serves."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_control.domain.capabilities import Capability


@dataclass(frozen=True, slots=True)
class DialectInfo:
    """The installed DBOS schema, as the catalog shows it."""

    schema: str
    migration: int | None
    capabilities: frozenset[Capability]
    unknown_columns: tuple[str, ...]
    """Tables and `table.column`s that this release does not know, sorted."""


@dataclass(frozen=True, slots=True)
class DatabaseInfo:
    """The database behind the server."""

    postgres_version: str
    dialect: DialectInfo
    control_schema: str
    control_migration: int
    """The last one of our own."""


@dataclass(frozen=True, slots=True)
class ReadinessCheck:
    """One thing that must be in place, what was found, and how to mend it (empty when `ok`)."""

    name: str
    ok: bool
    detail: str
    fix: str = ""
