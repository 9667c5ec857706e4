"""Finds the workflows of bulk operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.dbos.workflow_conditions import conditions_of_filter
from workflow_control.domain.queries import WorkflowCursor, WorkflowFilter
from workflow_control.idempotency.ports import TransactionLimits
from workflow_control.postgres.reads import Reads, Snapshot

_PAGE_LIMITS: Final = TransactionLimits(statement_timeout_ms=20_000, lock_timeout_ms=1000)
"""No call waits for a page: where few workflows match it may look through the whole table. But no longer than this: a
connection that has gone silent is told from such a search only by its time."""


class PostgresMemberReader:
    """Implements `bulk.ports.MemberReader` and `operations.ports.MemberCounter`."""

    def __init__(self, reads: Reads, dialects: DialectSource) -> None:
        self._reads = reads
        self._dialects = dialects

    async def page(
        self, selection: WorkflowFilter, created_before: int, after: WorkflowCursor | None, limit: int
    ) -> Sequence[WorkflowCursor]:
        """Return at most `limit` workflows, the oldest first. Raises TransientError, SchemaCapabilityMissing."""

        async def read(snapshot: Snapshot) -> Sequence[WorkflowCursor]:
            dialect = self._dialects.require()
            conditions, parameters = conditions_of_filter(selection, dialect)
            parameters |= {"created_before": created_before, "limit": limit}
            if after is not None:
                conditions |= {"after_ascending"}
                parameters |= {"after_created_at": after.created_at, "after_workflow_id": after.workflow_id}
            rows = await snapshot.fetch(dialect.query("bulk_members", conditions), parameters)
            return [WorkflowCursor._make(row) for row in rows]

        return await self._reads.in_snapshot(read, _PAGE_LIMITS)

    async def count(self, selection: WorkflowFilter, limit: int) -> int:
        """Return how many workflows the filter selects, or the limit if there are more. Raises as `page`."""

        def statement() -> tuple[bytes, Mapping[str, object]]:
            dialect = self._dialects.require()
            conditions, parameters = conditions_of_filter(selection, dialect)
            return dialect.query("bulk_preview_count", conditions), {**parameters, "limit": limit}

        [(count,)] = await self._reads.fetch(statement, planned_for_values=True)
        return int(count)
