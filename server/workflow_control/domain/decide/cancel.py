"""What becomes of a workflow, and of its descendants, that is to be cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import CancelChange
from workflow_control.domain.commands import CancelWorkflow
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import WorkflowNotFound
from workflow_control.domain.facts import CascadeFindings, Facts
from workflow_control.domain.outcomes import CancelOutcome, CancelResult
from workflow_control.domain.states import COMPLETE, WorkflowState

_CANCELLED: Final = WorkflowState.CANCELLED.value
_RESULTS: Final[Mapping[str | None, CancelResult]] = {
    **dict.fromkeys((state.value for state in COMPLETE), CancelResult.ALREADY_COMPLETED),
    _CANCELLED: CancelResult.ALREADY_CANCELLED,
}
"""Of the states that DBOS does not cancel."""


def decide_cancel(command: CancelWorkflow, facts: Facts) -> Decision:
    """As DBOS does it, but for rows that are cancelled already."""
    row = facts.row
    if row is None:
        if command.allow_missing:
            return Decision(CancelOutcome(None, None, CancelResult.MISSING))
        return Decision(WorkflowNotFound(command.workflow_id))
    found = facts.findings.descendants if isinstance(facts.findings, CascadeFindings) else ()
    descendants = tuple(d.workflow_id for d in found if _cancel_result(d.status) is CancelResult.CANCELLED)
    result = _cancel_result(row.status)
    after = row
    cancelled = descendants
    if result is CancelResult.CANCELLED:
        after = row._replace(
            status=_CANCELLED,
            queue_name=None,
            deduplication_id=None,
            started_at=None,
            updated_at=facts.now_ms,
            completed_at=facts.now_ms if Capability.COMPLETED_AT in facts.capabilities else None,
        )
        cancelled = (row.workflow_id, *descendants)
    return Decision(
        CancelOutcome(after, row.status, result, descendants),
        CancelChange(cancelled) if cancelled else None,
    )


def _cancel_result(status: str | None) -> CancelResult:
    """Say what cancelling comes to. DBOS cancels whatever is not complete, so a state unknown to us is cancelled as
    well.

    An already cancelled row is not touched, as in DBOS for Go; the others move its completion time, which loses a fact.
    """
    return _RESULTS.get(status, CancelResult.CANCELLED)
