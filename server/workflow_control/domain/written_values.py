"""Writes decoded JSON values in the formats in which DBOS stores them."""

from __future__ import annotations

import pickle
from base64 import b64encode
from io import BytesIO
from json import JSONEncoder
from typing import Final, NoReturn

PY_PICKLE: Final = "py_pickle"
"""DBOS's name of the format in which its Python runtime stores values unless it is told otherwise: pickles, as base64
(dbos 3.4.0 `_serialization.py`)."""

_ENCODE: Final = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode

PICKLE_PROTOCOL: Final = 4
"""The one that every Python which DBOS runs on reads."""


def write_portable(value: object) -> str:
    """Return a decoded JSON value in the format `portable_json`, which every runtime reads (dbos 3.4.0
    `_serialization.py:DBOSPortableJSON`)."""
    return _ENCODE(value)


def write_pickled(value: object) -> str:
    """Return a decoded JSON value as DBOS for Python stores values where it has no other format (dbos 2.11.0
    `_serialization.py:DefaultSerializer`). Raises TypeError for anything else: reading it would import, or run, code.
    """
    written = BytesIO()
    _PlainPickler(written, PICKLE_PROTOCOL).dump(value)
    return b64encode(written.getvalue()).decode()


class _PlainPickler(pickle.Pickler):
    """Writes what Python's built-in types are, and neither subclasses of them nor any other object."""

    def reducer_override(self, obj: object) -> NoReturn:
        """Refuse: this is asked only for what has no opcodes of its own."""
        raise TypeError(f"{type(obj).__name__} is no plain value")
