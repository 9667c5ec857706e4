"""What the RPCs of BulkControl mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workflow_control.domain.bulk import (
    BulkItemQuery,
    BulkItemRow,
    BulkOperationQuery,
    BulkOperationRow,
    BulkPreview,
    BulkSelection,
)
from workflow_control.domain.errors import BulkOperationNotFound, TransientError
from workflow_control.domain.limits import BULK_PREVIEW_COUNT_MAX, BULK_PREVIEW_SAMPLE_MAX
from workflow_control.domain.queries import WorkflowFilter, WorkflowQuery
from workflow_control.idempotency.requests import MutationReply, MutationRequest
from workflow_control.operations.ports import BulkReader, MemberCounter, MutationExecutor, WorkflowReader


class BulkOperations:
    """An operation's state changes through the executor, like everything else; the runner does the rest."""

    def __init__(
        self,
        executor: MutationExecutor,
        reader: BulkReader,
        workflows: WorkflowReader,
        members: MemberCounter,
        on_change: Callable[[], None],
    ) -> None:
        """`on_change` is told of each operation that may have work to do."""
        self._executor = executor
        self._reader = reader
        self._workflows = workflows
        self._members = members
        self._on_change = on_change

    async def mutate(self, request: MutationRequest, *, validate_only: bool) -> MutationReply:
        """Change an operation's state exactly once, or say what it would be. Raises any ControlError."""
        if validate_only:
            return await self._executor.preview(request)
        reply = await self._executor.execute(request)
        self._on_change()
        return reply

    async def preview(self, selection: BulkSelection) -> BulkPreview | None:
        """Return to which workflows an operation would be applied; None where they are not found in time."""
        chosen = selection.filter or WorkflowFilter(workflow_ids=selection.workflow_ids)
        try:
            count = await self._members.count(chosen, BULK_PREVIEW_COUNT_MAX + 1)
            sample = await self._workflows.list(WorkflowQuery(chosen, BULK_PREVIEW_SAMPLE_MAX, descending=False))
        except TransientError:
            return None
        return BulkPreview(min(count, BULK_PREVIEW_COUNT_MAX), count <= BULK_PREVIEW_COUNT_MAX, tuple(sample))

    async def get(self, scope: str, operation_id: str) -> BulkOperationRow:
        """Return the operation. Raises BulkOperationNotFound."""
        operation = await self._reader.get(scope, operation_id)
        if operation is None:
            raise BulkOperationNotFound(operation_id)
        return operation

    async def list(self, query: BulkOperationQuery) -> Sequence[BulkOperationRow]:
        """Return a page of operations."""
        return await self._reader.list(query)

    async def list_items(self, query: BulkItemQuery) -> Sequence[BulkItemRow]:
        """Return a page of an operation's items. Raises BulkOperationNotFound."""
        items = await self._reader.list_items(query)
        if items is None:
            raise BulkOperationNotFound(query.operation_id)
        return items
