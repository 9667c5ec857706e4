"""What makes two requests the same:

a hash over their parameters, however a language wrote them on the wire.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Final, TypeAlias

FINGERPRINT_VERSION: Final = 2
"""2: a fork's `start_step` 0 equals none.

Stored beside each fingerprint, and raised with any change of the canonical form: those of two versions do not compare.
"""

CanonicalValue: TypeAlias = "bool | int | float | str | list[CanonicalValue] | dict[str, CanonicalValue] | None"
"""A parameter: rpc/canonical.py says how each kind of field becomes one."""

CanonicalFields: TypeAlias = list[tuple[int, CanonicalValue]]
"""The fields of a message that are set, as (number, value), in the order of their numbers."""

# JSON is unambiguous here, since the action determines the type of each field; ASCII output is the same in every
# version of Python.
_ENCODE: Final = json.JSONEncoder(ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":")).encode


def fingerprint(action: str, fields: CanonicalFields) -> bytes:
    """Return the 32 bytes that stand for a mutation's parameters. Raises ValueError for NaN and infinities, which equal
    nothing.
    """
    # Equals `_ENCODE([FINGERPRINT_VERSION, action, fields])`; the encoder is quick with a text, as most values are.
    parameters = ",".join([f"[{number},{_ENCODE(value)}]" for number, value in fields])
    form = f"[{FINGERPRINT_VERSION},{_ENCODE(action)},[{parameters}]]"
    return sha256(form.encode("ascii")).digest()
