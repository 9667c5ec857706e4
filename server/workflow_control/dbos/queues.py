"""Queues, application versions and owners as statements. Their commands are batches of their own."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.changes import (
    Applied,
    DeleteQueueChange,
    LatestVersionChange,
    RegisterQueueChange,
    RenameApplicationChange,
    RenameApplied,
)
from workflow_control.domain.commands import DeleteQueue, RegisterQueue, SetLatestApplicationVersion
from workflow_control.domain.facts import Findings, QueueFindings, VersionFindings
from workflow_control.domain.queues import OwnedRows, QueueRow, VersionRow


async def find_queues(
    transaction: Transaction, commands: Sequence[RegisterQueue | DeleteQueue], rows: object
) -> Sequence[Findings]:
    """Lock the queues of the commands."""
    if not transaction.dialect.has("queues"):
        return [None] * len(commands)
    return [
        QueueFindings(
            next(
                map(QueueRow._make, await transaction.fetch("queue_lock", {"queue_name": command.queue_name})),
                None,
            )
        )
        for command in commands
    ]


async def find_versions(
    transaction: Transaction, commands: Sequence[SetLatestApplicationVersion], rows: object
) -> Sequence[Findings]:
    """Lock the versions of the commands' names."""
    if not transaction.dialect.has("application_versions"):
        return [None] * len(commands)
    return [
        VersionFindings(
            [
                VersionRow._make(row)
                for row in await transaction.fetch(
                    "application_version_lock", {"application_version": command.application_version}
                )
            ]
        )
        for command in commands
    ]


async def write_queues(transaction: Transaction, changes: Sequence[RegisterQueueChange]) -> None:
    """Queue a statement for each."""
    for change in changes:
        # Numbers with a fraction travel as text.
        row = {name: str(value) if isinstance(value, float) else value for name, value in change.row._asdict().items()}
        if change.is_new:
            transaction.query("queue_insert", row)
        else:
            del row["created_at"]
            transaction.query("queue_update", row)


async def write_queue_deletions(transaction: Transaction, changes: Sequence[DeleteQueueChange]) -> None:
    """Queue one statement."""
    transaction.query("queue_delete", {"queue_names": [change.queue_name for change in changes]})


async def write_latest_versions(transaction: Transaction, changes: Sequence[LatestVersionChange]) -> None:
    """Queue a statement for each."""
    for change in changes:
        transaction.query(
            "application_version_set_latest",
            {
                "version_id": change.version_id,
                "timestamp": change.timestamp,
                "application_name": change.application_name,
            },
        )


async def write_renamings(transaction: Transaction, changes: Sequence[RenameApplicationChange]) -> Sequence[Applied]:
    """Three round trips for each: what must move together, then what has ended, as far as there is room for it."""
    return [await _write_renaming(transaction, change) for change in changes]


async def _write_renaming(transaction: Transaction, change: RenameApplicationChange) -> RenameApplied:
    owners = {
        "application_name": change.application_name,
        "new_application_name": change.new_application_name,
        "adopt_unclaimed": change.adopt_unclaimed,
    }
    [(queues, schedules, versions, active)] = await transaction.fetch("application_rename", owners)
    room = change.ended_rows_max
    [(ended,)] = await transaction.fetch("application_rename_workflows", {**owners, "limit": room})
    room -= ended
    steps = 0
    if room:
        [(steps,)] = await transaction.fetch("application_rename_steps", {**owners, "limit": room})
    # Exactly as many as there was room for may have been all; another call finds out.
    return RenameApplied(OwnedRows(queues, schedules, versions, active + ended, steps), complete=steps < room)
