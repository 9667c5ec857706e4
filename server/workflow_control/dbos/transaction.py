"""One transaction's statements: queued, then sent together, a round trip for each `sync`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import AsyncConnection, AsyncCursor, AsyncPipeline

from workflow_control.dbos.dialect import Dialect

Rows = Sequence[tuple[Any, ...]]
Parameters = Mapping[str, object]


class Reply:
    """What a queued statement came to; known after the next `sync`."""

    def __init__(self) -> None:
        self.cursor: AsyncCursor[tuple[Any, ...]] | None = None
        self.rows: Rows = ()

    @property
    def answered(self) -> bool:
        """Whether the database has executed it."""
        return self.cursor is not None and self.cursor.pgresult is not None

    @property
    def status(self) -> str | None:
        """The command's tag, such as `COMMIT`."""
        return None if self.cursor is None else self.cursor.statusmessage


class Transaction:
    """What the readings and the writings of a mutation go through."""

    def __init__(self, connection: AsyncConnection[tuple[Any, ...]], pipeline: AsyncPipeline, dialect: Dialect) -> None:
        self.dialect = dialect
        self.now_ms = 0
        """The database's clock after the locks were taken."""
        self._connection = connection
        self._pipeline = pipeline
        self._queue: list[tuple[bytes, Parameters | None, Reply]] = []

    def send(self, statement: bytes, parameters: Parameters | None = None) -> Reply:
        """Queue a statement."""
        reply = Reply()
        self._queue.append((statement, parameters, reply))
        return reply

    def query(self, stem: str, parameters: Parameters) -> Reply:
        """Queue the statement of `queries/{stem}.sql`."""
        return self.send(self.dialect.query(stem), parameters)

    async def fetch(self, stem: str, parameters: Parameters) -> Rows:
        """Return the rows of `queries/{stem}.sql`, and execute all that is queued before it: a round trip."""
        reply = self.query(stem, parameters)
        await self.sync()
        return reply.rows

    async def sync(self) -> None:
        """Execute all that is queued. Raises the driver's error of the first statement that fails."""
        queue, self._queue = self._queue, []
        for statement, parameters, reply in queue:
            reply.cursor = await self._connection.execute(statement, parameters)
        await self._pipeline.sync()
        for _, _, reply in queue:
            if reply.cursor is not None and reply.cursor.description is not None:
                reply.rows = await reply.cursor.fetchall()
