"""Ids that the server makes for what a mutation creates."""

from __future__ import annotations

import json
from typing import Final
from uuid import UUID, uuid5

_NAMESPACE: Final = UUID("8f4b5f0e-5c1d-5f6b-9a51-2f0f3ad0c7e1")
"""This project's own; never changes, or a repeat after an upgrade would create a second workflow."""


def derive_workflow_id(scope: str, request_key: str, index: int | None = None) -> str:
    """Return the id of the workflow that a keyed mutation creates when the caller names none.

    It is the same whenever the key is used, so that a repeat after the key's expiry collides with the first instead of
    doubling it; of a mutation that creates several, `index` says which. JSON keeps scope and key apart whatever
    characters they have.
    """
    return str(uuid5(_NAMESPACE, json.dumps([scope, request_key] if index is None else [scope, request_key, index])))
