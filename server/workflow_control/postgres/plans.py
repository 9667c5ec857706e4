"""How the statements of mutations are planned, as settings of a session or of one transaction."""

from __future__ import annotations

from functools import cache
from typing import Any

from psycopg import AsyncConnection

from workflow_control.postgres import sql


async def plan_by_key(connection: AsyncConnection[Any], *, local: bool) -> None:
    """Have the transaction (`local`), or all that follow on the connection, find rows by key."""
    await connection.execute(_query(), {"local": local})


@cache
def _query() -> bytes:
    return sql.render(sql.load("workflow_control.postgres")["keyed_plans"], {}, lambda _: False)
