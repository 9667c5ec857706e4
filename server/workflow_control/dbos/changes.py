"""The changes of a batch as statements: one for all changes of a kind."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from workflow_control.dbos.adjustments import write_attributes, write_delays, write_priorities
from workflow_control.dbos.bulk_operations import write_bulk_starts, write_bulk_states
from workflow_control.dbos.forks import write_forks
from workflow_control.dbos.imports import write_imports
from workflow_control.dbos.kinds import places_by_kind
from workflow_control.dbos.messages import write_sends
from workflow_control.dbos.queues import (
    write_latest_versions,
    write_queue_deletions,
    write_queues,
    write_renamings,
)
from workflow_control.dbos.recoveries import write_recoveries
from workflow_control.dbos.retention import write_collections, write_overdue
from workflow_control.dbos.rewinds import write_rewinds
from workflow_control.dbos.schedules import write_schedule_deletions, write_schedules
from workflow_control.dbos.starts import write_debounces, write_starts
from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.changes import (
    Applied,
    AttributesChange,
    BulkStartChange,
    BulkStateChange,
    CancelChange,
    CancelOverdueChange,
    Change,
    CollectGarbageChange,
    DebounceChange,
    DelayChange,
    DeleteChange,
    DeleteQueueChange,
    DeleteScheduleChange,
    ForkChange,
    ImportChange,
    LatestVersionChange,
    PriorityChange,
    RecoverChange,
    RegisterQueueChange,
    RenameApplicationChange,
    ResumeChange,
    RewindChange,
    SendChange,
    StartChange,
    WriteSchedulesChange,
)

# A writer takes only changes of the kind that it is entered for.
Writer = Callable[[Transaction, Sequence[Any]], Awaitable[Sequence[Applied] | None]]
"""Writes changes of one kind; returns what became of each, in their order, or None where nothing need be known."""


async def write_changes(transaction: Transaction, changes: Sequence[Change]) -> Sequence[Applied]:
    """Queue the statements of all changes, and return what became of each, in their order."""
    applied: list[Applied] = [None] * len(changes)
    places = places_by_kind(changes)
    for kind, writer in WRITERS.items():
        if kind in places:
            results = await writer(transaction, [changes[place] for place in places[kind]])
            if results is not None:
                for place, result in zip(places[kind], results, strict=True):
                    applied[place] = result
    return applied


async def _write_cancels(transaction: Transaction, changes: Sequence[CancelChange]) -> None:
    transaction.query(
        "workflow_cancel",
        {"workflow_ids": [i for change in changes for i in change.workflow_ids], "now_ms": transaction.now_ms},
    )


async def _write_deletes(transaction: Transaction, changes: Sequence[DeleteChange]) -> None:
    transaction.query("workflow_delete", {"workflow_ids": [i for change in changes for i in change.workflow_ids]})


async def _write_resumes(transaction: Transaction, changes: Sequence[ResumeChange]) -> None:
    transaction.query(
        "workflow_resume",
        {
            "workflow_ids": [change.workflow_id for change in changes],
            "queue_names": [change.queue_name for change in changes],
            "now_ms": transaction.now_ms,
        },
    )


WRITERS: Final[Mapping[type[Change], Writer]] = {
    CancelChange: _write_cancels,
    ResumeChange: _write_resumes,
    ForkChange: write_forks,
    RewindChange: write_rewinds,
    DeleteChange: _write_deletes,
    DelayChange: write_delays,
    PriorityChange: write_priorities,
    AttributesChange: write_attributes,
    StartChange: write_starts,
    DebounceChange: write_debounces,
    SendChange: write_sends,
    ImportChange: write_imports,
    RecoverChange: write_recoveries,
    RegisterQueueChange: write_queues,
    DeleteQueueChange: write_queue_deletions,
    LatestVersionChange: write_latest_versions,
    RenameApplicationChange: write_renamings,
    CollectGarbageChange: write_collections,
    CancelOverdueChange: write_overdue,
    WriteSchedulesChange: write_schedules,
    DeleteScheduleChange: write_schedule_deletions,
    BulkStartChange: write_bulk_starts,
    BulkStateChange: write_bulk_states,
}
"""In the order in which the kinds are written."""
