"""The tables of bulk operations, for whoever works on them: each statement a transaction of its own, and fenced."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

from workflow_control.bulk.ports import LeaseLost
from workflow_control.domain.bulk import BulkItem, HeldOperation, Lease, Settlement
from workflow_control.domain.queries import WorkflowCursor
from workflow_control.postgres.bulk_rows import BULK_OPERATION_COLUMNS, bulk_operation, settle_parameters
from workflow_control.postgres.control_queries import control_query
from workflow_control.postgres.reads import Reads


class PostgresBulkStore:
    """Implements `bulk.ports.BulkStore`. A statement that is tried again, as a read is, finds what it has done."""

    def __init__(self, reads: Reads, control_schema: str) -> None:
        self._reads = reads
        self._control_schema = control_schema

    async def claim(self, lease: timedelta, passed_over: Collection[str]) -> HeldOperation | None:
        """Take an operation that nobody holds, but none of those passed over; None: there is none."""
        parameters = {"lease": lease, "passed_over": list(passed_over)}
        for row in await self._fetch("bulk_operation_claim", parameters):
            token, item_ttl_s, created_before, cursor_created_at, cursor_workflow_id = row[BULK_OPERATION_COLUMNS:]
            operation = bulk_operation(row)
            cursor = None if cursor_created_at is None else WorkflowCursor(cursor_created_at, cursor_workflow_id)
            return HeldOperation(Lease(operation.operation_id, token), operation, item_ttl_s, created_before, cursor)
        return None

    async def renew(self, leases: Collection[Lease], lease: timedelta) -> Collection[str]:
        """Keep the operations that are still held, and return which they are."""
        parameters = {
            "operation_ids": [each.operation_id for each in leases],
            "fencing_tokens": [each.fencing_token for each in leases],
            "lease": lease,
        }
        return {operation_id for (operation_id,) in await self._fetch("bulk_operation_renew", parameters)}

    async def release(self, lease: Lease) -> None:
        """Leave an operation to others; one that is lost is theirs already."""
        await self._fetch("bulk_operation_release", lease._asdict())

    async def find(
        self, lease: Lease, after: WorkflowCursor | None, found: Sequence[WorkflowCursor], *, complete: bool
    ) -> Sequence[BulkItem]:
        """Write the workflows that were found after the last one, and whether these are all; return them numbered."""
        last = found[-1] if found else after
        parameters = {
            **lease._asdict(),
            "workflow_ids": [each.workflow_id for each in found],
            "after_created_at": None if after is None else after.created_at,
            "after_workflow_id": None if after is None else after.workflow_id,
            "cursor_created_at": None if last is None else last.created_at,
            "cursor_workflow_id": None if last is None else last.workflow_id,
            "selection_complete": complete,
        }
        for (before,) in await self._fetch("bulk_operation_find", parameters):
            return [BulkItem(before + place, each.workflow_id) for place, each in enumerate(found, 1)]
        raise LeaseLost

    async def pending(self, operation_id: str, after: int, limit: int) -> Sequence[BulkItem]:
        """Return at most `limit` items without outcome and of higher numbers, by number."""
        parameters = {"operation_id": operation_id, "after": after, "limit": limit}
        return [BulkItem._make(row) for row in await self._fetch("bulk_item_pending", parameters)]

    async def settle(self, lease: Lease, settlements: Sequence[Settlement]) -> None:
        """Write and count outcomes of items that have none."""
        if not await self._fetch("bulk_item_settle", settle_parameters(lease, settlements)):
            raise LeaseLost

    async def complete(self, lease: Lease) -> None:
        """End an operation of whose workflows each has an outcome."""
        if not await self._fetch("bulk_operation_complete", lease._asdict()):
            raise LeaseLost

    async def _fetch(self, stem: str, parameters: Mapping[str, object]) -> Sequence[tuple[Any, ...]]:
        statement = control_query(self._control_schema, stem)
        return await self._reads.fetch(lambda: (statement, parameters))
