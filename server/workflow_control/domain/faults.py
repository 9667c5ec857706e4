"""What can go wrong between us and the database, freed of the driver's types."""

from __future__ import annotations

from enum import Enum, auto


class FaultKind(Enum):
    """What a database fault means for whoever asked."""

    CONFLICT = auto()
    """A deadlock or a serialization failure: another try may succeed at once."""
    LOCK_TIMEOUT = auto()
    """Somebody else holds a lock for longer than we may wait."""
    STATEMENT_TIMEOUT = auto()
    """The statement took longer than it may."""
    CONNECTION_LOST = auto()
    """The connection broke while in use: what was sent may or may not have been done."""
    UNAVAILABLE = auto()
    """No connection to be had, read-only, shutting down, disk full."""
    SCHEMA_CHANGED = auto()
    """A table, column or plan is not what it was: read the catalog again."""
    BUG = auto()
    """Nothing of the above: ours to mend."""


class DatabaseFault(Exception):
    """A fault of the database or of the way to it; the driver's error is the cause."""

    def __init__(self, kind: FaultKind, sqlstate: str | None = None) -> None:
        super().__init__(f"{kind.name} (SQLSTATE {sqlstate})" if sqlstate else kind.name)
        self.kind = kind
        self.sqlstate = sqlstate
