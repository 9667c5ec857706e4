"""Reads of schedules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.schedules import ScheduleQuery, ScheduleRow, StoredSchedule
from workflow_control.postgres.reads import Reads

_CONDITIONS = ("names", "name_prefixes", "statuses", "workflow_names", "application_names")


class PostgresScheduleReader:
    """Implements `operations.ports.ScheduleReader`."""

    def __init__(self, reads: Reads, dialects: DialectSource) -> None:
        self._reads = reads
        self._dialects = dialects

    async def list(self, query: ScheduleQuery) -> Sequence[StoredSchedule]:
        """Return at most `query.limit` schedules after `query.after`, by name."""

        def statement() -> tuple[bytes, Mapping[str, object]]:
            dialect = self._dialects.require()
            dialect.require(Capability.SCHEDULES)
            if query.application_names:
                dialect.require(Capability.APPLICATION_NAME)
            values = {name: list(getattr(query, name)) for name in _CONDITIONS if getattr(query, name)}
            parameters: dict[str, object] = {**values, "limit": query.limit}
            if query.after is not None:
                parameters["after"] = query.after
            return dialect.query("schedule_list", frozenset(parameters) - {"limit"}), parameters

        return [StoredSchedule(ScheduleRow._make(row[:-1]), row[-1]) for row in await self._reads.fetch(statement)]
