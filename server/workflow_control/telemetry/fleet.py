"""Reads what waits in DBOS's queues, now and then."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from workflow_control.domain.errors import ControlError
from workflow_control.domain.faults import DatabaseFault
from workflow_control.domain.fleet import QueueLoad
from workflow_control.telemetry.collectors import FleetCollector

logger = logging.getLogger(__name__)


class FleetReader(Protocol):
    """Counts what waits."""

    async def read(self) -> Sequence[QueueLoad]:
        """Return a limited number of rows. Raises TransientError; a DatabaseFault for a bug."""
        ...


async def watch_fleet_forever(reader: FleetReader, collector: FleetCollector, interval: timedelta) -> None:
    """Read once per interval, for as long as the metrics are served."""
    while True:
        try:
            collector.update(await reader.read())
        except (ControlError, DatabaseFault) as error:
            collector.fail()
            logger.warning("could not read the queues for the metrics", extra={"fault": str(error)})
        # Jitter keeps replicas from asking in step.
        jitter = random.uniform(0.9, 1.1)  # noqa: S311 - It is no secret.
        await asyncio.sleep(interval.total_seconds() * jitter)
