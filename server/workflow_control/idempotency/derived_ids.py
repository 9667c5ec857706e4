"""Ids that the server makes for what a mutation creates."""

from __future__ import annotations

import json
from hashlib import sha1
from typing import Final
from uuid import UUID

_NAMESPACE: Final = UUID("8f4b5f0e-5c1d-5f6b-9a51-2f0f3ad0c7e1")
"""This project's own; never changes, or a repeat after an upgrade would create a second workflow."""

_NAMESPACE_BYTES: Final = _NAMESPACE.bytes
_VARIANTS: Final = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
"""The digit that has the UUID's variant in two of its bits."""


def derive_workflow_id(scope: str, request_key: str, part: int | str | None = None) -> str:
    """Return the id of the workflow, or of another thing, that a keyed mutation creates when the caller names none.

    It is the same whenever the key is used, so that a repeat after the key's expiry collides with the first instead of
    doubling it; `part` says which one of several, by its place or by its name. JSON keeps scope and key apart whatever
    characters they have.
    """
    name = json.dumps([scope, request_key] if part is None else [scope, request_key, part])
    # As uuid.uuid5 does it, but for the object, which costs more than the hash.
    digits = sha1(_NAMESPACE_BYTES + name.encode(), usedforsecurity=False).hexdigest()
    variant = _VARIANTS[digits[16]]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"
