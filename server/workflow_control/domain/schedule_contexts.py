"""The context of a schedule: the second argument of its workflow, in the format of the runtime that runs it.

The column has no mark of the format. Contexts of Python, TypeScript and Java are told by what they look like; plain
JSON may be Go's, or that of an application's own serializer in any language.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Final, cast

from workflow_control.domain.payloads import PORTABLE_JSON
from workflow_control.domain.payloads.java import JAVA_MARKS
from workflow_control.domain.payloads.typescript import SUPERJSON_MARK
from workflow_control.domain.schedules import Runtime
from workflow_control.domain.written_values import PY_PICKLE, write_pickled, write_portable

SUPERJSON: Final = "js_superjson"
JACKSON: Final = "java_jackson"
GO_JSON: Final = "DBOS_JSON"
_PICKLE_BYTE: Final = b"\x80"

_RUNTIMES_BY_FORMAT: Final[Mapping[str, Runtime]] = {
    PY_PICKLE: Runtime.PYTHON,
    SUPERJSON: Runtime.TYPESCRIPT,
    "js_legacy": Runtime.TYPESCRIPT,
    GO_JSON: Runtime.GO,
    "DBOS_GOB": Runtime.GO,
    JACKSON: Runtime.JAVA,
}
"""Which runtime a workflow ran in, by the name of the format of its row."""

_FORMATS: Final[Mapping[Runtime | None, str]] = {
    Runtime.PYTHON: PY_PICKLE,
    Runtime.TYPESCRIPT: SUPERJSON,
    Runtime.JAVA: JACKSON,
    # Go stores contexts as bare JSON (dbos-transact-golang 1.8 `scheduler.go`), unlike its other values.
    Runtime.GO: PORTABLE_JSON,
    None: PORTABLE_JSON,
}


def runtime_of_format(serialization: str | None) -> Runtime | None:
    """Return which runtime a workflow's row is of; None where its format does not tell."""
    return None if serialization is None else _RUNTIMES_BY_FORMAT.get(serialization)


def runtime_of_context(text: str) -> Runtime | None:
    """Return which runtime wrote a context; None where several could have."""
    if SUPERJSON_MARK in text:
        return Runtime.TYPESCRIPT
    if any(mark in text for mark in JAVA_MARKS):
        return Runtime.JAVA
    try:
        first = b64decode(text, validate=True)[:1]
    except ValueError:
        return None
    return Runtime.PYTHON if first == _PICKLE_BYTE else None


def context_format(text: str) -> str:
    """Return the name of the format in which a context is to be read."""
    return _FORMATS[runtime_of_context(text)]


def write_context(runtime: Runtime, value: object) -> str:
    """Return a decoded JSON value as a runtime's own client stores a context."""
    return _WRITERS[runtime](value)


def java_value(value: object) -> object:
    """Return a decoded JSON value with the names of Java's classes, without which DBOS for Java reads neither objects
    nor arrays (dbos-transact-java 1.1 `DBOSJavaSerializer.java`)."""
    match value:
        case dict():
            return {"@class": "java.util.LinkedHashMap"} | {key: java_value(member) for key, member in value.items()}
        case list():
            return ["java.util.ArrayList", [java_value(element) for element in value]]
        case _:
            return value


def read_java_value(value: object) -> object:
    """Return the value of a context of Java's: what `java_value` has made of it. Raises ValueError for other classes,
    of which DBOS for Java would make those that JSON has."""
    match value:
        case {"@class": "java.util.LinkedHashMap", **members}:
            return {key: read_java_value(member) for key, member in members.items()}
        case ["java.util.ArrayList", [*elements]]:
            return [read_java_value(element) for element in elements]
        case dict() | list():
            raise ValueError("another class, or none")
        case _:
            return value


def write_superjson(value: object, annotations: Mapping[str, object] | None = None) -> str:
    """Return a decoded JSON value as DBOS for TypeScript stores values (dbos-transact-ts 5.3 `serialization.ts`)."""
    meta = {} if annotations is None else {"meta": {"values": annotations}}
    return write_portable({"json": value, **meta, "__dbos_serializer": "superjson"})


def read_superjson_value(text: str) -> object:
    """Return the value of a context of TypeScript's. Raises ValueError where JSON alone does not say it: for dates,
    maps and all else that superjson annotates."""
    document = json.loads(text)
    if not isinstance(document, dict) or document.keys() != {"json", "__dbos_serializer"}:
        raise ValueError("annotated, or no superjson")
    return cast("dict[str, object]", document)["json"]


_WRITERS: Final[Mapping[Runtime, Callable[[object], str]]] = {
    Runtime.PYTHON: write_pickled,
    Runtime.TYPESCRIPT: write_superjson,
    Runtime.GO: write_portable,
    Runtime.JAVA: lambda value: write_portable(java_value(value)),
}
