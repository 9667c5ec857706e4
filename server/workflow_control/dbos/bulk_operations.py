"""The states of bulk operations as statements. Their commands are batches of their own."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.changes import BulkStartChange, BulkStateChange
from workflow_control.domain.commands import (
    ContinueBulkOperation,
    PauseBulkOperation,
    StartBulkOperation,
    StopBulkOperation,
)
from workflow_control.domain.facts import BulkFindings, BulkStartFindings, Findings
from workflow_control.postgres.bulk_rows import bulk_operation
from workflow_control.postgres.control_queries import control_query
from workflow_control.postgres.pipeline import Reply


async def find_bulk_origins(
    transaction: Transaction, commands: Sequence[StartBulkOperation], rows: object
) -> Sequence[Findings]:
    """Read what their requests say, and whether there are such operations already."""
    replies = [
        _send(
            transaction,
            "bulk_operation_origin",
            operation_id=command.operation_id,
            scope=command.scope,
            request_key=command.request_key,
        )
        for command in commands
    ]
    await transaction.sync()
    return [BulkStartFindings._make(reply.rows[0]) for reply in replies]


async def find_bulk_operations(
    transaction: Transaction,
    commands: Sequence[PauseBulkOperation | ContinueBulkOperation | StopBulkOperation],
    rows: object,
) -> Sequence[Findings]:
    """Lock the operations of the commands."""
    replies = [
        _send(transaction, "bulk_operation_lock", operation_id=command.operation_id, scope=command.scope)
        for command in commands
    ]
    await transaction.sync()
    return [BulkFindings(next(map(bulk_operation, reply.rows), None)) for reply in replies]


async def write_bulk_starts(transaction: Transaction, changes: Sequence[BulkStartChange]) -> None:
    """Queue two statements for each."""
    for change in changes:
        row = change.row
        _send(
            transaction,
            "bulk_operation_insert",
            operation_id=row.operation_id,
            scope=row.scope,
            request_key=row.request_key,
            action=row.action,
            definition=row.definition,
            by_filter=row.by_filter,
            max_workflows=row.max_workflows,
            max_per_second=row.max_per_second,
            state=row.state.value,
            created_before=change.created_before,
            selection_complete=row.selection_complete,
            found_count=row.found_count,
            created_at=row.created_at.isoformat(),
        )
        if change.workflow_ids:
            _send(
                transaction,
                "bulk_item_insert",
                operation_id=row.operation_id,
                workflow_ids=list(change.workflow_ids),
            )


async def write_bulk_states(transaction: Transaction, changes: Sequence[BulkStateChange]) -> None:
    """Queue a statement for each."""
    for change in changes:
        row = change.row
        _send(
            transaction,
            "bulk_operation_set_state",
            operation_id=row.operation_id,
            state=row.state.value,
            updated_at=row.updated_at.isoformat(),
            ended_at=None if row.ended_at is None else row.ended_at.isoformat(),
        )


def _send(transaction: Transaction, stem: str, **parameters: object) -> Reply:
    return transaction.send(control_query(transaction.dialect.control_schema, stem), parameters)
