"""Queues and application versions, as DBOS's tables have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

RESERVED_QUEUE_PREFIX: Final = "_dbos_"
"""Queues of such names are DBOS's own, and never registered."""

POLLING_INTERVAL_MS: Final = 1000
"""DBOS's default."""


class RateLimit(NamedTuple):
    """At most so many starts in a time."""

    max_starts: int
    period_ms: int


class QueueRow(NamedTuple):
    """A row of `queues`; what the installed schema has no column for is None."""

    name: str
    concurrency: int | None
    worker_concurrency: int | None
    rate_limit_max: int | None
    rate_limit_period_s: float | None
    partitioned: bool
    partition_concurrency: int | None
    partition_worker_concurrency: int | None
    partition_rate_limit_max: int | None
    partition_rate_limit_period_s: float | None
    polling_interval_s: float
    priority_enabled: bool
    application_name: str | None
    created_at: int
    """In milliseconds since the epoch, as the next."""
    updated_at: int


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """What a queue is to be registered with; None: no limit."""

    concurrency: int | None = None
    worker_concurrency: int | None = None
    rate_limit: RateLimit | None = None
    partitioned: bool = False
    partition_concurrency: int | None = None
    partition_worker_concurrency: int | None = None
    partition_rate_limit: RateLimit | None = None
    polling_interval_ms: int = POLLING_INTERVAL_MS

    @property
    def has_partition_limits(self) -> bool:
        """Whether any limit is each partition's own, which makes the queue a partitioned one."""
        return (
            self.partition_concurrency is not None
            or self.partition_worker_concurrency is not None
            or self.partition_rate_limit is not None
        )

    def row(self, name: str, application_name: str | None, created_at: int, updated_at: int) -> QueueRow:
        """Return the row that says so, as DBOS writes it (dbos 3.4.0 `_sys_db.py:upsert_queue`).

        Every queue heeds priorities: workers from 3.0 on do so anyway, and a caller who sets none notices nothing.
        """
        rate, partition_rate = self.rate_limit, self.partition_rate_limit
        return QueueRow(
            name,
            self.concurrency,
            self.worker_concurrency,
            None if rate is None else rate.max_starts,
            None if rate is None else rate.period_ms / 1000,
            self.partitioned or self.has_partition_limits,
            self.partition_concurrency,
            self.partition_worker_concurrency,
            None if partition_rate is None else partition_rate.max_starts,
            None if partition_rate is None else partition_rate.period_ms / 1000,
            self.polling_interval_ms / 1000,
            True,
            application_name,
            created_at,
            updated_at,
        )


class QueueDepth(NamedTuple):
    """How many workflows are in a queue."""

    enqueued: int = 0
    pending: int = 0
    delayed: int = 0
    oldest_wait_ms: int | None = None
    """None: none waits."""


class Queue(NamedTuple):
    """A queue that is registered, or that workflows are in."""

    name: str
    registration: QueueRow | None
    depth: QueueDepth


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """A page of queues, by name."""

    limit: int
    application_names: Sequence[str] = ()
    """Empty: of all."""
    after: str | None = None


class VersionRow(NamedTuple):
    """A row of `application_versions`."""

    version_id: str
    name: str
    timestamp: int
    """The latest version has the latest one; in milliseconds since the epoch, as the next."""
    created_at: int
    application_name: str | None


class VersionCursor(NamedTuple):
    """Where a page of versions ends."""

    timestamp: int
    version_id: str


@dataclass(frozen=True, slots=True)
class VersionQuery:
    """A page of application versions, the latest first."""

    limit: int
    application_names: Sequence[str] = ()
    """Empty: of all."""
    after: VersionCursor | None = None


class OwnedRows(NamedTuple):
    """How many rows of each kind got another owner."""

    queues: int
    schedules: int
    versions: int
    workflows: int
    steps: int
