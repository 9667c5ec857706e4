"""What working on bulk operations needs of the layers around, as Protocols."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Protocol

from workflow_control.domain.bulk import (
    BulkDefinition,
    BulkItem,
    HeldOperation,
    ItemResult,
    Lease,
    Settlement,
)
from workflow_control.domain.queries import WorkflowCursor, WorkflowFilter
from workflow_control.idempotency.requests import MutationReply, MutationRequest


class LeaseLost(Exception):
    """The operation was paused, stopped or taken over: nothing was written, and nothing more can be."""


class UnreadableDefinition(Exception):
    """The operation asks for what this release does not know; the message says what."""


ReadDefinition = Callable[[bytes], BulkDefinition]
"""Reads what a stored operation is asked to do. Raises UnreadableDefinition."""

ReadItemResult = Callable[[str, bytes], ItemResult]
"""Reads what the response of an action says of its workflow."""


class BulkStore(Protocol):
    """The tables of bulk operations, for whoever works on them. All raise TransientError, a DatabaseFault for a bug;
    what writes for a lease raises LeaseLost where that is not the last one, or the operation does not run any more.
    """

    async def claim(self, lease: timedelta, passed_over: Collection[str]) -> HeldOperation | None:
        """Take an operation that nobody holds, but none of those passed over; None: there is none."""
        ...

    async def renew(self, leases: Collection[Lease], lease: timedelta) -> Collection[str]:
        """Keep the operations that are still held, and return which they are."""
        ...

    async def release(self, lease: Lease) -> None:
        """Leave an operation to others; one that is lost is theirs already."""
        ...

    async def find(
        self, lease: Lease, after: WorkflowCursor | None, found: Sequence[WorkflowCursor], *, complete: bool
    ) -> Sequence[BulkItem]:
        """Write the workflows that were found after the last one, and whether these are all; return them numbered."""
        ...

    async def pending(self, operation_id: str, after: int, limit: int) -> Sequence[BulkItem]:
        """Return at most `limit` items without outcome and of higher numbers, by number."""
        ...

    async def settle(self, lease: Lease, settlements: Sequence[Settlement]) -> None:
        """Write and count outcomes of items that have none."""
        ...

    async def complete(self, lease: Lease) -> None:
        """End an operation of whose workflows each has an outcome."""
        ...


class MemberReader(Protocol):
    """Finds the workflows of an operation."""

    async def page(
        self, selection: WorkflowFilter, created_before: int, after: WorkflowCursor | None, limit: int
    ) -> Sequence[WorkflowCursor]:
        """Return at most `limit` workflows, the oldest first. Raises TransientError, SchemaCapabilityMissing."""
        ...


class ItemExecutor(Protocol):
    """Applies keyed mutations exactly once; see idempotency/executor.py."""

    async def execute_all(self, requests: Sequence[MutationRequest]) -> Sequence[MutationReply | Exception]:
        """Apply each mutation or replay its stored outcome: its reply, or any ControlError, or LeaseLost."""
        ...


class Foreground(Protocol):
    """The executor of single calls, which go first."""

    @property
    def unsettled(self) -> int:
        """How many mutations wait or are at work."""
        ...
