"""What the reads of schedules mean."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.domain.errors import ScheduleNotFound
from workflow_control.domain.schedules import ScheduleQuery, StoredSchedule
from workflow_control.operations.ports import ScheduleReader


class ScheduleOperations:
    """Reads only: they take no lock, and see what is committed when they run."""

    def __init__(self, reader: ScheduleReader) -> None:
        self._reader = reader

    async def get(self, schedule_name: str) -> StoredSchedule:
        """Return the schedule. Raises ScheduleNotFound, SchemaCapabilityMissing."""
        found = await self._reader.list(ScheduleQuery(1, names=(schedule_name,)))
        if not found:
            raise ScheduleNotFound(schedule_name)
        return found[0]

    async def list(self, query: ScheduleQuery) -> Sequence[StoredSchedule]:
        """Return a page of schedules. Raises SchemaCapabilityMissing."""
        return await self._reader.list(query)
