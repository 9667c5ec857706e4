"""How settings are written: durations with a unit, names of Postgres schemas, the database's URL."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Final

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import AfterValidator, BeforeValidator, SecretStr

from workflow_control.domain.limits import NAME_BYTES

_UNITS: Final = {
    "ms": timedelta(milliseconds=1),
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}
_DURATION: Final = re.compile(r"(?P<number>\d{1,9}(?:\.\d{1,6})?)(?P<unit>ms|s|m|h|d)", re.ASCII)
_IDENTIFIER_BYTES_MAX: Final = 63
_SQLALCHEMY_DRIVER: Final = re.compile(r"^postgres(ql)?\+\w+://")


def parse_duration(value: object) -> object:
    """Read a duration such as `300s`, `1.5h` or `7d`; anything but a string passes through."""
    if not isinstance(value, str):
        return value
    match = _DURATION.fullmatch(value.strip())
    if match is None:
        raise ValueError("not a duration; write a number and ms, s, m, h or d, such as 300s")
    return float(match["number"]) * _UNITS[match["unit"]]


def format_duration(span: timedelta) -> str:
    """Write a duration in the largest unit that needs no fraction."""
    for name, unit in reversed(_UNITS.items()):
        if span >= unit and not span % unit:
            return f"{span // unit}{name}"
    return f"{span.total_seconds():g}s"


def _check_identifier(value: str) -> str:
    if not value or value.isspace() or "\0" in value:
        raise ValueError("not the name of a schema")
    if len(value.encode()) > _IDENTIFIER_BYTES_MAX:
        raise ValueError(f"longer than {_IDENTIFIER_BYTES_MAX} bytes, the most that a name in Postgres has")
    return value


def _check_scope(value: str) -> str:
    # Control characters are for scopes that are no caller's: those of bulk operations.
    if not value or value.isspace() or not value.isprintable() or len(value.encode()) > NAME_BYTES:
        raise ValueError(f"a scope has 1 to {NAME_BYTES} bytes, printable and not only spaces")
    return value


def _check_database_url(value: SecretStr) -> SecretStr:
    # DBOS applications often name SQLAlchemy's driver in the same URL.
    url = _SQLALCHEMY_DRIVER.sub("postgresql://", value.get_secret_value())
    try:
        parameters = conninfo_to_dict(url)
    except ProgrammingError:
        parameters = {}
    if not parameters:
        # The driver's own message quotes the URL, password and all.
        raise ValueError("not a Postgres URL, such as postgresql://user:password@host:5432/my_app_dbos_sys")
    return SecretStr(url)


Duration = Annotated[timedelta, BeforeValidator(parse_duration)]
SchemaName = Annotated[str, AfterValidator(_check_identifier)]
ScopeName = Annotated[str, AfterValidator(_check_scope)]
DatabaseUrl = Annotated[SecretStr, AfterValidator(_check_database_url)]
