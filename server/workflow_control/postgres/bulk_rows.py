"""Rows of the tables of bulk operations as domain records, and records as parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from workflow_control.domain.bulk import BulkItemRow, BulkOperationRow, BulkState, ItemOutcome, Lease, Settlement

BULK_OPERATION_COLUMNS: Final = len(BulkOperationRow._fields)


def bulk_operation(row: tuple[Any, ...]) -> BulkOperationRow:
    """Return the record of a row in the order of `_bulk_operation_columns.sql`; more columns may follow."""
    found = BulkOperationRow._make(row[:BULK_OPERATION_COLUMNS])
    return found._replace(state=BulkState(found.state))


def bulk_item(row: tuple[Any, ...]) -> BulkItemRow:
    """Return the record of a row of `bulk_item_list.sql`."""
    found = BulkItemRow._make(row)
    return found._replace(outcome=ItemOutcome(found.outcome))


def settle_parameters(lease: Lease, settlements: Sequence[Settlement]) -> dict[str, object]:
    """Return the parameters of `bulk_item_settle.sql`."""
    return {
        "operation_id": lease.operation_id,
        "fencing_token": lease.fencing_token,
        # One for each, so that a plan finds an item by its whole key.
        "operation_ids": [lease.operation_id] * len(settlements),
        "numbers": [s.number for s in settlements],
        "outcomes": [s.outcome.value for s in settlements],
        "results": [s.result for s in settlements],
        "new_workflow_ids": [s.new_workflow_id for s in settlements],
        "error_reasons": [s.error_reason for s in settlements],
        "error_messages": [s.error_message for s in settlements],
    }
