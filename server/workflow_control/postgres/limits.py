"""How long statements may take and wait, as settings of a session or of one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from psycopg import AsyncConnection

from workflow_control.idempotency.ports import TransactionLimits
from workflow_control.postgres import sql

_SINCE_CLIENT_CONNECTION_CHECK = 140_000
"""Postgres 14 notices while it waits for a lock that its client is gone."""


async def set_limits(connection: AsyncConnection[Any], limits: TransactionLimits) -> None:
    """Bound all transactions that follow on the connection."""
    await connection.execute(*limits_statement(limits, connection.info.server_version, local=False))


def limits_statement(
    limits: TransactionLimits, server_version: int, *, local: bool
) -> tuple[bytes, Mapping[str, object]]:
    """Return the statement, and its parameters, that bounds the transaction (`local`) or the session."""
    return _query(server_version >= _SINCE_CLIENT_CONNECTION_CHECK), {
        "lock_timeout_ms": str(limits.lock_timeout_ms),
        "statement_timeout_ms": str(limits.statement_timeout_ms),
        "local": local,
    }


@cache
def _query(client_connection_check: bool) -> bytes:
    return sql.render(
        sql.load("workflow_control.postgres")["transaction_limits"], {}, lambda _: client_connection_check
    )
