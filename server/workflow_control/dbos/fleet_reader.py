"""Counts what waits in the queues, for the metrics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.domain.fleet import QueueLoad
from workflow_control.idempotency.ports import TransactionLimits
from workflow_control.postgres.reads import Reads, Snapshot

OTHERS: Final = "(others)"
"""Stands for all queues beyond the fullest ones."""
NO_QUEUE: Final = "(none)"
"""Stands for workflows that were started without a queue."""

_QUEUES_MAX: Final = 100
_LIMITS: Final = TransactionLimits(statement_timeout_ms=2000, lock_timeout_ms=100)
"""Metrics are worth no more of the database's time: what takes longer is not read."""


class PostgresFleetReader:
    """Implements `telemetry.fleet.FleetReader`."""

    def __init__(self, reads: Reads, dialects: DialectSource, queues_max: int = _QUEUES_MAX) -> None:
        self._reads = reads
        self._dialects = dialects
        self._queues_max = queues_max

    async def read(self) -> Sequence[QueueLoad]:
        """Return the loads of the fullest queues, and the sum of the others. Raises TransientError."""

        async def read(snapshot: Snapshot) -> Sequence[QueueLoad]:
            statement = self._dialects.require().query("fleet_queues")
            rows = await snapshot.fetch(statement, parameters)
            return [QueueLoad(*row) for row in rows]

        parameters = {"limit": self._queues_max, "others": OTHERS, "no_queue": NO_QUEUE}
        return await self._reads.in_snapshot(read, _LIMITS)
