"""Connection pools that are back within seconds of the database's return.

The library's defaults are not: with `reconnect_timeout=300` its attempts back off to 128 s, and a caller waits 30 s
for a connection.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import AsyncConnectionPool

from workflow_control.idempotency.ports import TransactionLimits
from workflow_control.postgres.control_queries import tableless_query
from workflow_control.postgres.limits import set_limits
from workflow_control.postgres.plans import plan_by_key

logger = logging.getLogger(__name__)

_KEEPALIVES: Final = {
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""With these either side notices within seconds that nothing comes through to the other. Numbers in seconds but for the
last, which is in milliseconds."""

# A caller's own settings in the URL come first.
_CONNECTION_DEFAULTS: Final[dict[str, str | int]] = {
    "target_session_attrs": "read-write",
    "keepalives": "1",
    **_KEEPALIVES,
}

Connection = AsyncConnection[tuple[Any, ...]]
Pool = AsyncConnectionPool[Connection]


@dataclass(frozen=True, slots=True)
class ConnectionSettings:
    """How connections are made; times in the unit of their name."""

    url: str
    connect_timeout_s: int
    pool_timeout_ms: int
    prepared_statements: bool

    def conninfo(self, role: str) -> str:
        """Return libpq's connection string for connections of that role, as `pg_stat_activity` shows it."""
        given = conninfo_to_dict(self.url)
        defaults = {
            **_CONNECTION_DEFAULTS,
            "connect_timeout": self.connect_timeout_s,
            "application_name": f"workflow-control {role}",
        }
        return make_conninfo("", **{**defaults, **given, "client_encoding": "utf8"})


def make_pool(
    settings: ConnectionSettings,
    role: str,
    size: int,
    session_limits: TransactionLimits | None = None,
    *,
    by_key: bool = False,
) -> Pool:
    """Return a pool of exactly `size` connections, not yet open.

    Each has `session_limits` from its beginning, and with `by_key` plans that find rows by key.
    """

    async def configure(connection: AsyncConnection[Any]) -> None:
        if settings.prepared_statements:
            await connection.execute(tableless_query("keepalives"), _KEEPALIVES)
        if session_limits is not None:
            await set_limits(connection, session_limits)
        if by_key:
            await plan_by_key(connection)

    return AsyncConnectionPool(
        settings.conninfo(role),
        kwargs={
            "autocommit": True,
            # 0 prepares at the first use: our statements are few and always the same.
            "prepare_threshold": 0 if settings.prepared_statements else None,
        },
        min_size=size,
        max_size=size,
        timeout=settings.pool_timeout_ms / 1000,
        max_waiting=64 * size,
        max_lifetime=1800,
        max_idle=600,
        # The delay between attempts doubles from a second on; after giving up, the next caller begins a new one.
        reconnect_timeout=1,
        num_workers=2,
        open=False,
        name=f"workflow-control {role}",
        configure=configure,
        reconnect_failed=_log_reconnect_failed,
    )


Lend = Callable[[float], AbstractAsyncContextManager[Connection]]
"""Lends a connection that is broken when it is not back after so many seconds."""


class ConnectionStack:
    """Lends the connection first that came back last: its backend has in its caches what it needs, and in a pool all go
    cold in turn, since those lend what has been idle longest. So each connection has a pool of its own.
    """

    def __init__(self, pools: Sequence[Pool]) -> None:
        """`pools` have one connection each; no more may be borrowed at a time."""
        self.pools = pools
        self._free = list(pools)

    @asynccontextmanager
    async def borrow(self, hung_after_s: float) -> AsyncIterator[Connection]:
        """Borrow a connection, as the function does; the idle ones are those of all pools."""
        pool = self._free.pop()
        try:
            async with borrow(pool, hung_after_s, self.pools) as connection:
                yield connection
        finally:
            self._free.append(pool)

    def get_stats(self) -> Mapping[str, int]:
        """Return the sums of what the pools count."""
        return sum((Counter(pool.get_stats()) for pool in self.pools), start=Counter())


@asynccontextmanager
async def borrow(
    pool: Pool, hung_after_s: float | None = None, siblings: Sequence[Pool] = ()
) -> AsyncIterator[Connection]:
    """Borrow a connection, as `hung_up_after` limits it. When it breaks, the idle ones, those of siblings too, are
    replaced as well: what broke it spares them rarely, and a second try should not find out one by one. So they are
    when a migration has outdated their prepared statements, or these are gone.

    `pool.connection()` would also commit on leaving, under a lock of the connection: in autocommit there is nothing to.
    """
    connection = await pool.getconn()
    try:
        with nullcontext() if hung_after_s is None else hung_up_after(connection, hung_after_s):
            yield connection
    except (psycopg.errors.FeatureNotSupported, psycopg.errors.InvalidSqlStatementName):
        await _drain(pool, *siblings)
        raise
    finally:
        try:
            if connection.broken:
                await _drain(pool, *siblings)
        finally:
            await pool.putconn(connection)


async def _drain(*pools: Pool) -> None:
    for pool in pools:
        await pool.drain()


@contextmanager
def hung_up_after(connection: Connection, seconds: float) -> Iterator[Callable[[], None]]:
    """Break the connection when the block takes longer, so that whoever waits for an answer gets an error at once. The
    block gets a function by which the time begins anew.

    A cancellation would not do: the driver asks the server to cancel then, and waits for ten more seconds where nobody
    answers. Nor would TCP find out: a proxy that hangs keeps its connections alive.
    """
    loop = asyncio.get_running_loop()
    timer = loop.call_later(seconds, _hang_up, connection)

    def begin_anew() -> None:
        nonlocal timer
        timer.cancel()
        timer = loop.call_later(seconds, _hang_up, connection)

    try:
        yield begin_anew
    finally:
        timer.cancel()


def _hang_up(connection: Connection) -> None:
    # On a copy of the descriptor: the driver keeps its own, and finds the connection closed by the peer.
    with suppress(OSError, psycopg.OperationalError), socket.socket(fileno=os.dup(connection.fileno())) as peer:
        peer.shutdown(socket.SHUT_RDWR)


def _log_reconnect_failed(pool: AsyncConnectionPool[Any]) -> None:
    logger.warning("no connection to the database", extra={"pool": pool.name})
