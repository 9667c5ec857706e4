"""One transaction's statements: queued, then sent together, a round trip for each `sync`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflow_control.dbos.dialect import Dialect
from workflow_control.dbos.known_names import KnownNames
from workflow_control.postgres.pipeline import Pipeline, Reply
from workflow_control.postgres.pool import Connection

Rows = Sequence[tuple[Any, ...]]
Parameters = Mapping[str, object]


class Transaction(Pipeline):
    """What the readings and the writings of a mutation go through."""

    def __init__(self, connection: Connection, dialect: Dialect, known_names: KnownNames) -> None:
        super().__init__(connection)
        self.dialect = dialect
        self.known_names = known_names
        self.now_ms = 0
        """The database's clock after the locks were taken."""

    def query(self, stem: str, parameters: Parameters, conditions: frozenset[str] = frozenset()) -> Reply:
        """Queue the statement of `queries/{stem}.sql`, with the lines of these conditions."""
        return self.send(self.dialect.query(stem, conditions), parameters)

    async def fetch(self, stem: str, parameters: Parameters, conditions: frozenset[str] = frozenset()) -> Rows:
        """Return the rows of `queries/{stem}.sql`, and execute all that is queued before it: a round trip."""
        reply = self.query(stem, parameters, conditions)
        await self.sync()
        return reply.rows
