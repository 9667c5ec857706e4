"""How much work waits in DBOS's queues."""

from __future__ import annotations

from typing import NamedTuple


class QueueLoad(NamedTuple):
    """The workflows of one queue that are in one state."""

    queue_name: str
    state: str
    """ENQUEUED, PENDING or DELAYED."""
    workflows: int
    oldest_created_at: int
    """In milliseconds since the epoch."""
