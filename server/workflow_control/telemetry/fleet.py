"""Reads what waits in DBOS's queues, and what bulk operations there are, now and then."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Protocol, TypeVar

from workflow_control.domain.bulk import BulkLoad
from workflow_control.domain.errors import ControlError
from workflow_control.domain.faults import DatabaseFault
from workflow_control.domain.fleet import QueueLoad
from workflow_control.telemetry.collectors import BulkCollector, FleetCollector

logger = logging.getLogger(__name__)

LoadT = TypeVar("LoadT")
LoadT_contra = TypeVar("LoadT_contra", contravariant=True)


class FleetReader(Protocol):
    """Counts what waits."""

    async def read(self) -> Sequence[QueueLoad]:
        """Return a limited number of rows. Raises TransientError; a DatabaseFault for a bug."""
        ...


class BulkReader(Protocol):
    """Counts bulk operations."""

    async def loads(self) -> Sequence[BulkLoad]:
        """Return a row for each state that any operation is in. Raises TransientError; a DatabaseFault for a bug."""
        ...


async def watch_fleet_forever(reader: FleetReader, collector: FleetCollector, interval: timedelta) -> None:
    """Read once per interval, for as long as the metrics are served."""
    await _watch_forever(reader.read, collector, "could not read the queues for the metrics", interval)


async def watch_bulk_forever(reader: BulkReader, collector: BulkCollector, interval: timedelta) -> None:
    """As `watch_fleet_forever`, for bulk operations."""
    await _watch_forever(reader.loads, collector, "could not read the bulk operations for the metrics", interval)


class _Collector(Protocol[LoadT_contra]):
    def update(self, loads: Sequence[LoadT_contra]) -> None: ...

    def fail(self) -> None: ...


async def _watch_forever(
    read: Callable[[], Awaitable[Sequence[LoadT]]], collector: _Collector[LoadT], failure: str, interval: timedelta
) -> None:
    while True:
        try:
            collector.update(await read())
        except (ControlError, DatabaseFault) as error:
            collector.fail()
            logger.warning(failure, extra={"fault": str(error)})
        # Jitter keeps replicas from asking in step.
        jitter = random.uniform(0.9, 1.1)  # noqa: S311 - It is no secret.
        await asyncio.sleep(interval.total_seconds() * jitter)
