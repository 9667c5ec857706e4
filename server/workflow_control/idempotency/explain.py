"""What a fault of the database means to the callers of mutations."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.domain.errors import (
    ControlError,
    DatabaseUnavailable,
    DeadlineExceeded,
    RequestInProgress,
    WorkflowLocked,
)
from workflow_control.domain.faults import DatabaseFault, FaultKind
from workflow_control.idempotency.flight import Flight, Unsettled
from workflow_control.idempotency.requests import MutationRequest


def settle_all(batch: Sequence[Flight], error: ControlError | DatabaseFault, fault: DatabaseFault) -> None:
    """Answer all callers of a batch with an error, whose cause is the fault."""
    settled = Unsettled(error if error is fault else caused(error, fault))
    for flight in batch:
        flight.settle(settled)


def caused(error: Exception, cause: Exception) -> Exception:
    """Return the error with its cause, for the log."""
    error.__cause__ = cause
    return error


def explain(fault: DatabaseFault, request: MutationRequest, *, waited_for_key: bool) -> ControlError | DatabaseFault:
    """Say what a fault means to the caller of a single command; a bug stays what it is, for the log."""
    match fault.kind:
        case FaultKind.LOCK_TIMEOUT if waited_for_key:
            return RequestInProgress(request.request_key)
        case FaultKind.LOCK_TIMEOUT | FaultKind.CONFLICT:
            return WorkflowLocked(request.command.workflow_id)
        case FaultKind.STATEMENT_TIMEOUT:
            return DeadlineExceeded()
        case FaultKind.CONNECTION_LOST | FaultKind.UNAVAILABLE:
            return DatabaseUnavailable()
        case FaultKind.SCHEMA_CHANGED:
            return DatabaseUnavailable("The database does not have the tables that the server needs.")
        case FaultKind.BUG:
            return fault
