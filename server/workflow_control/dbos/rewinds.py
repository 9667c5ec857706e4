"""Rewinds as statements."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.changes import Applied, RewindApplied, RewindChange
from workflow_control.domain.communication import STREAM_CLOSED_TEXTS


async def write_rewinds(transaction: Transaction, changes: Sequence[RewindChange]) -> Sequence[Applied]:
    """One round trip, for the numbers of what was deleted."""
    cuts = {
        "workflow_ids": [change.row.workflow_id for change in changes],
        "start_steps": [change.start_step for change in changes],
    }
    # The history says what the events were, so it is cut after them.
    for stem in ("workflow_rewind_events", "workflow_rewind_events_restore", "workflow_rewind_event_history"):
        transaction.query(stem, cuts)
    transaction.query("workflow_rewind_streams", {**cuts, "closing_texts": sorted(STREAM_CLOSED_TEXTS)})
    if transaction.dialect.has("workflow_output"):
        transaction.query("workflow_rewind_output", {"workflow_ids": cuts["workflow_ids"]})
    transaction.query(
        "workflow_rewind",
        {
            "workflow_ids": cuts["workflow_ids"],
            "application_versions": [change.row.application_version for change in changes],
            "queue_names": [change.row.queue_name for change in changes],
            "queue_partition_keys": [change.row.queue_partition_key for change in changes],
            "now_ms": transaction.now_ms,
        },
    )
    steps = transaction.query("workflow_rewind_steps", cuts)
    messages = await transaction.fetch("workflow_rewind_messages", cuts)
    step_counts = {row[0]: row[1] for row in steps.rows}
    message_counts = {row[0]: row[1] for row in messages}
    return [
        RewindApplied(step_counts.get(change.row.workflow_id, 0), message_counts.get(change.row.workflow_id, 0))
        for change in changes
    ]
