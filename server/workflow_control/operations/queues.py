"""What the reads of queues and application versions mean."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.domain.errors import ApplicationVersionNotFound, QueueNotFound
from workflow_control.domain.queues import Queue, QueueDepth, QueueQuery, VersionQuery, VersionRow
from workflow_control.operations.ports import QueueReader


class QueueOperations:
    """Reads only: they take no lock, and see what is committed when they run."""

    def __init__(self, reader: QueueReader) -> None:
        self._reader = reader

    async def get(self, queue_name: str) -> Queue:
        """Return the queue. Raises QueueNotFound where it is not registered and no workflow is in it."""
        queue = await self._reader.get(queue_name)
        if queue.registration is None and queue.depth == QueueDepth():
            raise QueueNotFound(queue_name)
        return queue

    async def list(self, query: QueueQuery) -> Sequence[Queue]:
        """Return a page of queues. Raises SchemaCapabilityMissing."""
        return await self._reader.list(query)

    async def list_versions(self, query: VersionQuery) -> Sequence[VersionRow]:
        """Return a page of application versions. Raises SchemaCapabilityMissing."""
        return await self._reader.list_versions(query)

    async def latest_version(self, application_name: str | None) -> VersionRow:
        """Return the latest version of an application, those that none owns included; None: of all.

        Raises ApplicationVersionNotFound where there is none, SchemaCapabilityMissing.
        """
        names = () if application_name is None else (application_name,)
        versions = await self._reader.list_versions(VersionQuery(1, names))
        if not versions:
            raise ApplicationVersionNotFound("")
        return versions[0]
