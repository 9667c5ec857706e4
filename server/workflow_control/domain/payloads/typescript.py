"""What DBOS for TypeScript stores: `js_superjson`, and the tagged JSON from before it, `js_legacy`.

Both are read as DBOS's portable format would have them (@dbos-inc/dbos-sdk 4.20 `serialization.ts`): dates as their ISO
8601 text, big integers and URLs as strings, sets, buffers and typed arrays as arrays, undefined as null, class
instances as plain objects. A map becomes an object where its keys are strings, and otherwise stays the array of its
entries. NaN, infinities and circular references have no JSON reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from workflow_control.domain.payloads.errors import error_of_object
from workflow_control.domain.payloads.json_text import read_json, read_json_objects
from workflow_control.domain.payloads.reading import Unreadable

SUPERJSON_MARK: Final = '"__dbos_serializer":"superjson"'
"""DBOS recognizes superjson by these characters, and then by the member that they are."""

_KEPT: Final = frozenset({"undefined", "bigint", "Date", "Error", "regexp", "set", "URL"})
"""The annotations of values whose JSON is their reading."""
_KEPT_COMPOSITES: Final = frozenset({"class", "custom", "typed-array", "symbol"})
"""Likewise of annotations with a parameter. DBOS registers one of its own: the custom type `Buffer`."""
_ESCAPED: Final = re.compile(r"\\([\\.])|\.")
_ESCAPED_BEFORE_1: Final = re.compile(r"\\(\.)|\.")


def read_superjson(text: str) -> object:
    """Return the JSON reading of a text in `js_superjson`, which without its mark is in the legacy format."""
    if SUPERJSON_MARK in text:
        document = read_json(text)
        if isinstance(document, dict) and document.get("__dbos_serializer") == "superjson" and "json" in document:
            return _annotated(document["json"], document.get("meta"))
    return read_legacy_json(text)


def read_superjson_error(text: str) -> dict[str, Any]:
    """Return the error of a text in `js_superjson`, without its stack."""
    return error_of_object(read_superjson(text))


def read_legacy_json(text: str) -> object:
    """Return the JSON reading of a text in `js_legacy`."""
    return read_json_objects(text, _untagged)


def read_legacy_error(text: str) -> dict[str, Any]:
    """Return the error of a text in `js_legacy`, without its stack."""
    return error_of_object(read_legacy_json(text))


def _untagged(value: dict[str, Any]) -> object:
    match value:
        case {"dbos_type": "dbos_Date" | "dbos_BigInt", "dbos_data": str(data)}:
            return data
        case {"type": "Buffer", "data": list(data)}:
            return data
        case _:
            return value


def _annotated(json: object, meta: object) -> object:
    match meta:
        case None:
            return json
        case dict():
            pass
        case _:
            raise Unreadable("no superjson")
    _refuse_circles(meta.get("referentialEqualities"))
    root = _Place([json], 0)
    if "values" in meta:
        # Version 1 began to escape backslashes in paths, besides dots.
        _annotate(root, meta["values"], _ESCAPED if meta.get("v") == 1 else _ESCAPED_BEFORE_1)
    return root.value


class _Place(NamedTuple):
    """Where a value is: in an object or an array, by its key there."""

    container: Any
    key: Any

    @property
    def value(self) -> object:
        return self.container[self.key]

    def replace(self, value: object) -> None:
        self.container[self.key] = value


def _annotate(place: _Place, tree: object, escaped: re.Pattern[str]) -> None:
    """Apply a tree of annotations to the value in a place, inner ones first.

    A tree is `[annotation]`, `[annotation, subtrees by path]` or `subtrees by path`.
    """
    annotation: object = None
    subtrees: object = tree
    if isinstance(tree, list):
        if len(tree) not in (1, 2):
            raise Unreadable("no superjson")
        annotation, subtrees = tree[0], tree[1] if len(tree) == 2 else {}
    if not isinstance(subtrees, dict):
        raise Unreadable("no superjson")
    for path, subtree in subtrees.items():
        member = place
        for segment in _segments(path, escaped):
            member = _member(member.value, segment)
        _annotate(member, subtree, escaped)
    if annotation is not None:
        place.replace(_annotated_value(place.value, annotation))


def _annotated_value(value: object, annotation: object) -> object:
    match annotation:
        case "number" if value == "-0":
            return -0.0
        case "map":
            return _map(value)
        case str() if annotation in _KEPT:
            return value
        case [str(composite), *_] if composite in _KEPT_COMPOSITES:
            return value
        case _:
            raise Unreadable("a value that JSON cannot hold")


def _map(entries: object) -> object:
    if not isinstance(entries, list) or not all(isinstance(entry, list) and len(entry) == 2 for entry in entries):
        raise Unreadable("no superjson")
    if all(isinstance(key, str) for key, _ in entries):
        members = dict(entries)
        # Keys that only read alike, such as "1" and the big integer, are no names.
        if len(members) == len(entries):
            return members
    return entries


def _segments(path: str, escaped: re.Pattern[str]) -> list[str]:
    segments = [""]
    position = 0
    for match in escaped.finditer(path):
        segments[-1] += path[position : match.start()]
        if match[1] is None:
            segments.append("")
        else:
            segments[-1] += match[1]
        position = match.end()
    segments[-1] += path[position:]
    return segments


def _member(container: object, segment: str) -> _Place:
    """Return the place that a segment of a path means in a container."""
    if isinstance(container, dict) and segment in container:
        return _Place(container, segment)
    if isinstance(container, list) and segment.isdecimal() and len(segment) < 10 and int(segment) < len(container):
        return _Place(container, int(segment))
    raise Unreadable("no superjson")


def _refuse_circles(equalities: object) -> None:
    """Refuse values that contain themselves, where superjson writes null. Those that are only shared it writes in full,
    each time."""
    match equalities:
        case None:
            return
        case dict():
            _refuse_nested(equalities)
        case _:
            raise Unreadable("the root contains itself")


def _refuse_nested(equalities: Mapping[str, object]) -> None:
    for path, equal_paths in equalities.items():
        if not isinstance(equal_paths, list):
            raise Unreadable("no superjson")
        for equal_path in equal_paths:
            if not isinstance(equal_path, str) or equal_path.startswith(f"{path}."):
                raise Unreadable("a value contains itself")
