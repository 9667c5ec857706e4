"""How long statements may take and wait, as settings of a session or of one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from psycopg import AsyncConnection

from workflow_control.idempotency.ports import TransactionLimits
from workflow_control.postgres.control_queries import tableless_query

SINCE: Final = {
    # Postgres notices while it waits for a lock that its client is gone.
    "client_connection_check_interval": 140_000,
    "transaction_timeout": 170_000,
}
"""The version of Postgres that has each setting."""


async def set_limits(connection: AsyncConnection[Any], limits: TransactionLimits) -> None:
    """Bound all transactions that follow on the connection."""
    await connection.execute(*limits_statement(limits, connection.info.server_version, local=False))


def limits_statement(
    limits: TransactionLimits, server_version: int, *, local: bool
) -> tuple[bytes, Mapping[str, object]]:
    """Return the statement, and its parameters, that bounds the transaction (`local`) or the session."""
    return _query(server_version), {
        "lock_timeout_ms": str(limits.lock_timeout_ms),
        "statement_timeout_ms": str(limits.statement_timeout_ms),
        "transaction_timeout_ms": str(limits.transaction_timeout_ms),
        "local": local,
    }


@cache
def _query(server_version: int) -> bytes:
    return tableless_query(
        "transaction_limits", frozenset(setting for setting, since in SINCE.items() if server_version >= since)
    )
