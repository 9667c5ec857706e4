"""Reads of queues and application versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflow_control.dbos.dialect import Dialect
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.queues import Queue, QueueDepth, QueueQuery, QueueRow, VersionQuery, VersionRow
from workflow_control.postgres.reads import Reads, Snapshot

_DEPTH = len(QueueDepth._fields)


class PostgresQueueReader:
    """Implements `operations.ports.QueueReader`."""

    def __init__(self, reads: Reads, dialects: DialectSource) -> None:
        self._reads = reads
        self._dialects = dialects

    async def get(self, queue_name: str) -> Queue:
        """Return the queue; one that is neither registered nor has workflows has nothing of both."""
        return await self._reads.in_snapshot(lambda snapshot: self._get(snapshot, queue_name))

    async def _get(self, snapshot: Snapshot, queue_name: str) -> Queue:
        dialect = self._dialects.require()
        parameters = {"queue_name": queue_name}
        registered: Sequence[tuple[Any, ...]] = ()
        if dialect.has("queues"):
            registered = await snapshot.fetch(dialect.query("queue_get"), parameters)
        [depth] = await snapshot.fetch(dialect.query("queue_depth"), parameters)
        return Queue(queue_name, QueueRow._make(registered[0]) if registered else None, QueueDepth._make(depth))

    async def list(self, query: QueueQuery) -> Sequence[Queue]:
        """Return at most `query.limit` queues after `query.after`, by name."""

        def statement() -> tuple[bytes, Mapping[str, object]]:
            dialect = self._dialects.require()
            conditions = _conditions(dialect, query.application_names)
            if query.after is not None:
                conditions |= {"after"}
            stem = "queue_list" if dialect.has("queues") else "queue_list_unregistered"
            parameters = {
                "application_names": list(query.application_names),
                "after": query.after,
                "limit": query.limit,
            }
            return dialect.query(stem, conditions), parameters

        return [_queue(row) for row in await self._reads.fetch(statement)]

    async def list_versions(self, query: VersionQuery) -> Sequence[VersionRow]:
        """Return at most `query.limit` application versions after `query.after`, the latest first."""

        def statement() -> tuple[bytes, Mapping[str, object]]:
            dialect = self._dialects.require()
            dialect.require(Capability.APPLICATION_VERSIONS)
            conditions = _conditions(dialect, query.application_names)
            parameters: dict[str, object] = {"application_names": list(query.application_names), "limit": query.limit}
            if query.after is not None:
                conditions |= {"after"}
                parameters["after_timestamp"], parameters["after_version_id"] = query.after
            return dialect.query("application_version_list", conditions), parameters

        return [VersionRow._make(row) for row in await self._reads.fetch(statement)]


def _queue(row: tuple[Any, ...]) -> Queue:
    name, *depth = row[: 1 + _DEPTH]
    registered = row[1 + _DEPTH :]
    return Queue(
        name,
        QueueRow._make(registered) if registered and registered[0] is not None else None,
        # None: no workflow is in it.
        QueueDepth._make(depth) if depth[0] is not None else QueueDepth(),
    )


def _conditions(dialect: Dialect, application_names: Sequence[str]) -> frozenset[str]:
    if not application_names:
        return frozenset()
    dialect.require(Capability.APPLICATION_NAME)
    return frozenset({"application_names"})
