"""What the RPCs of ServerControl mean."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.domain.errors import RequestNotFound
from workflow_control.domain.queries import RequestQuery
from workflow_control.domain.records import StoredRequest
from workflow_control.domain.server_info import DatabaseInfo, ReadinessCheck
from workflow_control.operations.ports import DatabaseInspector, RequestReader


class ServerOperations:
    """The journal, and what is installed."""

    def __init__(self, requests: RequestReader, inspector: DatabaseInspector) -> None:
        self._requests = requests
        self._inspector = inspector

    async def get_request(self, scope: str, request_key: str) -> StoredRequest:
        """Return what is stored of a key. Raises RequestNotFound."""
        request = await self._requests.get(scope, request_key)
        if request is None:
            raise RequestNotFound(request_key)
        return request

    async def list_requests(self, query: RequestQuery) -> Sequence[StoredRequest]:
        """Return a page of the journal."""
        return await self._requests.list(query)

    async def info(self) -> DatabaseInfo:
        """Return what is installed."""
        return await self._inspector.info()

    async def readiness(self) -> Sequence[ReadinessCheck]:
        """Return the readiness report."""
        return await self._inspector.readiness()
