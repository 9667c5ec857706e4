"""Running a read: on a pool of its own, tried once more when that is right, faults turned into what a caller sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from workflow_control.domain.faults import DatabaseFault, FaultKind
from workflow_control.postgres.errors import driver_errors_as_faults, raise_for_reader
from workflow_control.postgres.pool import Pool, borrow

Statement = Callable[[], tuple[bytes, Mapping[str, object]]]
"""Makes the statement and its parameters; asked again after the catalog was."""


class Reads:
    """Where all readers fetch their rows."""

    def __init__(self, pool: Pool, refresh_dialect: Callable[[], Awaitable[None]]) -> None:
        self._pool = pool
        self._refresh_dialect = refresh_dialect

    async def fetch(self, statement: Statement) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a statement. Raises TransientError; a DatabaseFault only for a bug."""
        try:
            try:
                return await self._fetch_once(statement)
            except DatabaseFault as fault:
                if fault.kind is FaultKind.SCHEMA_CHANGED:
                    await self._refresh_dialect()
                elif fault.kind not in (FaultKind.CONNECTION_LOST, FaultKind.CONFLICT):
                    raise
            # The pool has noticed the broken connection by now, and offers another.
            return await self._fetch_once(statement)
        except DatabaseFault as fault:
            raise_for_reader(fault, self._pool.max_waiting)

    async def _fetch_once(self, statement: Statement) -> Sequence[tuple[Any, ...]]:
        with driver_errors_as_faults():
            async with borrow(self._pool) as connection:
                cursor = await connection.execute(*statement())
                return await cursor.fetchall()
