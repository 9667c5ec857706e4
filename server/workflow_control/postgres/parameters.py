"""Parameters of statements in Postgres's text format.

The driver's own dumpers treat a list element by element in Python, which costs a batch more than everything else that
is done to it. JSON's array is nearly Postgres's array literal, and is written in C.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import timedelta
from types import NoneType
from typing import Final

from psycopg import DataError

_encode_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

_CONTROL_CHARACTER: Final = re.compile(r"\\[bfnrtu]")
"""As JSON escapes it. Postgres knows no such escapes in an array: a backslash stands for what follows it."""


def dump(value: object) -> bytes | None:
    """Return a value as text: None, str, int, bool, bytes, timedelta, or a list of one of these, with or without None.

    Raises DataError for a text with a NUL, which Postgres cannot hold; TypeError for any other type.
    """
    match value:
        case None:
            return None
        case str():
            return _without_nul(value).encode()
        case bool():
            return b"true" if value else b"false"
        case int():
            return b"%d" % value
        case list():
            return _array(value).encode()
        case bytes():
            return b"\\x" + value.hex().encode()
        case timedelta():
            return _interval(value).encode()
        case _:
            raise TypeError(f"no parameter: {type(value).__name__}")


def _array(values: Sequence[object]) -> str:
    kinds = set(map(type, values)) - {NoneType}
    if all(issubclass(kind, str | int) for kind in kinds):
        literal = _encode_json(values)
        if "\\" in literal and _CONTROL_CHARACTER.search(literal):
            literal = ",".join("NULL" if value is None else _quoted(str(value)) for value in values)
            return f"{{{literal}}}"
        return f"{{{literal[1:-1]}}}"
    if kinds == {bytes}:
        return "{" + ",".join(f'"\\\\x{v.hex()}"' if isinstance(v, bytes) else "NULL" for v in values) + "}"
    if kinds == {timedelta}:
        return "{" + ",".join(f'"{_interval(v)}"' if isinstance(v, timedelta) else "NULL" for v in values) + "}"
    raise TypeError(f"no list of one type: {', '.join(sorted(kind.__name__ for kind in kinds))}")


def _quoted(text: str) -> str:
    escaped = _without_nul(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _interval(value: timedelta) -> str:
    # Every field with its sign: by one of its styles Postgres spreads a single one over all fields.
    return f"{value.days:+} days {value.seconds:+} seconds {value.microseconds:+} microseconds"


def _without_nul(text: str) -> str:
    # libpq would take it for the end of the text.
    if "\0" in text:
        raise DataError("a text in Postgres cannot contain NUL (0x00)")
    return text
