"""What becomes of workflows that are kept, or take, too long; what that is about only statements find out."""

from __future__ import annotations

import pytest

from tests.fixtures.domain_rows import NOW_MS
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import (
    CancelOverdueApplied,
    CancelOverdueChange,
    CollectGarbageApplied,
    CollectGarbageChange,
)
from workflow_control.domain.commands import (
    CancelOverdueWorkflows,
    CollectGarbage,
    runs_alone,
    touched_ids,
)
from workflow_control.domain.decide import conclude, decide
from workflow_control.domain.errors import SchemaCapabilityMissing
from workflow_control.domain.facts import Facts, NewestFindings
from workflow_control.domain.limits import LISTED_GARBAGE_MAX, LISTED_OVERDUE_MAX
from workflow_control.domain.outcomes import CancelOverdueOutcome, CollectGarbageOutcome
from workflow_control.domain.retention import Age, Place, Stage

EVERYTHING = frozenset(Capability)
NO_AGE = Age()


def facts(oldest_kept_ms: int | None = None) -> Facts:
    return Facts(None, NOW_MS, EVERYTHING, NewestFindings(oldest_kept_ms))


def collected_from(command: CollectGarbage, oldest_kept_ms: int | None = None) -> Place | None:
    """Returns from where on it deletes; None: it deletes nothing."""
    change = decide(command, facts(oldest_kept_ms)).change
    if change is None:
        return None
    assert isinstance(change, CollectGarbageChange)
    assert change.bounds.workflows == command.max_workflows
    return change.place


@pytest.mark.parametrize(
    ("age", "keep_newest", "oldest_kept_ms", "cutoff_ms"),
    [
        (Age(cutoff_ms=500), None, None, 500),
        (Age(older_than_ms=500), None, None, NOW_MS - 500),
        (NO_AGE, 9, 700, 700),
        # What deletes more decides.
        (Age(cutoff_ms=500), 9, 700, 700),
        (Age(cutoff_ms=900), 9, 700, 900),
        # There are fewer than to be kept.
        (Age(cutoff_ms=500), 9, None, 500),
    ],
)
def test_where_a_collection_begins(
    age: Age, keep_newest: int | None, oldest_kept_ms: int | None, cutoff_ms: int
) -> None:
    command = CollectGarbage(age, keep_newest, None, 10)
    assert collected_from(command, oldest_kept_ms) == Place(cutoff_ms)


def test_fewer_than_to_be_kept_are_kept() -> None:
    command = CollectGarbage(NO_AGE, 9, None, 10)
    assert collected_from(command) is None
    assert decide(command, facts()).outcome == CollectGarbageOutcome(None, (), 0, 0, 0, None)


def test_a_collection_goes_on_where_it_was() -> None:
    place = Place(500, Stage.UNDATED, 400, "order-7")
    assert collected_from(CollectGarbage(NO_AGE, None, place, 10), 700) == place


def test_what_a_collection_came_to_is_told_when_it_is_done() -> None:
    decision = decide(CollectGarbage(Age(cutoff_ms=500), None, None, 10), facts())
    ids = [f"order-{n}" for n in range(LISTED_GARBAGE_MAX + 1)]
    place = Place(500, Stage.COMPLETED, 400, ids[-1])
    concluded = conclude(decision, CollectGarbageApplied(ids, 2, 3, place))
    assert concluded.outcome == CollectGarbageOutcome(500, tuple(ids[:-1]), len(ids), 2, 3, place)


@pytest.mark.parametrize(
    ("age", "cutoff_ms"), [(Age(cutoff_ms=500), 500), (Age(older_than_ms=500), NOW_MS - 500), (Age(cutoff_ms=0), 0)]
)
def test_what_is_overdue(age: Age, cutoff_ms: int) -> None:
    decision = decide(CancelOverdueWorkflows(age, ("shop",), 10), facts())
    assert decision.change == CancelOverdueChange(cutoff_ms, ("shop",), 10)


@pytest.mark.parametrize(
    ("cancelled", "found", "more"), [(10, 10, True), (7, 10, True), (0, 10, False), (9, 9, False), (0, 0, False)]
)
def test_there_may_be_more_where_as_many_were_found_as_may_be(cancelled: int, found: int, more: bool) -> None:
    decision = decide(CancelOverdueWorkflows(Age(cutoff_ms=500), (), 10), facts())
    ids = [f"order-{n}" for n in range(cancelled)]
    outcome = conclude(decision, CancelOverdueApplied(ids, found)).outcome
    assert outcome == CancelOverdueOutcome(500, tuple(ids), cancelled, found - cancelled, more)


def test_no_more_overdue_workflows_are_listed_than_fit() -> None:
    decision = decide(CancelOverdueWorkflows(Age(cutoff_ms=500), (), 5000), facts())
    ids = [f"order-{n:04}" for n in range(LISTED_OVERDUE_MAX + 1)]
    outcome = conclude(decision, CancelOverdueApplied(ids, len(ids))).outcome
    assert isinstance(outcome, CancelOverdueOutcome)
    assert (list(outcome.first_ids), outcome.count) == (ids[:-1], len(ids))


def test_applications_need_a_schema_that_knows_them() -> None:
    without = Facts(None, NOW_MS, EVERYTHING - {Capability.APPLICATION_NAME})
    decide(CancelOverdueWorkflows(Age(cutoff_ms=1), (), 10), without)
    with pytest.raises(SchemaCapabilityMissing):
        decide(CancelOverdueWorkflows(Age(cutoff_ms=1), ("shop",), 10), without)


@pytest.mark.parametrize(
    "command", [CollectGarbage(NO_AGE, 1, None, 10), CancelOverdueWorkflows(Age(cutoff_ms=1), (), 10)]
)
def test_they_are_batches_of_their_own(command: CollectGarbage | CancelOverdueWorkflows) -> None:
    assert runs_alone(command)
    assert (command.workflow_id, touched_ids(command)) == ("", ())
