"""What becomes of each command, state by state, as DBOS's own clients do it."""

from __future__ import annotations

import pytest

from tests.fixtures.domain_rows import NOW_MS, workflow_row
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import CancelChange, ForkApplied, ForkChange, ResumeChange
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
    runs_alone,
    touched_ids,
)
from workflow_control.domain.decide import Decision, conclude, decide
from workflow_control.domain.errors import StepNotFound, WorkflowExists, WorkflowNotFound
from workflow_control.domain.facts import CascadeFindings, Descendant, Facts, Findings, StepFindings
from workflow_control.domain.outcomes import CancelOutcome, CancelResult, ForkOutcome, ResumeOutcome, ResumeResult
from workflow_control.domain.records import WorkflowRow

OLDEST: frozenset[Capability] = frozenset()
NEWEST = frozenset(Capability)
SCHEMAS = pytest.mark.parametrize("capabilities", [OLDEST, NEWEST], ids=["oldest schema", "newest schema"])


def facts(
    row: WorkflowRow | None,
    capabilities: frozenset[Capability] = NEWEST,
    findings: Findings = None,
) -> Facts:
    return Facts(row, NOW_MS, capabilities, findings)


CANCELS: dict[str | None, CancelResult] = {
    "PENDING": CancelResult.CANCELLED,
    "ENQUEUED": CancelResult.CANCELLED,
    "DELAYED": CancelResult.CANCELLED,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": CancelResult.CANCELLED,
    "A_STATE_OF_TOMORROW": CancelResult.CANCELLED,
    "success": CancelResult.CANCELLED,
    "": CancelResult.CANCELLED,
    None: CancelResult.CANCELLED,
    "CANCELLED": CancelResult.ALREADY_CANCELLED,
    "SUCCESS": CancelResult.ALREADY_COMPLETED,
    "ERROR": CancelResult.ALREADY_COMPLETED,
}
"""DBOS cancels whatever is not SUCCESS or ERROR; a cancelled one is not touched again, as in DBOS for Go."""


@SCHEMAS
@pytest.mark.parametrize(("status", "result"), CANCELS.items())
def test_cancel(status: str | None, result: CancelResult, capabilities: frozenset[Capability]) -> None:
    row = workflow_row(status=status)
    decision = decide(CancelWorkflow("workflow-1"), facts(row, capabilities))

    assert isinstance(decision.outcome, CancelOutcome)
    assert decision.outcome.result is result
    assert decision.outcome.previous_status == status
    assert decision.outcome.cancelled_descendant_ids == ()
    if result is CancelResult.CANCELLED:
        assert decision.change == CancelChange(("workflow-1",))
        assert decision.outcome.workflow == workflow_row(
            status="CANCELLED",
            queue_name=None,
            deduplication_id=None,
            started_at=None,
            updated_at=NOW_MS,
            completed_at=NOW_MS if capabilities else None,
        )
    else:
        assert decision.change is None
        assert decision.outcome.workflow == row


def test_cancel_of_nobody() -> None:
    decision = decide(CancelWorkflow("nobody"), facts(None))
    assert isinstance(decision.outcome, WorkflowNotFound)
    assert decision.outcome.metadata == {"workflow_id": "nobody"}
    assert decision.change is None


def test_cancel_of_nobody_that_may_be_missing() -> None:
    decision = decide(CancelWorkflow("nobody", allow_missing=True), facts(None))
    assert decision == Decision(CancelOutcome(None, None, CancelResult.MISSING))


DESCENDANTS = [Descendant(f"child-{number}", status) for number, status in enumerate(CANCELS)]
CANCELLED_DESCENDANTS = tuple(f"child-{n}" for n, result in enumerate(CANCELS.values()) if result.name == "CANCELLED")


@pytest.mark.parametrize(("status", "result"), CANCELS.items())
def test_cascade(status: str | None, result: CancelResult) -> None:
    """Descendants are cancelled below a complete or cancelled root as well: DBOS walks the tree whatever it finds."""
    command = CancelWorkflow("workflow-1", cascade=True)
    decision = decide(command, facts(workflow_row(status=status), findings=CascadeFindings(DESCENDANTS)))

    root = ("workflow-1",) if result is CancelResult.CANCELLED else ()
    assert decision.change == CancelChange((*root, *CANCELLED_DESCENDANTS))
    assert isinstance(decision.outcome, CancelOutcome)
    assert decision.outcome.result is result
    assert decision.outcome.cancelled_descendant_ids == CANCELLED_DESCENDANTS


RESUMES: dict[str | None, ResumeResult] = {
    status: ResumeResult.ALREADY_COMPLETED if status in ("SUCCESS", "ERROR") else ResumeResult.RESUMED
    for status in CANCELS
}


@SCHEMAS
@pytest.mark.parametrize(("queue_name", "expected_queue"), [(None, "_dbos_internal_queue"), ("fast", "fast")])
@pytest.mark.parametrize(("status", "result"), RESUMES.items())
def test_resume(
    status: str | None,
    result: ResumeResult,
    queue_name: str | None,
    expected_queue: str,
    capabilities: frozenset[Capability],
) -> None:
    row = workflow_row(status=status, completed_at=4 if capabilities else None)
    decision = decide(ResumeWorkflow("workflow-1", queue_name), facts(row, capabilities))

    assert isinstance(decision.outcome, ResumeOutcome)
    assert decision.outcome.result is result
    assert decision.outcome.previous_status == status
    if result is ResumeResult.RESUMED:
        assert decision.change == ResumeChange("workflow-1", expected_queue)
        # The timeout, partition, priority, delay, version and executor stay.
        assert decision.outcome.workflow == workflow_row(
            status="ENQUEUED",
            queue_name=expected_queue,
            deduplication_id=None,
            recovery_attempts=0,
            started_at=None,
            updated_at=NOW_MS,
            completed_at=None,
            deadline=None,
        )
    else:
        assert decision.change is None
        assert decision.outcome.workflow == row


def test_resume_of_nobody() -> None:
    decision = decide(ResumeWorkflow("nobody"), facts(None))
    assert isinstance(decision.outcome, WorkflowNotFound)
    assert decision.change is None


@SCHEMAS
@pytest.mark.parametrize("status", CANCELS)
def test_fork(status: str | None, capabilities: frozenset[Capability]) -> None:
    source = workflow_row(status=status)
    decision = decide(ForkWorkflow("workflow-1", "fork-1", FromStep(3)), facts(source, capabilities))

    row = WorkflowRow(
        workflow_id="fork-1",
        status="ENQUEUED",
        name="order",
        class_name="Shop",
        config_name="west",
        queue_name="_dbos_internal_queue",
        queue_partition_key=None,
        priority=0,
        deduplication_id=None,
        authenticated_user="user-1",
        assumed_role="clerk",
        authenticated_roles='["clerk"]',
        application_id="application-1",
        application_version="version-1",
        application_name="shop",
        executor_id=None,
        recovery_attempts=0,
        parent_workflow_id=None,
        forked_from="workflow-1",
        was_forked_from=False if capabilities else None,
        schedule_name=None,
        attributes={"order": 1},
        created_at=NOW_MS,
        updated_at=NOW_MS,
        started_at=None,
        completed_at=None,
        delay_until=None,
        timeout_ms=None,
        deadline=None,
    )
    assert decision == Decision(ForkOutcome(row, "workflow-1", 3, 0), ForkChange("workflow-1", row, 3))


def test_fork_with_options() -> None:
    command = ForkWorkflow(
        "workflow-1",
        "fork-1",
        application_version="version-2",
        queue_name="fast",
        queue_partition_key="partition-2",
        timeout_ms=5,
        replacement_children={"old": "new"},
    )
    change = decide(command, facts(workflow_row())).change

    assert isinstance(change, ForkChange)
    assert change.replacement_children == (("old", "new"),)
    assert (change.row.application_version, change.row.queue_name) == ("version-2", "fast")
    assert (change.row.queue_partition_key, change.row.timeout_ms) == ("partition-2", 5)


@pytest.mark.parametrize(
    ("asked", "latest", "source", "expected"),
    [
        (None, False, "version-1", "version-1"),
        (None, False, None, None),
        ("version-2", False, "version-1", "version-2"),
        (None, True, "version-1", None),
    ],
)
def test_the_version_of_a_fork(asked: str | None, latest: bool, source: str | None, expected: str | None) -> None:
    """No version means that workers of the latest one take it."""
    command = ForkWorkflow("workflow-1", "fork-1", application_version=asked, use_latest_version=latest)
    change = decide(command, facts(workflow_row(application_version=source))).change
    assert isinstance(change, ForkChange)
    assert change.row.application_version == expected


STEPS = StepFindings(last_step=9, last_failed_step=5, last_named_step=2)


@pytest.mark.parametrize(
    ("start", "steps", "expected"),
    [
        (FromStep(0), STEPS, 0),
        (FromStep(4), STEPS, 4),
        (FromStep(1000), STEPS, 1000),
        (FromStep(4), StepFindings(), 4),
        (FromLastFailure(), STEPS, 5),
        (FromLastFailure(), StepFindings(last_step=9, last_failed_step=0), 0),
        (FromLastFailure(), StepFindings(last_step=9), 9),
        (FromLastFailure(), StepFindings(), 0),
        (FromLastStep(), STEPS, 9),
        (FromLastStep(), StepFindings(), 0),
        (FromStepName("pay"), STEPS, 2),
        (FromStepName("pay"), StepFindings(last_named_step=0), 0),
    ],
)
def test_where_a_fork_starts(start: ForkStart, steps: StepFindings, expected: int) -> None:
    decision = decide(ForkWorkflow("workflow-1", "fork-1", start), facts(workflow_row(), findings=steps))
    assert isinstance(decision.change, ForkChange)
    assert isinstance(decision.outcome, ForkOutcome)
    assert decision.change.start_step == decision.outcome.start_step == expected


def test_a_fork_from_a_step_that_is_not_recorded() -> None:
    command = ForkWorkflow("workflow-1", "fork-1", FromStepName("pay"))
    decision = decide(command, facts(workflow_row(), findings=StepFindings(last_step=9)))
    assert isinstance(decision.outcome, StepNotFound)
    assert decision.outcome.metadata == {"workflow_id": "workflow-1", "step_name": "pay"}
    assert decision.change is None


def test_a_fork_of_nobody() -> None:
    decision = decide(ForkWorkflow("nobody", "fork-1", FromStepName("pay")), facts(None))
    assert isinstance(decision.outcome, WorkflowNotFound)
    assert decision.change is None


def test_a_fork_is_concluded_by_what_was_inserted() -> None:
    decision = decide(ForkWorkflow("workflow-1", "fork-1", FromStep(3)), facts(workflow_row()))

    concluded = conclude(decision, ForkApplied(inserted=True, copied_step_count=2))
    assert isinstance(concluded.outcome, ForkOutcome)
    assert isinstance(decision.outcome, ForkOutcome)
    assert concluded.change == decision.change
    assert (concluded.outcome.workflow, concluded.outcome.copied_step_count) == (decision.outcome.workflow, 2)

    refused = conclude(decision, ForkApplied(inserted=False))
    assert isinstance(refused.outcome, WorkflowExists)
    assert refused.outcome.metadata == {"workflow_id": "fork-1"}
    assert refused.change is None


@pytest.mark.parametrize(
    ("command", "ids", "alone"),
    [
        (CancelWorkflow("a"), ("a",), False),
        (CancelWorkflow("a", cascade=True), ("a",), True),
        (ResumeWorkflow("a"), ("a",), False),
        (ForkWorkflow("a", "b"), ("a", "b"), False),
    ],
)
def test_what_a_command_touches(command: Command, ids: tuple[str, ...], alone: bool) -> None:
    assert touched_ids(command) == ids
    assert runs_alone(command) is alone
