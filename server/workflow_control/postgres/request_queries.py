"""The statements on the `request` table, rendered for a schema."""

from __future__ import annotations

from functools import cache

from workflow_control.postgres import sql


@cache
def _texts() -> dict[str, str]:
    return sql.load("workflow_control.postgres")


@cache
def request_query(control_schema: str, stem: str, **parts: str) -> bytes:
    """Return the statement of `queries/{stem}.sql`; `parts` fills what only the caller can know."""
    names = {"control": sql.quote_identifier(control_schema)}
    names["request_columns"] = sql.render(_texts()["_request_columns"], names, _never).decode()
    return sql.render(_texts()[stem], {**names, **parts}, _never)


def _never(_: str) -> bool:
    return False
