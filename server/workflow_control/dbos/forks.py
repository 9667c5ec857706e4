"""Forks as statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.changes import Applied, ForkApplied, ForkChange


async def write_forks(transaction: Transaction, changes: Sequence[ForkChange]) -> Sequence[Applied]:
    """Two round trips: the rows, then what belongs to those whose id was free."""
    rows = await transaction.fetch(
        "workflow_fork",
        {
            "workflow_ids": [c.row.workflow_id for c in changes],
            "source_ids": [c.source_id for c in changes],
            "queue_names": [c.row.queue_name for c in changes],
            "queue_partition_keys": [c.row.queue_partition_key for c in changes],
            "application_versions": [c.row.application_version for c in changes],
            "timeouts_ms": [c.row.timeout_ms for c in changes],
            "now_ms": transaction.now_ms,
        },
    )
    inserted = {row[0] for row in rows}
    copied = await _copy(transaction, [c for c in changes if c.row.workflow_id in inserted])
    return [ForkApplied(c.row.workflow_id in inserted, copied.get(c.row.workflow_id, 0)) for c in changes]


async def _copy(transaction: Transaction, made: Sequence[ForkChange]) -> dict[str, int]:
    """Copy what belongs to the sources, and return how many steps each fork got, where it got any."""
    if not made:
        return {}
    mapping = {
        "workflow_ids": [c.row.workflow_id for c in made],
        "source_ids": [c.source_id for c in made],
        "start_steps": [c.start_step for c in made],
    }
    replaced = [(c.row.workflow_id, old, new) for c in made for old, new in c.replacement_children]
    replacements = dict(zip(("replaced_in", "old_child_ids", "new_child_ids"), _columns(replaced, 3), strict=True))
    has = transaction.dialect.has
    if has("workflow_status.was_forked_from"):
        transaction.query("workflow_fork_source", mapping)
    if has("workflow_input"):
        for stem in ("workflow_fork_orphan_steps", "workflow_fork_orphan_output", "workflow_fork_input"):
            transaction.query(stem, mapping)
    steps = transaction.query("workflow_fork_steps", {**mapping, **replacements})
    for stem in ("workflow_fork_event_history", "workflow_fork_events", "workflow_fork_streams"):
        transaction.query(stem, mapping)
    await transaction.sync()
    return {row[0]: row[1] for row in steps.rows}


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> list[list[Any]]:
    """Return rows as columns, `width` empty ones when there is no row."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(width)]
