"""What DBOS for Java stores: `java_jackson`, which is JSON with the names of classes in it.

Jackson names the class of an object in its member `@class`, and that of anything else by an array of two: the class and
the value. The reading is what is left without the names: numbers, strings, arrays and objects. The first releases with
the format put the values into `{"args":[...]}` instead, and named classes there only (dbos-transact-java 0.8 to 1.0
`DBOSJavaSerializer.java`, `JSONUtil.java`, `Boxed.java`).
"""

from __future__ import annotations

import re
from typing import Any, Final

from workflow_control.domain.payloads.errors import error_value
from workflow_control.domain.payloads.json_text import read_json
from workflow_control.domain.payloads.reading import Unreadable

JAVA_MARKS: Final = ('"@class"', '["java.', '["[')
"""What the names of classes look like in a text, as Jackson writes it."""

_ARRAY_CLASS: Final = re.compile(r"\[+(?:[ZBCSIJFD]|L[\w$.]+;)")
# A package, and by Java's convention a capital letter, so that "www.example.com" is not taken for a class. An EnumSet
# names its parameter.
_CLASS: Final = re.compile(r"(?:\w+\.)+[A-Z][\w$]*(?:<[\w$.,]+>)?")
_NUMBERS: Final = frozenset({"java.lang.Double", "java.lang.Float"})


def read_jackson(text: str) -> object:
    """Return the JSON reading of a text in `java_jackson`."""
    value = read_json(text)
    boxed = _boxed(value)
    return _read(value) if boxed is None else {"args": [_unnamed(argument) for argument in boxed]}


def read_jackson_error(text: str) -> dict[str, Any]:
    """Return the error of a text in `java_jackson`: the simple name of its class, and its message, if only an empty
    one.

    The exception itself, which is there in Java's own serialization, is not looked at.
    """
    value = read_json(text)
    match _boxed(value) or [value]:
        case [{"type": str(class_name), "message": str() | None as message, "base64bytes": _}]:
            return error_value(re.split(r"[.$]", class_name)[-1], message or "")
        case _:
            raise Unreadable("no exception")


def _boxed(value: object) -> list[Any] | None:
    """Return the values of `{"args":[...]}`; None for anything else, a class with that very member included."""
    match value:
        case {"args": list(arguments), **others} if not others and _named(arguments) is None:
            return arguments
        case _:
            return None


def _unnamed(value: object) -> object:
    """Return a value without the name of its own class; those of inner values are not named."""
    if isinstance(value, dict):
        return {name: member for name, member in value.items() if name != "@class"}
    named = _named(value)
    return value if named is None else named[0]


def _read(value: object) -> object:
    """Return a value without the names of classes in it."""
    match value:
        case dict():
            return {name: _read(member) for name, member in value.items() if name != "@class"}
        case list():
            named = _named(value)
            elements = value if named is None else named[0]
            return [_read(element) for element in elements] if isinstance(elements, list) else elements
        case _:
            return value


def _named(value: object) -> tuple[Any] | None:
    """Return the value of an array of a class and a value; None for other arrays.

    Releases that named no final classes wrote arrays of strings bare: one of two strings, of which the first looks like
    the name of a class, is taken for an enumeration's constant.
    """
    match value:
        case [str(class_name), dict() | None]:
            return None
        case [str(class_name), inner] if _ARRAY_CLASS.fullmatch(class_name) and isinstance(inner, list | str):
            return (inner,)
        case [str(class_name), inner] if _CLASS.fullmatch(class_name):
            if class_name in _NUMBERS and isinstance(inner, str):
                raise Unreadable("a number that JSON cannot hold")
            return (inner,)
        case _:
            return None
