"""New workflows as statements."""

from __future__ import annotations

from collections.abc import Sequence
from json import dumps

from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.changes import DebounceChange, StartChange
from workflow_control.domain.records import WorkflowRow


async def write_starts(transaction: Transaction, changes: Sequence[StartChange]) -> None:
    """No round trip: that ids are free was seen before, and one that was taken since fails the transaction."""
    started = [row for change in changes for row in change.rows]
    columns = map(list, zip(*(each.row for each in started), strict=True))
    parameters: dict[str, object] = {
        **dict(zip(WorkflowRow._fields, columns, strict=True)),
        "attributes": [None if each.row.attributes is None else dumps(each.row.attributes) for each in started],
        "inputs": [each.arguments.text for each in started],
        "serializations": [each.arguments.serialization for each in started],
        "is_debounced": [each.is_debounced for each in started],
        "debounce_deadlines": [each.debounce_deadline for each in started],
        "workflow_ids": [each.row.workflow_id for each in started],
    }
    if transaction.dialect.has("workflow_input"):
        transaction.query("workflow_start_input", parameters)
    transaction.query("workflow_start", parameters)


async def write_debounces(transaction: Transaction, changes: Sequence[DebounceChange]) -> None:
    """One workflow each: calls that are debounced run alone."""
    for change in changes:
        parameters: dict[str, object] = {
            "workflow_id": change.row.workflow_id,
            "delay_until": change.row.delay_until,
            "application_name": change.row.application_name,
            "inputs": change.arguments.text,
            "serialization": change.arguments.serialization,
            "now_ms": transaction.now_ms,
        }
        transaction.query("workflow_debounce", parameters)
        if transaction.dialect.has("workflow_input"):
            transaction.query("workflow_debounce_input", parameters)
