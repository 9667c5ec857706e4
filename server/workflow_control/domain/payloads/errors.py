"""Errors of the native formats, in the shape in which portable ones are stored."""

from __future__ import annotations

from typing import Any

from workflow_control.domain.payloads.reading import Unreadable


def error_value(name: str, message: str, code: object = None, data: object = None) -> dict[str, Any]:
    """Return `{"name", "message"}`, with `code` where it is an integer or a string, and with `data` where there is
    some."""
    error: dict[str, Any] = {"name": name, "message": message}
    if isinstance(code, int | str) and not isinstance(code, bool):
        error["code"] = code
    if data is not None:
        error["data"] = data
    return error


def error_of_object(value: object) -> dict[str, Any]:
    """Return the error of a decoded JSON object with at least a name and a message, as JavaScript's errors are."""
    match value:
        case {"name": str(name), "message": str(message), **members}:
            return error_value(name, message, members.get("code"), members.get("data"))
        case _:
            raise Unreadable("no error with a name and a message")
