"""Laws of restarts, rewinds, deletions and adjustments over all rows and schemas."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.property.test_decide_laws import CAPABILITIES, CASCADE_FACTS, FACTS, NOW, ROWS
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import DeleteChange
from workflow_control.domain.commands import (
    Command,
    DeleteWorkflow,
    ForkWorkflow,
    RestartWorkflow,
    RewindWorkflow,
    SetWorkflowDelay,
    SetWorkflowPriority,
    UpdateWorkflowAttributes,
)
from workflow_control.domain.decide import decide
from workflow_control.domain.errors import DefinitiveError, SchemaCapabilityMissing
from workflow_control.domain.facts import CascadeFindings, Facts
from workflow_control.domain.outcomes import DeleteOutcome, RestartOutcome
from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.states import TERMINAL

NAMES = st.none() | st.text(min_size=1, max_size=3)
ATTRIBUTES = st.dictionaries(st.text(max_size=2), st.none() | st.integers() | st.text(max_size=2), max_size=3)
REWINDS = st.builds(RewindWorkflow, st.just("workflow-1"), st.integers(0, 9), NAMES, NAMES, NAMES)
DELETES = st.builds(
    DeleteWorkflow, st.just("workflow-1"), cascade=st.booleans(), allow_missing=st.booleans(), force=st.booleans()
)
DELAYS = st.builds(SetWorkflowDelay, st.just("workflow-1"), st.integers(0, 10**9), st.none() | st.integers(-9, 2**52))
PRIORITIES = st.builds(SetWorkflowPriority, st.just("workflow-1"), st.integers(0, 2**31 - 1))
MERGES = st.builds(UpdateWorkflowAttributes, st.just("workflow-1"), ATTRIBUTES, st.just(True))
REPLACEMENTS = st.builds(UpdateWorkflowAttributes, st.just("workflow-1"), st.none() | ATTRIBUTES)
ADJUSTMENTS: st.SearchStrategy[Command] = st.one_of(DELAYS, PRIORITIES, MERGES, REPLACEMENTS)
RESTARTS = st.builds(RestartWorkflow, st.just("workflow-1"), st.just("fork-1"), NAMES, NAMES)
NEWEST_FACTS = st.builds(Facts, row=ROWS, now_ms=NOW, capabilities=st.just(frozenset(Capability)), findings=st.none())

ADJUSTED = {
    SetWorkflowDelay: {"delay_until", "updated_at"},
    SetWorkflowPriority: {"priority", "updated_at"},
    UpdateWorkflowAttributes: {"attributes", "updated_at"},
}
"""The only columns that each may change."""


def changed_columns(before: WorkflowRow, after: WorkflowRow) -> set[str]:
    return {name for name, old, new in zip(WorkflowRow._fields, before, after, strict=True) if old != new}


def row_after(command: Command, facts: Facts) -> WorkflowRow | None:
    """Returns the row of the outcome; None where it was refused."""
    outcome = decide(command, facts).outcome
    return None if isinstance(outcome, DefinitiveError) else getattr(outcome, "workflow")  # noqa: B009 - All have one.


@given(ADJUSTMENTS, NEWEST_FACTS)
def test_an_adjustment_changes_one_thing_and_no_state(command: Command, facts: Facts) -> None:
    after = row_after(command, facts)
    if after is not None:
        assert facts.row is not None
        assert changed_columns(facts.row, after) <= ADJUSTED[type(command)]


@given(st.one_of(ADJUSTMENTS, REWINDS), NEWEST_FACTS)
def test_repeating_it_at_the_same_time_leaves_the_same_row(command: Command, facts: Facts) -> None:
    after = row_after(command, facts)
    if after is not None and not isinstance(command, RewindWorkflow):
        assert row_after(command, facts._replace(row=after)) == after
    elif after is not None:
        # What was rewound waits: it is not terminal any more.
        assert row_after(command, facts._replace(row=after)) is None


@given(REWINDS, NEWEST_FACTS)
def test_a_rewind_is_refused_exactly_where_the_state_is_not_terminal(command: RewindWorkflow, facts: Facts) -> None:
    assert facts.row is not None
    assert (row_after(command, facts) is not None) == (facts.row.status in TERMINAL)


@given(DELETES, CASCADE_FACTS)
def test_a_deletion_takes_all_or_nothing(command: DeleteWorkflow, facts: Facts) -> None:
    assert facts.row is not None
    assert isinstance(facts.findings, CascadeFindings)
    tree = [(facts.row.workflow_id, facts.row.status), *facts.findings.descendants]
    decision = decide(command, facts)
    if command.force or all(status in TERMINAL for _, status in tree):
        assert decision.change == DeleteChange(tuple(workflow_id for workflow_id, _ in tree))
        assert isinstance(decision.outcome, DeleteOutcome)
        assert decision.outcome.workflow == facts.row
        assert decision.outcome.deleted_descendant_ids == tuple(workflow_id for workflow_id, _ in tree[1:])
    else:
        assert isinstance(decision.outcome, DefinitiveError)
        assert decision.change is None
        assert decision.outcome.metadata["workflow_id"] in [i for i, status in tree if status not in TERMINAL]


@given(RESTARTS, FACTS)
def test_a_restart_writes_what_a_fork_from_the_beginning_writes(command: RestartWorkflow, facts: Facts) -> None:
    fork = ForkWorkflow(
        "workflow-1", "fork-1", application_version=command.application_version, queue_name=command.queue_name
    )
    decision = decide(command, facts)
    assert isinstance(decision.outcome, RestartOutcome)
    assert decision.change == decide(fork, facts).change


@given(st.one_of(DELAYS, MERGES, REPLACEMENTS, REWINDS), st.none() | ROWS, NOW, CAPABILITIES)
def test_what_the_schema_lacks_is_never_an_outcome(
    command: Command, row: WorkflowRow | None, now_ms: int, capabilities: frozenset[Capability]
) -> None:
    needed = {
        SetWorkflowDelay: Capability.DELAY,
        UpdateWorkflowAttributes: Capability.ATTRIBUTES,
        RewindWorkflow: Capability.REWIND,
    }[type(command)]
    facts = Facts(row, now_ms, capabilities)
    if needed in capabilities:
        decide(command, facts)
    else:
        with pytest.raises(SchemaCapabilityMissing, match=needed.label):
            decide(command, facts)
