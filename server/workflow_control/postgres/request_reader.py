"""Reads of the journal."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.domain.bulk import item_scopes
from workflow_control.domain.queries import RequestQuery
from workflow_control.domain.records import StoredRequest
from workflow_control.postgres.control_queries import control_query
from workflow_control.postgres.reads import Reads
from workflow_control.postgres.request_rows import stored_request


class PostgresRequestReader:
    """Implements `operations.ports.RequestReader`."""

    def __init__(self, reads: Reads, control_schema: str) -> None:
        self._reads = reads
        self._control_schema = control_schema

    async def get(self, scope: str, request_key: str) -> StoredRequest | None:
        """Return the unexpired request of that key, or None."""
        statement = control_query(self._control_schema, "request_get")
        rows = await self._reads.fetch(lambda: (statement, {"scope": scope, "request_key": request_key}))
        return stored_request(rows[0]) if rows else None

    async def list(self, query: RequestQuery) -> Sequence[StoredRequest]:
        """Return at most `query.limit` unexpired requests after `query.after`, newest first, without responses."""
        optional = {
            "workflow_id": query.workflow_id,
            "action": query.action,
            "actor": query.actor,
            "start": query.start,
            "end": query.end,
            "after": query.after,
        }
        conditions = frozenset(name for name, value in optional.items() if value is not None)
        parameters = {
            **optional,
            "scope": query.scope,
            "item_scopes": item_scopes(query.scope),
            "limit": query.limit,
        }
        if query.after is not None:
            parameters["after_executed_at"], parameters["after_request_key"] = query.after
        statement = control_query(self._control_schema, "request_list", conditions)
        return [stored_request(row) for row in await self._reads.fetch(lambda: (statement, parameters))]
