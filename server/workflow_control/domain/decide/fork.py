"""What becomes of a workflow that is to be copied."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, assert_never

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import ForkApplied, ForkChange
from workflow_control.domain.commands import (
    ForkStart,
    ForkWorkflow,
    FromLastFailure,
    FromLastStep,
    FromStep,
    FromStepName,
)
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import StepNotFound, WorkflowExists, WorkflowNotFound
from workflow_control.domain.facts import Facts, StepFindings
from workflow_control.domain.outcomes import ForkOutcome, RestartOutcome
from workflow_control.domain.records import INTERNAL_QUEUE, WorkflowRow
from workflow_control.domain.states import WorkflowState

_NO_STEPS: Final = StepFindings()


def decide_fork(command: ForkWorkflow, facts: Facts) -> Decision:
    """Copy the source as it is stored; how many steps that copies is known when it is done."""
    source = facts.row
    if source is None:
        return Decision(WorkflowNotFound(command.workflow_id))
    start_step = _start_step(command.start, facts.findings if isinstance(facts.findings, StepFindings) else _NO_STEPS)
    if start_step is None:
        assert isinstance(command.start, FromStepName)  # noqa: S101 - For the type checker: no other start is missing.
        return Decision(StepNotFound(command.workflow_id, command.start.name))
    version = None if command.use_latest_version else command.application_version or source.application_version
    row = WorkflowRow(
        workflow_id=command.new_workflow_id,
        status=WorkflowState.ENQUEUED.value,
        name=source.name,
        class_name=source.class_name,
        config_name=source.config_name,
        queue_name=command.queue_name or INTERNAL_QUEUE,
        queue_partition_key=command.queue_partition_key,
        priority=0,
        deduplication_id=None,
        authenticated_user=source.authenticated_user,
        assumed_role=source.assumed_role,
        authenticated_roles=source.authenticated_roles,
        application_id=source.application_id,
        application_version=version,
        application_name=source.application_name,
        executor_id=None,
        recovery_attempts=0,
        parent_workflow_id=None,
        forked_from=source.workflow_id,
        was_forked_from=False if Capability.WAS_FORKED_FROM in facts.capabilities else None,
        schedule_name=None,
        attributes=source.attributes,
        created_at=facts.now_ms,
        updated_at=facts.now_ms,
        started_at=None,
        completed_at=None,
        delay_until=None,
        timeout_ms=command.timeout_ms,
        deadline=None,
    )
    return Decision(
        ForkOutcome(row, source.workflow_id, start_step, 0),
        ForkChange(source.workflow_id, row, start_step, tuple(command.replacement_children.items())),
    )


def conclude_fork(decision: Decision, applied: ForkApplied) -> Decision:
    """Return a fork's or a restart's decision after it was written: whether its id was free is known only then."""
    assert isinstance(decision.outcome, ForkOutcome | RestartOutcome)  # noqa: S101 - For the type checker.
    if not applied.inserted:
        return Decision(WorkflowExists(decision.outcome.workflow.workflow_id))
    if isinstance(decision.outcome, RestartOutcome):
        return decision
    return decision._replace(outcome=replace(decision.outcome, copied_step_count=applied.copied_step_count))


def _start_step(start: ForkStart, steps: StepFindings) -> int | None:
    """Return the first step to run again; None when a named step is not recorded."""
    match start:
        case FromStep(step):
            return step
        case FromLastFailure():
            # As DBOS's fork_from_failure: the last failure, else the last step, else the beginning.
            if steps.last_failed_step is not None:
                return steps.last_failed_step
            return steps.last_step or 0
        case FromLastStep():
            return steps.last_step or 0
        case FromStepName():
            return steps.last_named_step
        case _:
            assert_never(start)
