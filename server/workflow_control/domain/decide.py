"""decide(): the state machine of every mutation, pure.

The executor locks rows, asks here what becomes of them, and writes that down. Nothing else decides anything.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, assert_never

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.commands import (
    CancelWorkflow,
    Command,
    ForkStart,
    ForkWorkflow,
    FromLastFailure,
    FromLastStep,
    FromStep,
    FromStepName,
    ResumeWorkflow,
)
from workflow_control.domain.errors import (
    DefinitiveError,
    StepNotFound,
    WorkflowExists,
    WorkflowNotFound,
)
from workflow_control.domain.outcomes import (
    CancelOutcome,
    CancelResult,
    ForkOutcome,
    Outcome,
    ResumeOutcome,
    ResumeResult,
)
from workflow_control.domain.records import INTERNAL_QUEUE, WorkflowRow
from workflow_control.domain.states import COMPLETE, WorkflowState


class Descendant(NamedTuple):
    """A descendant of a workflow that is cancelled with cascade."""

    workflow_id: str
    status: str | None


class StepFacts(NamedTuple):
    """What deciding where a fork begins needs to know of the source's recorded steps; None where there is none."""

    last_step: int | None = None
    last_failed_step: int | None = None
    last_named_step: int | None = None
    """The last step of the name that the command asks for."""


_NO_STEPS: Final = StepFacts()


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read, under lock, for one command."""

    row: WorkflowRow | None
    """The workflow that the command names; None: there is none."""
    now_ms: int
    """The database's clock, in milliseconds since the epoch."""
    capabilities: Set[Capability]
    """What the installed DBOS schema has."""
    descendants: Sequence[Descendant] = ()
    steps: StepFacts = _NO_STEPS


@dataclass(frozen=True, slots=True)
class CancelChange:
    """Cancel these workflows."""

    workflow_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResumeChange:
    """Put this workflow into this queue."""

    workflow_id: str
    queue_name: str


@dataclass(frozen=True, slots=True)
class ForkChange:
    """Insert `row` as a copy of `source_id` with everything recorded below `start_step`."""

    source_id: str
    row: WorkflowRow
    start_step: int
    replacement_children: tuple[tuple[str, str], ...] = ()


Change = CancelChange | ResumeChange | ForkChange


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one command: its outcome or its error, and the change to write, if any."""

    outcome: Outcome | DefinitiveError
    change: Change | None = field(default=None)


def decide(command: Command, facts: Facts) -> Decision:
    """Return what becomes of `command`, given `facts`.

    Raises nothing: an error that the key must keep is an outcome.
    """
    match command:
        case CancelWorkflow():
            return _decide_cancel(command, facts)
        case ResumeWorkflow():
            return _decide_resume(command, facts)
        case ForkWorkflow():
            return _decide_fork(command, facts)
        case _:
            assert_never(command)


def conclude_fork(decision: Decision, inserted: bool, copied_step_count: int) -> Decision:
    """Return a fork's decision after it was applied: whether its id was free is known only then."""
    assert isinstance(decision.outcome, ForkOutcome)  # noqa: S101 - For the type checker: only forks come here.
    if not inserted:
        return Decision(WorkflowExists(decision.outcome.workflow.workflow_id))
    return replace(decision, outcome=replace(decision.outcome, copied_step_count=copied_step_count))


def _decide_cancel(command: CancelWorkflow, facts: Facts) -> Decision:
    row = facts.row
    if row is None:
        if command.allow_missing:
            return Decision(CancelOutcome(None, None, CancelResult.MISSING))
        return Decision(WorkflowNotFound(command.workflow_id))
    descendants = tuple(d.workflow_id for d in facts.descendants if _cancel_result(d.status) is CancelResult.CANCELLED)
    result = _cancel_result(row.status)
    after = row
    cancelled = descendants
    if result is CancelResult.CANCELLED:
        after = row._replace(
            status=WorkflowState.CANCELLED.value,
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
    state = WorkflowState.parse(status)
    if state in COMPLETE:
        return CancelResult.ALREADY_COMPLETED
    if state is WorkflowState.CANCELLED:
        return CancelResult.ALREADY_CANCELLED
    return CancelResult.CANCELLED


def _decide_resume(command: ResumeWorkflow, facts: Facts) -> Decision:
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


def _decide_fork(command: ForkWorkflow, facts: Facts) -> Decision:
    source = facts.row
    if source is None:
        return Decision(WorkflowNotFound(command.workflow_id))
    start_step = _start_step(command.start, facts.steps)
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


def _start_step(start: ForkStart, steps: StepFacts) -> int | None:
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
