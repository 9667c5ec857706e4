"""What becomes of a workflow, and of its descendants, that is to be deleted."""

from __future__ import annotations

from workflow_control.domain.changes import DeleteChange
from workflow_control.domain.commands import DeleteWorkflow
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import WorkflowNotFound, WorkflowNotTerminal
from workflow_control.domain.facts import CascadeFindings, Facts
from workflow_control.domain.outcomes import DeleteOutcome, DeleteResult
from workflow_control.domain.states import TERMINAL, WorkflowState


def decide_delete(command: DeleteWorkflow, facts: Facts) -> Decision:
    """Delete all or nothing. DBOS deletes a workflow in any state; here that needs `force`."""
    row = facts.row
    if row is None:
        if command.allow_missing:
            return Decision(DeleteOutcome(None, DeleteResult.MISSING))
        return Decision(WorkflowNotFound(command.workflow_id))
    descendants = facts.findings.descendants if isinstance(facts.findings, CascadeFindings) else ()
    if not command.force:
        for workflow_id, status in ((row.workflow_id, row.status), *descendants):
            if WorkflowState.parse(status) not in TERMINAL:
                return Decision(WorkflowNotTerminal(workflow_id, status or ""))
    descendant_ids = tuple(descendant.workflow_id for descendant in descendants)
    return Decision(
        DeleteOutcome(row, DeleteResult.DELETED, descendant_ids),
        DeleteChange((row.workflow_id, *descendant_ids)),
    )
