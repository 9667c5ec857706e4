"""Delays, priorities and attributes as statements."""

from __future__ import annotations

from collections.abc import Sequence
from json import dumps

from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.changes import AttributesChange, DelayChange, PriorityChange


async def write_delays(transaction: Transaction, changes: Sequence[DelayChange]) -> None:
    """Queue one statement."""
    transaction.query(
        "workflow_set_delay",
        {
            "workflow_ids": [change.workflow_id for change in changes],
            "delays_until": [change.delay_until for change in changes],
            "now_ms": transaction.now_ms,
        },
    )


async def write_priorities(transaction: Transaction, changes: Sequence[PriorityChange]) -> None:
    """Queue one statement."""
    transaction.query(
        "workflow_set_priority",
        {
            "workflow_ids": [change.workflow_id for change in changes],
            "priorities": [change.priority for change in changes],
            "now_ms": transaction.now_ms,
        },
    )


async def write_attributes(transaction: Transaction, changes: Sequence[AttributesChange]) -> None:
    """Queue one statement."""
    transaction.query(
        "workflow_update_attributes",
        {
            "workflow_ids": [change.workflow_id for change in changes],
            "attributes": [
                None if change.attributes is None else dumps(change.attributes, allow_nan=False) for change in changes
            ],
            "merges": [change.merge for change in changes],
            "now_ms": transaction.now_ms,
        },
    )
