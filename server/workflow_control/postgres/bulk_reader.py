"""Reads of bulk operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflow_control.domain.bulk import BulkItemQuery, BulkItemRow, BulkLoad, BulkOperationQuery, BulkOperationRow
from workflow_control.postgres.bulk_rows import bulk_item, bulk_operation
from workflow_control.postgres.control_queries import control_query
from workflow_control.postgres.reads import Reads


class PostgresBulkReader:
    """Implements `operations.ports.BulkReader` and `telemetry.fleet.BulkReader`."""

    def __init__(self, reads: Reads, control_schema: str) -> None:
        self._reads = reads
        self._control_schema = control_schema

    async def get(self, scope: str, operation_id: str) -> BulkOperationRow | None:
        """Return the operation, or None."""
        parameters = {"scope": scope, "operation_id": operation_id}
        rows = await self._fetch("bulk_operation_get", frozenset(), parameters)
        return bulk_operation(rows[0]) if rows else None

    async def list(self, query: BulkOperationQuery) -> Sequence[BulkOperationRow]:
        """Return at most `query.limit` operations after `query.after`, the newest first."""
        parameters: dict[str, object] = {"scope": query.scope, "states": list(query.states), "limit": query.limit}
        conditions = {"states"} if query.states else set()
        if query.after is not None:
            conditions.add("after")
            parameters["after_created_at"], parameters["after_operation_id"] = query.after
        rows = await self._fetch("bulk_operation_list", frozenset(conditions), parameters)
        return [bulk_operation(row) for row in rows]

    async def list_items(self, query: BulkItemQuery) -> Sequence[BulkItemRow] | None:
        """Return at most `query.limit` items after `query.after`, by number; None: there is no such operation."""
        parameters = {
            "scope": query.scope,
            "operation_id": query.operation_id,
            "after": query.after or 0,
            "outcomes": list(query.outcomes),
            "limit": query.limit,
        }
        conditions = frozenset({"outcomes"}) if query.outcomes else frozenset[str]()
        items = [bulk_item(row) for row in await self._fetch("bulk_item_list", conditions, parameters)]
        if not items and await self.get(query.scope, query.operation_id) is None:
            return None
        return items

    async def loads(self) -> Sequence[BulkLoad]:
        """Return a row for each state that any operation is in."""
        return [BulkLoad._make(row) for row in await self._fetch("bulk_operation_loads", frozenset(), {})]

    async def _fetch(
        self, stem: str, conditions: frozenset[str], parameters: Mapping[str, object]
    ) -> Sequence[tuple[Any, ...]]:
        statement = control_query(self._control_schema, stem, conditions)
        return await self._reads.fetch(lambda: (statement, parameters))
