"""Recoveries as statements."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.changes import Applied, RecoverApplied, RecoverChange
from workflow_control.domain.limits import LISTED_RECOVERED_MAX


async def write_recoveries(transaction: Transaction, changes: Sequence[RecoverChange]) -> Sequence[Applied]:
    """A round trip for each; each is a batch of its own."""
    applied = []
    for change in changes:
        [(count, first_ids)] = await transaction.fetch(
            "executor_recover",
            {
                "executor_ids": list(change.executor_ids),
                "application_version": change.application_version,
                "queue_name": change.queue_name,
                "now_ms": transaction.now_ms,
                "listed": LISTED_RECOVERED_MAX,
            },
        )
        applied.append(RecoverApplied(tuple(first_ids or ()), count))
    return applied
