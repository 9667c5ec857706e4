"""What becomes of a workflow that is to run again from one of its steps, under the same id."""

from __future__ import annotations

from dataclasses import replace

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import RewindApplied, RewindChange
from workflow_control.domain.commands import RewindWorkflow
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import WorkflowNotFound, WorkflowNotTerminal
from workflow_control.domain.facts import Facts
from workflow_control.domain.outcomes import RewindOutcome
from workflow_control.domain.records import INTERNAL_QUEUE
from workflow_control.domain.states import TERMINAL, WorkflowState


def decide_rewind(command: RewindWorkflow, facts: Facts) -> Decision:
    """As DBOS does it, but that a state unknown to us is not taken for a terminal one.

    How much that discards is known when it is done. Raises SchemaCapabilityMissing.
    """
    facts.require(Capability.REWIND)
    row = facts.row
    if row is None:
        return Decision(WorkflowNotFound(command.workflow_id))
    if WorkflowState.parse(row.status) not in TERMINAL:
        return Decision(WorkflowNotTerminal(row.workflow_id, row.status or ""))
    after = row._replace(
        status=WorkflowState.ENQUEUED.value,
        application_version=command.application_version or row.application_version,
        queue_name=command.queue_name or INTERNAL_QUEUE,
        queue_partition_key=command.queue_partition_key,
        deduplication_id=None,
        recovery_attempts=0,
        started_at=None,
        updated_at=facts.now_ms,
        completed_at=None,
        deadline=None,
    )
    return Decision(
        RewindOutcome(after, row.status, command.start_step, 0, 0),
        RewindChange(after, command.start_step),
    )


def conclude_rewind(decision: Decision, applied: RewindApplied) -> Decision:
    """Return a rewind's decision after it was written."""
    assert isinstance(decision.outcome, RewindOutcome)  # noqa: S101 - For the type checker: only rewinds come here.
    outcome = replace(
        decision.outcome,
        deleted_step_count=applied.deleted_step_count,
        deleted_message_count=applied.deleted_message_count,
    )
    return decision._replace(outcome=outcome)
