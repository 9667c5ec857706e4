"""The transaction of a batch of items: the executor's, which settles the items as well, and commits all or nothing.

Key, effect, outcome and progress cannot part company: whatever dies, an item that has no outcome was not changed. And
since the lease is checked with the outcomes, a holder that has lost its operation, and does not know it yet, changes
nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from workflow_control.bulk.ports import LeaseLost, ReadItemResult
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.dbos.mutation_session import PostgresMutationSession, PostgresMutationSessions
from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.bulk import ItemClaim, Lease, Settlement, failure_of, settlement_of
from workflow_control.idempotency.ports import (
    BeforeCommit,
    Claim,
    MutationSession,
    Opening,
    Record,
    RequestId,
    TransactionLimits,
)
from workflow_control.postgres.bulk_rows import settle_parameters
from workflow_control.postgres.control_queries import control_query
from workflow_control.postgres.pool import Pool, borrow

OnSettled = Callable[[str, Sequence[Settlement]], None]
"""Told of the items of an action that were settled, once that is committed."""


class BulkItemSessions(PostgresMutationSessions):
    """Implements `idempotency.ports.MutationSessions` for the executor of items, whose every request is for an item."""

    def __init__(self, pool: Pool, dialects: DialectSource, read_result: ReadItemResult, on_settled: OnSettled) -> None:
        # Every transaction sets its own limits and plans: the pool is for other statements as well.
        super().__init__(partial(borrow, pool), dialects, None)
        self._read_result = read_result
        self._on_settled = on_settled

    def _session(self, transaction: Transaction) -> MutationSession:
        return _BulkItemSession(transaction, self._read_result, self._on_settled)


class _BulkItemSession(PostgresMutationSession):
    """Settles the items of a batch before it commits."""

    def __init__(self, transaction: Transaction, read_result: ReadItemResult, on_settled: OnSettled) -> None:
        super().__init__(transaction, None)
        self._read_result = read_result
        self._on_settled = on_settled
        self._items: Mapping[RequestId, tuple[str, ItemClaim]] = {}

    async def begin(self, claims: Sequence[Claim], limits: TransactionLimits) -> Opening:
        self._items = {
            (claim.request.scope, claim.request.request_key): (claim.request.action, claim.request.item)
            for claim in claims
            if claim.request.item is not None
        }
        return await super().begin(claims, limits)

    async def commit(self, records: Sequence[Record], before_commit: BeforeCommit | None) -> None:
        """Two round trips: the effects and the outcomes, and last those of the items, if their leases are valid; then
        COMMIT. So an operation's row is locked for no longer than that takes. Raises LeaseLost.
        """
        self._send(records)
        settled: dict[tuple[Lease, str], list[Settlement]] = defaultdict(list)
        for record in records:
            action, item = self._items[record.request_id]
            settled[item.lease, action].append(self._settlement(action, item.number, record))
        replies = [
            self._transaction.send(
                control_query(self._transaction.dialect.control_schema, "bulk_item_settle"),
                settle_parameters(lease, settlements),
            )
            # Sorted, so that two batches of several operations cannot deadlock.
            for (lease, _), settlements in sorted(settled.items(), key=lambda each: each[0])
        ]
        if replies:
            await self._transaction.sync()
        if not all(reply.rows for reply in replies):
            raise LeaseLost
        await self._commit(before_commit)
        for (_, action), settlements in settled.items():
            self._on_settled(action, settlements)

    def _settlement(self, action: str, number: int, record: Record) -> Settlement:
        if record.error is not None:
            return failure_of(number, record.error.reason, record.error.message)
        if record.response is None:
            raise ValueError("an outcome is a response or an error")
        return settlement_of(number, self._read_result(action, record.response))
