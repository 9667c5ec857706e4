"""Which of DBOS's formats a stored text is in, and what it means."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from workflow_control.domain.payloads.errors import error_of_object
from workflow_control.domain.payloads.go import NIL, read_go_error, read_go_gob, read_go_json
from workflow_control.domain.payloads.java import JAVA_MARKS, read_jackson, read_jackson_error
from workflow_control.domain.payloads.json_text import read_json
from workflow_control.domain.payloads.pickled_errors import read_pickled_error
from workflow_control.domain.payloads.pickled_values import read_pickle
from workflow_control.domain.payloads.reading import READ_CHARACTERS_MAX, JsonReading, Unreadable
from workflow_control.domain.payloads.typescript import (
    read_legacy_error,
    read_legacy_json,
    read_superjson,
    read_superjson_error,
)

PORTABLE_JSON: Final = "portable_json"
"""DBOS's name of the format that all four runtimes read and write: plain JSON (dbos 3.4.0 `_serialization.py`)."""

_Reader = Callable[[str], object]


class _Format(NamedTuple):
    """How the values and the errors of a format are read; both raise ValueError or RecursionError for what is not."""

    value: _Reader
    error: _Reader


def read_payload(serialization: str | None, text: str) -> JsonReading | None:
    """Return the JSON reading of a stored value; None where there is none, or none within the limits.

    `serialization` is DBOS's name of the format, None where the row has none. What each format's values read as, its
    module says; integers are exact, other numbers finite doubles. Nothing is run or imported, whatever the text says.
    """
    return _read(_format(serialization).value, text)


def read_error(serialization: str | None, text: str) -> JsonReading | None:
    """As `read_payload`, of a stored error.

    The reading of a portable error is its JSON. That of any other is an object with the strings `name` and `message`,
    and `code` (an integer or a string) and `data` where the error has them.
    """
    return _read(_format(serialization).error, text)


def _read(reader: _Reader, text: str) -> JsonReading | None:
    if len(text) > READ_CHARACTERS_MAX:
        return None
    try:
        return JsonReading(reader(text))
    except (ValueError, RecursionError):
        return None


def _format(serialization: str | None) -> _Format:
    return _UNNAMED if serialization is None else _FORMATS.get(serialization, _UNKNOWN)


def _read_unnamed(text: str) -> object:
    """Return the reading of a text whose format its row does not name.

    That means the default format of the application that wrote it, which may be Python's, an older TypeScript's or
    Go's, or one of the application's own. It is read only where it can be nothing else: the alphabet of base64, the
    first byte of a pickle and the beginnings of JSON exclude one another. A bare number or word could be anything.
    """
    if text == NIL:
        return None
    if text[:1] in _CONTAINERS:
        return _read_unnamed_json(text)
    data = b64decode(text, validate=True)
    if data[:1] == b"\x80":
        return read_pickle(text)
    if data[:1] in _CONTAINER_BYTES:
        return read_go_json(text)
    raise Unreadable("no known format")


def _read_unnamed_json(text: str) -> object:
    # Java wrote no names of formats at first. TypeScript's values may have the same members, though.
    if any(mark in text for mark in JAVA_MARKS):
        raise Unreadable("TypeScript's or Java's")
    return read_superjson(text)


def _read_unnamed_error(text: str) -> object:
    if text[:1] in _CONTAINERS:
        return error_of_object(_read_unnamed_json(text))
    if b64decode(text, validate=True)[:1] == b"\x80":
        return read_pickled_error(text)
    raise Unreadable("no known format")


def _refuse(text: str) -> object:
    raise Unreadable("no known format")


_CONTAINERS: Final = ("{", "[", '"')
_CONTAINER_BYTES: Final = (b"{", b"[", b'"')
_GO_JSON: Final = _Format(read_go_json, read_go_error)
_UNNAMED: Final = _Format(_read_unnamed, _read_unnamed_error)
_UNKNOWN: Final = _Format(_refuse, _refuse)
_FORMATS: Final[Mapping[str, _Format]] = {
    PORTABLE_JSON: _Format(read_json, read_json),
    "py_pickle": _Format(read_pickle, read_pickled_error),
    "js_superjson": _Format(read_superjson, read_superjson_error),
    "js_legacy": _Format(read_legacy_json, read_legacy_error),
    "DBOS_JSON": _GO_JSON,
    # Go's too, from before it named its formats.
    "": _GO_JSON,
    "DBOS_GOB": _Format(read_go_gob, read_go_error),
    "java_jackson": _Format(read_jackson, read_jackson_error),
}
