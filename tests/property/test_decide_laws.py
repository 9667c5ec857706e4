"""Laws of decide() over all rows, commands and schemas."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.domain_rows import with_columns, workflow_row
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import CancelChange, Change, ForkApplied, ForkChange, ResumeChange
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
from workflow_control.domain.decide import conclude, decide
from workflow_control.domain.errors import DefinitiveError
from workflow_control.domain.facts import CascadeFindings, Descendant, Facts, StepFindings
from workflow_control.domain.outcomes import CancelOutcome, CancelResult, ForkOutcome, ResumeOutcome
from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.states import WorkflowState

NOW = st.integers(0, 2**52)
TEXTS = st.none() | st.text(max_size=3)
TIMES = st.none() | st.integers(0, 2**52)
STATUSES = st.sampled_from([*(state.value for state in WorkflowState), "A_STATE_OF_TOMORROW", "", None])
CAPABILITIES = st.frozensets(st.sampled_from(Capability))

_TIME_COLUMNS = ("started_at", "completed_at", "delay_until", "timeout_ms", "deadline")
_OTHER_COLUMNS = {
    "status": STATUSES,
    "priority": st.integers(0, 2**31 - 1),
    "recovery_attempts": st.none() | st.integers(0, 100),
    "was_forked_from": st.none() | st.booleans(),
    "attributes": st.none() | st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
    "created_at": NOW,
    "updated_at": NOW,
    "workflow_id": st.just("workflow-1"),
}
COLUMNS: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(WorkflowRow._fields, TEXTS),
    **dict.fromkeys(_TIME_COLUMNS, TIMES),
    **_OTHER_COLUMNS,
}
ROWS = st.fixed_dictionaries(COLUMNS).map(lambda columns: workflow_row(**columns))
STARTS: st.SearchStrategy[ForkStart] = st.one_of(
    st.builds(FromStep, st.integers(0, 5)), st.builds(FromLastFailure), st.builds(FromLastStep), st.builds(FromStepName)
)
FORKS = st.builds(
    ForkWorkflow,
    workflow_id=st.just("workflow-1"),
    new_workflow_id=st.just("fork-1"),
    start=STARTS,
    application_version=st.none() | st.text(min_size=1, max_size=3),
    use_latest_version=st.booleans(),
    queue_name=st.none() | st.text(min_size=1, max_size=3),
    queue_partition_key=TEXTS,
    timeout_ms=TIMES,
    replacement_children=st.dictionaries(st.text(max_size=2), st.text(max_size=2), max_size=2),
)
CANCELS = st.builds(CancelWorkflow, st.just("workflow-1"), cascade=st.just(False), allow_missing=st.booleans())
CASCADES = st.builds(CancelWorkflow, st.just("workflow-1"), cascade=st.just(True))
RESUMES = st.builds(ResumeWorkflow, st.just("workflow-1"), queue_name=st.none() | st.text(min_size=1, max_size=3))
COMMANDS: st.SearchStrategy[Command] = st.one_of(CANCELS, CASCADES, RESUMES, FORKS)
STEP = st.none() | st.integers(0, 5)
STEPS = st.builds(StepFindings, STEP, STEP, STEP)
DESCENDANTS = st.lists(STATUSES, max_size=6).map(
    lambda statuses: CascadeFindings([Descendant(f"child-{number}", s) for number, s in enumerate(statuses)])
)
FACTS = st.builds(Facts, row=ROWS, now_ms=NOW, capabilities=CAPABILITIES, findings=STEPS)
CASCADE_FACTS = st.builds(Facts, row=ROWS, now_ms=NOW, capabilities=CAPABILITIES, findings=DESCENDANTS)

COPIED_BY_FORK = {
    "name", "class_name", "config_name", "authenticated_user", "assumed_role", "authenticated_roles", "application_id",
    "application_version", "application_name", "attributes",
}  # fmt: skip
"""The columns of its source that a fork takes over, from DBOS's `fork_workflow`."""


def applied(change: Change, facts: Facts) -> WorkflowRow:
    """Returns the row after the change, as the statements write it."""
    row = facts.row
    assert row is not None
    match change:
        case CancelChange():
            assert row.workflow_id in change.workflow_ids
            after = row._replace(status="CANCELLED", queue_name=None, deduplication_id=None, started_at=None)
            completed_at = facts.now_ms if Capability.COMPLETED_AT in facts.capabilities else None
            return after._replace(completed_at=completed_at, updated_at=facts.now_ms)
        case ResumeChange():
            after = row._replace(status="ENQUEUED", queue_name=change.queue_name, deduplication_id=None)
            after = after._replace(recovery_attempts=0, started_at=None, completed_at=None, deadline=None)
            return after._replace(updated_at=facts.now_ms)
        case ForkChange():
            return change.row
        case _:
            raise AssertionError("no command of this module decides on that")


@given(COMMANDS, FACTS)
def test_what_is_answered_is_the_row_after_the_change(command: Command, facts: Facts) -> None:
    decision = decide(command, facts)
    if isinstance(decision.outcome, DefinitiveError):
        assert decision.change is None
        return
    assert isinstance(decision.outcome, CancelOutcome | ResumeOutcome | ForkOutcome)
    if decision.change is None:
        assert decision.outcome.workflow == facts.row
    else:
        assert decision.outcome.workflow == applied(decision.change, facts)


@given(COMMANDS, FACTS)
def test_the_same_question_has_the_same_answer(command: Command, facts: Facts) -> None:
    first, second = decide(command, facts), decide(command, facts)
    assert first.change == second.change
    if not isinstance(first.outcome, DefinitiveError):
        assert first.outcome == second.outcome


@given(st.one_of(CANCELS, RESUMES), FACTS, st.sampled_from(["SUCCESS", "ERROR"]))
def test_a_complete_workflow_never_changes(command: Command, facts: Facts, status: str) -> None:
    assert facts.row is not None
    decision = decide(command, facts._replace(row=facts.row._replace(status=status)))
    assert decision.change is None


@given(COMMANDS, FACTS)
def test_what_is_missing_is_never_changed(command: Command, facts: Facts) -> None:
    assert decide(command, facts._replace(row=None)).change is None


@given(CANCELS, FACTS, NOW)
def test_cancelling_again_changes_nothing(command: CancelWorkflow, facts: Facts, later: int) -> None:
    first = decide(command, facts).outcome
    assert isinstance(first, CancelOutcome)
    second = decide(command, facts._replace(row=first.workflow, now_ms=later))
    assert second.change is None
    assert isinstance(second.outcome, CancelOutcome)
    assert second.outcome.workflow == first.workflow
    if first.result is CancelResult.CANCELLED:
        assert second.outcome.result is CancelResult.ALREADY_CANCELLED


@given(CASCADES, CASCADE_FACTS)
def test_a_cascade_cancels_exactly_what_is_neither_complete_nor_cancelled(
    command: CancelWorkflow, facts: Facts
) -> None:
    assert facts.row is not None
    assert isinstance(facts.findings, CascadeFindings)
    tree = [(facts.row.workflow_id, facts.row.status), *facts.findings.descendants]
    expected = tuple(name for name, status in tree if status not in ("SUCCESS", "ERROR", "CANCELLED"))

    decision = decide(command, facts)

    assert decision.change == (CancelChange(expected) if expected else None)
    assert isinstance(decision.outcome, CancelOutcome)
    assert decision.outcome.cancelled_descendant_ids == tuple(n for n in expected if n != facts.row.workflow_id)


@given(CASCADES, CASCADE_FACTS)
def test_a_cascade_repeated_changes_nothing(command: CancelWorkflow, facts: Facts) -> None:
    assert isinstance(facts.findings, CascadeFindings)
    first = decide(command, facts)
    assert isinstance(first.outcome, CancelOutcome)
    cancelled = first.change.workflow_ids if isinstance(first.change, CancelChange) else ()
    after = [
        Descendant(d.workflow_id, "CANCELLED" if d.workflow_id in cancelled else d.status)
        for d in facts.findings.descendants
    ]
    assert decide(command, facts._replace(row=first.outcome.workflow, findings=CascadeFindings(after))).change is None


@given(RESUMES, FACTS)
def test_resuming_again_leaves_the_same_row(command: ResumeWorkflow, facts: Facts) -> None:
    first = decide(command, facts).outcome
    assert isinstance(first, ResumeOutcome)
    second = decide(command, facts._replace(row=first.workflow)).outcome
    assert isinstance(second, ResumeOutcome)
    assert second.workflow == first.workflow


@given(FORKS, FACTS, st.sampled_from(WorkflowRow._fields), st.data())
def test_a_fork_takes_over_what_is_documented_and_nothing_else(
    command: ForkWorkflow, facts: Facts, column: str, data: st.DataObject
) -> None:
    assert facts.row is not None
    changed = data.draw(COLUMNS[column]) if column != "workflow_id" else "another"
    one = decide(command, facts).change
    other = decide(command, facts._replace(row=with_columns(facts.row, **{column: changed}))).change
    if one is None or other is None:
        assert one == other
        return
    assert isinstance(one, ForkChange)
    assert isinstance(other, ForkChange)
    is_overridden = column == "application_version" and (command.use_latest_version or command.application_version)
    if column in COPIED_BY_FORK and not is_overridden:
        assert other.row == with_columns(one.row, **{column: changed})
    elif column == "workflow_id":
        assert (other.source_id, other.row) == ("another", one.row._replace(forked_from="another"))
    else:
        assert other.row == one.row


@given(FORKS, FACTS, st.integers(0, 100))
def test_a_fork_is_concluded_as_it_was_decided(command: ForkWorkflow, facts: Facts, copied: int) -> None:
    decision = decide(command, facts)
    if not isinstance(decision.outcome, ForkOutcome):
        return
    concluded = conclude(decision, ForkApplied(True, copied))
    assert concluded == decision._replace(outcome=replace(decision.outcome, copied_step_count=copied))
    refused = conclude(decision, ForkApplied(False))
    assert isinstance(refused.outcome, DefinitiveError)
    assert refused.change is None
