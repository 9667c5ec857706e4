"""What DBOS for Go stores: `DBOS_JSON`, which is JSON in base64 (dbos-transact-golang 1.2 `dbos/serialization.go`)."""

from __future__ import annotations

from base64 import b64decode
from typing import Any, Final

from workflow_control.domain.payloads.errors import error_value
from workflow_control.domain.payloads.json_text import read_json
from workflow_control.domain.payloads.reading import Unreadable

NIL: Final = "__DBOS_NIL"
"""What Go's own formats store for nil."""


def read_go_json(text: str) -> object:
    """Return the value of a text in `DBOS_JSON`."""
    if text == NIL:
        return None
    return read_json(b64decode(text, validate=True).decode())


def read_go_gob(text: str) -> object:
    """Return None for nil in `DBOS_GOB`, of which nothing else is read."""
    if text == NIL:
        return None
    raise Unreadable("a gob")


def read_go_error(text: str) -> dict[str, Any]:
    """Return the error that a Go worker stored, in whichever of its own formats.

    DBOS writes errors of registered types as gobs, which are not read; those of other types as their bare message.
    Those are of no type that could be named: they are called `error`, as the interface.
    """
    if not text or _is_gob(text):
        raise Unreadable("no error, or a gob")
    match _envelope(text):
        case {"name": str(name), "message": str(message), **members} if name or message:
            return error_value(name, message, members.get("code"), members.get("data"))
        case _:
            return error_value("error", text)


def _envelope(text: str) -> object:
    """Return the portable error that DBOS for Go recognizes in any text; None in others."""
    try:
        return read_json(text) if text.startswith("{") else None
    except (ValueError, RecursionError):
        return None


def _is_gob(text: str) -> bool:
    """Return whether the text is a gob in base64: messages that begin with their length."""
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        return False
    position = 0
    while 0 <= position < len(data):
        length = data[position]
        position += 1
        if length >= 128:
            # Larger numbers follow as bytes, whose count this is, negated.
            count = 256 - length
            length = int.from_bytes(data[position : position + count])
            position += count
            if count > 8:
                return False
        position += length
    return bool(data) and position == len(data)
