"""Writes plain Python values as google.protobuf.Value and Struct."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from google.protobuf.struct_pb2 import NULL_VALUE, Struct, Value

# Parsers of other languages refuse messages nested deeper than 100 (the default of C++, Java and Python), and a Value
# lies within response, page, workflow and payload.
_MESSAGE_DEPTH_MAX: Final = 88


def write_value(target: Value, value: object) -> bool:
    """Set `target`, which is empty, to a decoded JSON value. Return False, and clear it, where a Value cannot hold
    that.

    It cannot hold numbers beyond a double, strings with lone surrogates, and nesting that clients would refuse to
    parse.
    """
    try:
        _write(target, value, _MESSAGE_DEPTH_MAX)
    except (ValueError, OverflowError):
        target.Clear()
        return False
    return True


def write_struct(target: Struct, value: Mapping[str, Any]) -> bool:
    """Set `target`, which is empty, to a decoded JSON object; otherwise as `write_value`."""
    # An empty object is not the same as none.
    target.SetInParent()
    try:
        _write_members(target, value, _MESSAGE_DEPTH_MAX)
    except (ValueError, OverflowError):
        target.Clear()
        return False
    return True


def _write(target: Value, value: object, depth: int) -> None:
    match value:
        case None:
            target.null_value = NULL_VALUE
        case bool():
            target.bool_value = value
        case str():
            target.string_value = value
        case int() | float():
            number = float(value)
            if not math.isfinite(number):
                raise ValueError("a Value holds finite numbers only")
            target.number_value = number
        case dict():
            target.struct_value.SetInParent()
            _write_members(target.struct_value, value, depth - 1)
        case list():
            if depth <= 2:
                raise ValueError("nested too deeply")
            target.list_value.SetInParent()
            for element in value:
                _write(target.list_value.values.add(), element, depth - 2)  # ListValue, Value.
        case _:
            raise ValueError(f"{type(value).__name__} is not a JSON type")


def _write_members(target: Struct, value: Mapping[str, Any], depth: int) -> None:
    if depth <= 2:
        raise ValueError("nested too deeply")
    for key, member in value.items():
        _write(target.fields[key], member, depth - 2)  # The map's entry, Value.
