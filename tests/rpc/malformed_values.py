"""Values that no field of their type may have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from google.protobuf.descriptor import FieldDescriptor

from tests.rpc.valid_requests import owner, required

INT64_MAX: Final = 2**63 - 1

WRONG_DURATIONS: Final[Mapping[str, tuple[int, int]]] = {
    "negative": (-1, 0),
    "negative nanos": (0, -1),
    "too many nanos": (1, 10**9),
    "huge": (INT64_MAX, 0),
    "the most negative": (-INT64_MAX - 1, 0),
    "too long": (10**10, 0),
    "too short": (0, 1),
    "huge with nanos": (INT64_MAX, 999_999_999),
}
"""Seconds and nanoseconds."""

WRONG_TIMESTAMPS: Final[Mapping[str, tuple[int, int]]] = {
    "huge": (INT64_MAX, 0),
    "the most negative": (-INT64_MAX - 1, 0),
    "after 9999": (253_402_300_800, 0),
    "before 1": (-62_135_596_801, 0),
    "negative nanos": (0, -1),
    "too many nanos": (0, 10**9),
}
"""Seconds and nanoseconds."""


def _no_value(struct: Any) -> None:  # noqa: ANN401 - A Struct, whose stubs do not know a map's entries.
    struct.fields["a"].SetInParent()


WRONG_JSON: Final[Mapping[str, tuple[str, Callable[[Any], None]]]] = {
    "NaN": (".a", lambda struct: struct.update({"a": float("nan")})),
    "infinite": (".a", lambda struct: struct.update({"a": float("inf")})),
    "negative infinite": (".a", lambda struct: struct.update({"a": float("-inf")})),
    "NUL": (".a", lambda struct: struct.update({"a": "b\0"})),
    "a key with NUL": ("", lambda struct: struct.update({"a\0": 1})),
    "nested NaN": (".a.b[1]", lambda struct: struct.update({"a": {"b": [1, float("nan")]}})),
    "no value": (".a", _no_value),
}
"""The path within a JSON object, and what to do to an empty one."""

_BYTES_MAX: Final = {"request_key": 200, "message_key": 200, "reason": 1024, "context_text": 65_536}
_NOT_A_NAME: Final = frozenset({"reason", "page_token", "continue_token", "context_text"})


def wrong_strings(field: FieldDescriptor) -> dict[str, Any]:
    """Return the strings that a field may not have, but for the empty one where it is required."""
    values: dict[str, Any] = {"NUL": "a\0b"}
    if owner(field).name.startswith("Exported") and field.name not in required(field):
        # A column of DBOS's tables: any text that Postgres can hold.
        return values
    limit = _BYTES_MAX.get(field.name, 255)
    values |= {"too long": "x" * (limit + 1), "too long in UTF-8": "é" * (limit // 2 + 1)}
    if field.name not in _NOT_A_NAME:
        values["whitespace only"] = " \t\u00a0 "
    if field.name == "request_key":
        values |= {"a line feed": "a\nb", "an escape": "a\x1bb", "a zero-width space": "a\u200bb"}
    if field.is_repeated:
        values["empty"] = ""
    return values
