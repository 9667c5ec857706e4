"""How long statements may take and wait, as settings of a session or of one transaction."""

from __future__ import annotations

from functools import cache
from typing import Any

from psycopg import AsyncConnection

from workflow_control.idempotency.ports import TransactionLimits
from workflow_control.postgres import sql

_SINCE_CLIENT_CONNECTION_CHECK = 140_000
"""Postgres 14 notices while it waits for a lock that its client is gone."""


async def set_limits(connection: AsyncConnection[Any], limits: TransactionLimits, *, local: bool) -> None:
    """Bound the transaction (`local`), or all that follow on the connection."""
    await connection.execute(
        _query(connection.info.server_version >= _SINCE_CLIENT_CONNECTION_CHECK),
        {
            "lock_timeout_ms": str(limits.lock_timeout_ms),
            "statement_timeout_ms": str(limits.statement_timeout_ms),
            "local": local,
        },
    )


@cache
def _query(client_connection_check: bool) -> bytes:
    return sql.render(
        sql.load("workflow_control.postgres")["transaction_limits"], {}, lambda _: client_connection_check
    )
