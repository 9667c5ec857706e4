"""What becomes of a workflow that is to go on."""

from __future__ import annotations

from workflow_control.domain.changes import ResumeChange
from workflow_control.domain.commands import ResumeWorkflow
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import WorkflowNotFound
from workflow_control.domain.facts import Facts
from workflow_control.domain.outcomes import ResumeOutcome, ResumeResult
from workflow_control.domain.records import INTERNAL_QUEUE
from workflow_control.domain.states import COMPLETE, WorkflowState


def decide_resume(command: ResumeWorkflow, facts: Facts) -> Decision:
    """As DBOS does it: whatever is not complete is enqueued again."""
    row = facts.row
    if row is None:
        return Decision(WorkflowNotFound(command.workflow_id))
    if WorkflowState.parse(row.status) in COMPLETE:
        return Decision(ResumeOutcome(row, row.status, ResumeResult.ALREADY_COMPLETED))
    queue_name = command.queue_name or INTERNAL_QUEUE
    after = row._replace(
        status=WorkflowState.ENQUEUED.value,
        queue_name=queue_name,
        deduplication_id=None,
        recovery_attempts=0,
        started_at=None,
        updated_at=facts.now_ms,
        completed_at=None,
        deadline=None,
    )
    return Decision(
        ResumeOutcome(after, row.status, ResumeResult.RESUMED),
        ResumeChange(row.workflow_id, queue_name),
    )
