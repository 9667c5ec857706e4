"""How the statements of mutations are planned, as settings of a session or of one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncConnection

from workflow_control.postgres.control_queries import tableless_query


async def plan_by_key(connection: AsyncConnection[Any]) -> None:
    """Have all transactions that follow on the connection find rows by key."""
    await connection.execute(*keyed_plans_statement(local=False))


def keyed_plans_statement(*, local: bool) -> tuple[bytes, Mapping[str, object]]:
    """Return the statement, and its parameters, that has the transaction (`local`) or the session find rows by key."""
    return tableless_query("keyed_plans"), {"local": local}
