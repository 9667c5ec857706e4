"""Reads the values that DBOS stores, where that is possible without running code."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple, NoReturn

PORTABLE_JSON: Final = "portable_json"
"""DBOS's name of the format that all four runtimes read and write: plain JSON (dbos 3.4.0 `_serialization.py`)."""


class JsonReading(NamedTuple):
    """The JSON value that a stored text means; wrapped, since the value itself may be None."""

    value: Any


def read_payload(serialization: str | None, text: str) -> JsonReading | None:
    """Return the JSON reading of a stored value or error; None where there is none.

    Only `portable_json` is read. Text that claims to be, and is not valid JSON (NaN and Infinity are not, though
    Python's writer emits them), nests too deeply for the parser, or has an integer of thousands of digits, has no
    reading either.
    """
    if serialization != PORTABLE_JSON:
        return None
    try:
        return JsonReading(_DECODER.decode(text))
    except (ValueError, RecursionError):
        return None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant)
