"""The arguments of a workflow as DBOS stores them."""

from __future__ import annotations

import pickle
from base64 import b64encode
from collections.abc import Mapping, Sequence
from json import JSONEncoder
from typing import Final

_ENCODE: Final = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode

_PICKLE_PROTOCOL: Final = 4
"""The one that every Python which DBOS runs on reads."""


def write_portable_arguments(args: Sequence[object], named_args: Mapping[str, object]) -> str:
    """Return decoded JSON values in the format `portable_json`, the members in the order of DBOS for Python (dbos 3.4.0
    `_serialization.py:serialize_args`)."""
    return _ENCODE({"namedArgs": named_args, "positionalArgs": args})


def write_pickled_arguments(args: Sequence[object], named_args: Mapping[str, object]) -> str:
    """Return decoded JSON values as DBOS for Python stores arguments where it has no other format (dbos 2.11.0
    `_serialization.py`)."""
    arguments = {"args": tuple(args), "kwargs": dict(named_args)}
    return b64encode(pickle.dumps(arguments, protocol=_PICKLE_PROTOCOL)).decode()
