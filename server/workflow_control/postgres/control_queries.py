"""The statements of this package: those on our own tables, rendered for a schema, and those on no table."""

from __future__ import annotations

from functools import cache

from workflow_control.postgres import sql


@cache
def _texts() -> dict[str, str]:
    return sql.load("workflow_control.postgres")


def request_columns() -> str:
    """Return the columns of a StoredRequest, of a table `r`."""
    return _fragment("_request_columns")


def _fragment(stem: str) -> str:
    return tableless_query(stem).decode()


@cache
def tableless_query(stem: str, conditions: frozenset[str] = frozenset()) -> bytes:
    """Return the statement of `queries/{stem}.sql`, which names no schema, with the lines of these conditions."""
    return sql.render(_texts()[stem], {}, conditions.__contains__)


@cache
def control_query(control_schema: str, stem: str, conditions: frozenset[str] = frozenset()) -> bytes:
    """Return the statement of `queries/{stem}.sql` with the lines of these conditions."""
    names = {
        "control": sql.quote_for_template(control_schema),
        "request_columns": request_columns(),
        "request_claims": _fragment("_request_claims"),
        "bulk_operation_columns": _fragment("_bulk_operation_columns"),
    }

    def has(name: str) -> bool:
        return name.removeprefix("condition.") in conditions

    return sql.render(_texts()[stem], names, has)
