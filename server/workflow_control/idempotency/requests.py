"""A keyed mutation on its way in, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from workflow_control.domain.bulk import ItemClaim
from workflow_control.domain.commands import Command


class MutationRequest(NamedTuple):
    """One call of a mutation, valid and fingerprinted."""

    scope: str
    request_key: str
    action: str
    """The name of the RPC, such as `CancelWorkflow`."""
    fingerprint: bytes
    """32 bytes; see fingerprint.py."""
    command: Command
    actor: str
    reason: str
    ttl: timedelta
    deadline: float
    """When the caller stops waiting, on the clock of `time.monotonic()`, in seconds."""
    item: ItemClaim | None = None
    """The item of a bulk operation that it is for, and that its session settles in the same transaction."""


@dataclass(frozen=True, slots=True)
class MutationReply:
    """The stored response of a mutation, and what became of its key."""

    response: bytes
    """The response message, serialized, without its `idempotency`."""
    replayed: bool
    executed_at: datetime | None
    """None for a preview (`validate_only`) that is not a replay; likewise `expires_at`."""
    expires_at: datetime | None
