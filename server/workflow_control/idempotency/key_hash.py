"""How logs and traces name a request key, which may carry personal data."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

_DIGITS: Final = 16


def key_hash(request_key: str) -> str:
    """Return the beginning of a key's SHA-256, in hexadecimal."""
    return sha256(request_key.encode()).hexdigest()[:_DIGITS]
