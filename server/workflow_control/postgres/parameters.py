"""Parameters of statements in Postgres's text format.

The driver's own dumpers treat a list element by element, which costs a batch more than all else that is done to it.
Here lists of texts and of bytes, which nearly all are, become array literals in a few calls.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Final, cast

from psycopg import DataError

_INTERVALS_MAX: Final = 256


def dump(value: object) -> bytes | None:
    """Return a value as text: None, str, int, bool, bytes, timedelta, or a list of these, with or without None.

    Raises DataError for a text with a NUL, which Postgres cannot hold; TypeError for any other type.
    """
    if isinstance(value, list):
        return _array(value).encode()
    return None if value is None else _scalar(value).encode()


def _array(values: list[object]) -> str:
    if len(values) == 1:
        [value] = values
        return "{NULL}" if value is None else f'{{"{_escape(_scalar(value))}"}}'
    kinds = set(map(type, values))
    if kinds == {str}:
        # A NUL between the texts: none of them may have one.
        texts = "\0".join(cast("list[str]", values))
        if texts.count("\0") >= len(values):
            raise _nul_refused()
        escaped = _escape(texts).replace("\0", '","')
        return f'{{"{escaped}"}}'
    if kinds == {bytes}:
        digits = '","\\\\x'.join(map(bytes.hex, cast("list[bytes]", values)))
        return f'{{"\\\\x{digits}"}}'
    if kinds == {int}:
        return f"{{{','.join(map(str, values))}}}"
    # Of such values, missing ones and intervals say, few differ.
    elements = {value: "NULL" if value is None else f'"{_escape(_scalar(value))}"' for value in set(values)}
    return f"{{{','.join([elements[value] for value in values])}}}"


def _scalar(value: object) -> str:
    match value:
        case str():
            if "\0" in value:
                raise _nul_refused()
            return str(value)
        case int():
            return str(int(value))
        case bytes():
            return f"\\x{value.hex()}"
        case timedelta():
            return _interval(value)
        case _:
            raise TypeError(f"no parameter: {type(value).__name__}")


def _escape(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    return text.replace('"', '\\"')


@lru_cache(_INTERVALS_MAX)
def _interval(value: timedelta) -> str:
    # Every field with its sign: by one of its styles Postgres spreads a single one over all fields.
    return f"{value.days:+} days {value.seconds:+} seconds {value.microseconds:+} microseconds"


def _nul_refused() -> DataError:
    # libpq would take it for the end of the text.
    return DataError("a text in Postgres cannot contain NUL (0x00)")
