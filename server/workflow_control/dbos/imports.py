"""Imported workflows as statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import ImportChange
from workflow_control.domain.commands import ImportWorkflow
from workflow_control.domain.exports import (
    ExportedEvent,
    ExportedEventHistory,
    ExportedNotification,
    ExportedOperationOutput,
    ExportedStatus,
    ExportedStreamEntry,
    ExportedWorkflow,
)
from workflow_control.domain.facts import Findings, HeldId, ImportFindings
from workflow_control.domain.records import WorkflowRow

_TABLES: Final = (
    ("workflow_import_steps", "operation_outputs", "workflow_uuid", ExportedOperationOutput),
    ("workflow_import_events", "workflow_events", "workflow_uuid", ExportedEvent),
    ("workflow_import_event_history", "workflow_events_history", "workflow_uuid", ExportedEventHistory),
    ("workflow_import_streams", "streams", "workflow_uuid", ExportedStreamEntry),
    ("workflow_import_messages", "notifications", "destination_uuid", ExportedNotification),
)
"""The statement of each table beside those of the workflow itself, its name, its column of the workflow, its record."""

_PARAMETER_NAMES: Final = {"offset": "offsets"}
"""Where a column's own name will not do: this one is a reserved word."""


async def find_taken(transaction: Transaction, commands: Sequence[ImportWorkflow], rows: object) -> Sequence[Findings]:
    """Find what stands in the way of imports; each is a batch of its own."""
    return [await _find_taken(transaction, command.workflows) for command in commands]


async def write_imports(transaction: Transaction, changes: Sequence[ImportChange]) -> None:
    """No round trip: that ids are free was seen before, and one that was taken since fails the transaction."""
    workflows = [workflow for change in changes for workflow in change.workflows]
    statuses = _columns(ExportedStatus._fields, (workflow.workflow_status for workflow in workflows))
    statuses["now_ms"] = transaction.now_ms
    if transaction.dialect.has("workflow_input"):
        # What a deleted workflow of the same id has left behind must not become the new one's.
        orphans = {"workflow_ids": statuses["workflow_uuid"]}
        transaction.query("workflow_fork_orphan_steps", orphans)
        transaction.query("workflow_fork_orphan_output", orphans)
        transaction.query("workflow_import_input", statuses)
        transaction.query("workflow_import_output", statuses)
    transaction.query("workflow_import", statuses)
    for stem, table, owner, record in _TABLES:
        rows = [(w.workflow_status.workflow_uuid, *row) for w in workflows for row in getattr(w, table)]
        if rows:
            transaction.query(stem, {**_columns((owner, *record._fields), rows), "now_ms": transaction.now_ms})


async def _find_taken(transaction: Transaction, workflows: Sequence[ExportedWorkflow]) -> ImportFindings:
    statuses = [workflow.workflow_status for workflow in workflows]
    held = [(s.queue_name, s.deduplication_id) for s in statuses if s.queue_name and s.deduplication_id]
    message_ids = [message.message_uuid for workflow in workflows for message in workflow.notifications]
    taken = transaction.query("start_taken_ids", {"workflow_ids": [s.workflow_uuid for s in statuses]})
    holders = transaction.query(
        "start_holders",
        {"queue_names": [queue for queue, _ in held], "deduplication_ids": [each for _, each in held]},
    )
    # Where ids need not be unique, nothing finds a message by its own.
    unique = Capability.NOTIFICATION_IDS in transaction.dialect.capabilities
    messages = transaction.query("import_taken_messages", {"message_ids": message_ids}) if unique else None
    await transaction.sync()
    held_by: dict[HeldId, WorkflowRow] = {}
    for row in map(WorkflowRow._make, holders.rows):
        held_by[row.queue_name or "", row.deduplication_id or ""] = row
    return ImportFindings(
        frozenset(row[0] for row in taken.rows),
        held_by,
        frozenset(row[0] for row in messages.rows) if messages is not None else frozenset(),
    )


def _columns(names: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> dict[str, object]:
    """Return rows as parameters, a list for each column; there is at least one row."""
    columns = zip(*rows, strict=True)
    return {_PARAMETER_NAMES.get(name, name): list(column) for name, column in zip(names, columns, strict=True)}
