"""Running a read: on a pool of its own, tried once more when that is right, faults turned into what a caller sees."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from workflow_control.domain.faults import DatabaseFault, FaultKind
from workflow_control.idempotency.ports import TransactionLimits
from workflow_control.postgres.errors import driver_errors_as_faults, raise_for_reader
from workflow_control.postgres.limits import limits_statement
from workflow_control.postgres.pool import Connection, Pool, borrow, hung_up_after

ResultT = TypeVar("ResultT")

Statement = Callable[[], tuple[bytes, Mapping[str, object]]]
"""Makes the statement and its parameters; asked again after the catalog was."""

_ONE_STATE: Final = b"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class Snapshot:
    """One state of the database, for as long as it is read; nothing waits for it, and it waits for nothing."""

    def __init__(self, connection: Connection, begin_anew: Callable[[], None]) -> None:
        """`begin_anew` is called before each statement: how long it may take is no matter of those before it."""
        self._connection = connection
        self._begin_anew = begin_anew

    async def fetch(self, statement: bytes, parameters: Mapping[str, object]) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a statement."""
        self._begin_anew()
        cursor = await self._connection.execute(statement, parameters)
        return await cursor.fetchall()


class Reads:
    """Where all readers fetch their rows."""

    def __init__(
        self,
        pool: Pool,
        refresh_dialect: Callable[[], Awaitable[None]],
        hung_after_s: float,
        limits: TransactionLimits | None = None,
    ) -> None:
        """A connection on which nothing comes back for `hung_after_s` is broken: not all who read have a deadline.

        `limits` are set in each transaction; None: the pool's connections have theirs.
        """
        self._pool = pool
        self._refresh_dialect = refresh_dialect
        self._limits = limits
        self._hung_after_s = hung_after_s

    async def fetch(self, statement: Statement, *, planned_for_values: bool = False) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a statement. Raises TransientError; a DatabaseFault only for a bug.

        Statements are prepared, which spares Postgres parsing, and planning once it has settled for one plan for any
        values. With `planned_for_values` they are not: for filters of which one selects nearly all rows and another
        nearly none. A plan for any limit supposes that it will take a tenth of what the filter selects, and would
        rather search through all workflows than sort a few.
        """
        return await self._tried_again(lambda: self._fetch_once(statement, False if planned_for_values else None))

    async def in_snapshot(
        self, read: Callable[[Snapshot], Awaitable[ResultT]], limits: TransactionLimits | None = None
    ) -> ResultT:
        """Return what `read` makes of one state of the database. It may be called a second time. Raises as `fetch`.

        `limits` take the place of the connection's own, and so does their `hung_after_s`, which is for each statement.
        """
        return await self._tried_again(lambda: self._read_once(read, limits or self._limits))

    async def _tried_again(self, read: Callable[[], Awaitable[ResultT]]) -> ResultT:
        try:
            try:
                return await read()
            except DatabaseFault as fault:
                if fault.kind is FaultKind.SCHEMA_CHANGED:
                    await self._refresh_dialect()
                elif fault.kind not in (FaultKind.CONNECTION_LOST, FaultKind.CONFLICT):
                    raise
            # The pool has noticed the broken connection by now, and offers another.
            return await read()
        except DatabaseFault as fault:
            raise_for_reader(fault, self._pool.max_waiting)

    async def _fetch_once(self, statement: Statement, prepare: bool | None) -> Sequence[tuple[Any, ...]]:
        with driver_errors_as_faults():
            async with borrow(self._pool, self._hung_after_s) as connection:
                if self._limits is None:
                    cursor = await connection.execute(*statement(), prepare=prepare)
                    return await cursor.fetchall()
                async with connection.transaction():
                    await _limit(connection, self._limits)
                    cursor = await connection.execute(*statement(), prepare=prepare)
                    return await cursor.fetchall()

    async def _read_once(
        self, read: Callable[[Snapshot], Awaitable[ResultT]], limits: TransactionLimits | None
    ) -> ResultT:
        with driver_errors_as_faults():
            hung_after_s = self._hung_after_s if limits is None else limits.hung_after_s
            async with borrow(self._pool) as connection:
                with hung_up_after(connection, hung_after_s) as begin_anew:
                    async with connection.transaction():
                        await connection.execute(_ONE_STATE)
                        if limits is not None:
                            await _limit(connection, limits)
                        return await read(Snapshot(connection, begin_anew))


async def _limit(connection: Connection, limits: TransactionLimits) -> None:
    await connection.execute(*limits_statement(limits, connection.info.server_version, local=True))
