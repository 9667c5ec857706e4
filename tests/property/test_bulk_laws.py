"""The laws of bulk operations: their states, and their rate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from workflow_control.bulk.rate import RateLimit
from workflow_control.domain.bulk import BulkOperationRow, BulkState
from workflow_control.domain.commands import (
    ContinueBulkOperation,
    PauseBulkOperation,
    StartBulkOperation,
    StopBulkOperation,
)
from workflow_control.domain.decide import decide
from workflow_control.domain.errors import BulkOperationEnded
from workflow_control.domain.facts import BulkFindings, BulkStartFindings, Facts
from workflow_control.domain.outcomes import BulkStateOutcome, StartBulkOutcome

COMMANDS = st.sampled_from(
    [make("operation-1", "default") for make in (PauseBulkOperation, ContinueBulkOperation, StopBulkOperation)]
)
NOW_MS = 1_800_000_000_000


def started() -> BulkOperationRow:
    command = StartBulkOperation("operation-1", "default", "key", "CancelWorkflow", b"", ("a",), None, None, None)
    outcome = decide(command, Facts(None, NOW_MS, frozenset(), BulkStartFindings("", "", False))).outcome
    assert isinstance(outcome, StartBulkOutcome)
    return outcome.operation


@given(
    commands=st.lists(st.tuples(COMMANDS, st.integers(-5_000, 5_000)), max_size=12),
    completed_after=st.none() | st.integers(0, 12),
)
def test_whatever_is_asked_an_operation_that_has_ended_stays_as_it_was(
    commands: Sequence[tuple[PauseBulkOperation | ContinueBulkOperation | StopBulkOperation, int]],
    completed_after: int | None,
) -> None:
    operation = started()
    for place, (command, clock) in enumerate(commands):
        if place == completed_after and operation.state is BulkState.RUNNING:
            now = datetime.fromtimestamp(NOW_MS / 1000, UTC)
            operation = operation._replace(state=BulkState.COMPLETED, applied_count=1, ended_at=now)
        decision = decide(command, Facts(None, NOW_MS + clock, frozenset(), BulkFindings(operation)))
        if isinstance(decision.outcome, BulkOperationEnded):
            assert operation.state.ended
            assert decision.change is None
            continue
        assert isinstance(decision.outcome, BulkStateOutcome)
        after = decision.outcome.operation
        # Nothing but the state and its times is the callers' to change.
        assert (
            after._replace(state=operation.state, updated_at=operation.updated_at, ended_at=operation.ended_at)
            == operation
        )
        assert (decision.change is None) == (after == operation)
        assert after.updated_at >= operation.updated_at
        assert (after.ended_at is not None) == after.state.ended
        assert not operation.state.ended or after == operation
        operation = after


@given(
    per_second=st.integers(1, 1000),
    largest=st.integers(1, 128),
    gaps=st.lists(st.floats(0, 3), min_size=2, max_size=60),
)
def test_no_second_has_more_than_its_share(per_second: int, largest: int, gaps: list[float]) -> None:
    """Whenever batches are asked for: between two of them lies the time that the first one's items are worth."""
    limit = RateLimit(per_second, 0.0)
    items = limit.batch(largest)
    assert 1 <= items <= min(largest, max(1, per_second // 5))
    begins = [now + limit.delay(items, now) for now in accumulate(gaps)]
    assert all(later - earlier >= items / per_second - 1e-9 for earlier, later in pairwise(sorted(begins)))


@given(items=st.integers(1, 128), now=st.floats(0, 1e6))
def test_without_a_limit_nothing_waits(items: int, now: float) -> None:
    limit = RateLimit(None, 0.0)
    assert limit.batch(items) == items
    assert limit.delay(items, now) == 0.0
