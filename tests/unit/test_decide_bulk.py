"""What becomes of bulk operations, case by case."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workflow_control.domain.bulk import BulkOperationRow, BulkState
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import BulkStartChange, BulkStateChange
from workflow_control.domain.commands import (
    ContinueBulkOperation,
    PauseBulkOperation,
    StartBulkOperation,
    StopBulkOperation,
)
from workflow_control.domain.decide import Decision, decide
from workflow_control.domain.errors import (
    BulkOperationEnded,
    BulkOperationExists,
    BulkOperationNotFound,
    SchemaCapabilityMissing,
)
from workflow_control.domain.facts import BulkFindings, BulkStartFindings, Facts
from workflow_control.domain.outcomes import BulkResult, BulkStateOutcome, StartBulkOutcome
from workflow_control.domain.queries import WorkflowFilter

_ARCHITECTURE = Path(__file__).parents[2] / "docs" / "architecture.md"
NOW_MS = 1_800_000_000_000
NOW = datetime(2027, 1, 15, 8, tzinfo=UTC)
EARLIER = datetime(2026, 1, 31, 12, tzinfo=UTC)

StateCommand = PauseBulkOperation | ContinueBulkOperation | StopBulkOperation


def start(*workflow_ids: str, chosen: WorkflowFilter | None = None) -> StartBulkOperation:
    return StartBulkOperation(
        "operation-1", "default", "key", "CancelWorkflow", b"definition", workflow_ids, chosen, 9, None
    )


def started(command: StartBulkOperation, *capabilities: Capability, exists: bool = False) -> Decision:
    findings = BulkStartFindings("somebody", "because", exists)
    return decide(command, Facts(None, NOW_MS, frozenset(capabilities), findings))


def row(state: BulkState) -> BulkOperationRow:
    decision = started(start("a", "b"))
    assert isinstance(decision.outcome, StartBulkOutcome)
    ended_at = EARLIER if state.ended else None
    return decision.outcome.operation._replace(state=state, created_at=EARLIER, updated_at=EARLIER, ended_at=ended_at)


def changed(command: StateCommand, state: BulkState | None) -> Decision:
    found = None if state is None else row(state)
    return decide(command, Facts(None, NOW_MS, frozenset(), BulkFindings(found)))


def test_named_workflows_are_all_found_from_the_beginning() -> None:
    decision = started(start("a", "b"))
    assert isinstance(decision.outcome, StartBulkOutcome)
    operation = decision.outcome.operation
    assert (operation.state, operation.found_count, operation.selection_complete) == (BulkState.RUNNING, 2, True)
    assert (operation.actor, operation.reason) == ("somebody", "because")
    assert operation.created_at == operation.updated_at == NOW
    assert decision.change == BulkStartChange(operation, ("a", "b"), NOW_MS)


def test_a_filter_has_found_nothing_yet() -> None:
    decision = started(start(chosen=WorkflowFilter(names=("order",))))
    assert isinstance(decision.outcome, StartBulkOutcome)
    operation = decision.outcome.operation
    assert (operation.by_filter, operation.found_count, operation.selection_complete) == (True, 0, False)


def test_a_filter_that_the_schema_cannot_do_is_refused_at_the_start() -> None:
    command = start(chosen=WorkflowFilter(attributes={"colour": "red"}))
    with pytest.raises(SchemaCapabilityMissing):
        started(command)
    assert isinstance(started(command, Capability.ATTRIBUTES).outcome, StartBulkOutcome)


def test_a_key_that_has_expired_starts_nothing_twice() -> None:
    decision = started(start("a"), exists=True)
    assert isinstance(decision.outcome, BulkOperationExists)
    assert decision.change is None


@pytest.mark.parametrize("make", [PauseBulkOperation, ContinueBulkOperation, StopBulkOperation])
def test_what_is_missing_is_told(make: Callable[[str, str], StateCommand]) -> None:
    assert isinstance(changed(make("operation-1", "default"), None).outcome, BulkOperationNotFound)


PAUSE, GO_ON, STOP = (
    make("operation-1", "default") for make in (PauseBulkOperation, ContinueBulkOperation, StopBulkOperation)
)


@pytest.mark.parametrize(
    ("command", "before", "after", "result"),
    [
        (PAUSE, BulkState.RUNNING, BulkState.PAUSED, BulkResult.PAUSED),
        (PAUSE, BulkState.PAUSED, None, BulkResult.ALREADY_PAUSED),
        (GO_ON, BulkState.PAUSED, BulkState.RUNNING, BulkResult.CONTINUED),
        (GO_ON, BulkState.RUNNING, None, BulkResult.ALREADY_RUNNING),
        (STOP, BulkState.RUNNING, BulkState.STOPPED, BulkResult.STOPPED),
        (STOP, BulkState.PAUSED, BulkState.STOPPED, BulkResult.STOPPED),
        (STOP, BulkState.STOPPED, None, BulkResult.ALREADY_ENDED),
        (STOP, BulkState.COMPLETED, None, BulkResult.ALREADY_ENDED),
    ],
)
def test_the_state_machine(
    command: StateCommand, before: BulkState, after: BulkState | None, result: BulkResult
) -> None:
    decision = changed(command, before)
    assert isinstance(decision.outcome, BulkStateOutcome)
    assert decision.outcome.result is result
    if after is None:
        assert decision.outcome.operation == row(before)
        assert decision.change is None
        return
    ended_at = NOW if after.ended else None
    assert decision.outcome.operation == row(before)._replace(state=after, updated_at=NOW, ended_at=ended_at)
    assert decision.change == BulkStateChange(decision.outcome.operation)


@pytest.mark.parametrize("command", [PAUSE, GO_ON])
@pytest.mark.parametrize("state", [BulkState.STOPPED, BulkState.COMPLETED])
def test_what_has_ended_never_goes_on(command: StateCommand, state: BulkState) -> None:
    outcome = changed(command, state).outcome
    assert isinstance(outcome, BulkOperationEnded)
    assert outcome.metadata == {"operation_id": "operation-1", "state": state.value}


def test_the_picture_shows_what_is_decided() -> None:
    _, diagram = re.findall(
        r"```mermaid\nstateDiagram-v2\n(.*?)```", _ARCHITECTURE.read_text(encoding="utf-8"), re.DOTALL
    )
    drawn = set(re.findall(r"(\S+) --> (\S+): (\w+)", diagram))
    decided = {("[*]", "RUNNING", "start"), ("RUNNING", "COMPLETED", "holder")}
    for name, command in {"pause": PAUSE, "continue": GO_ON, "stop": STOP}.items():
        for before in BulkState:
            change = changed(command, before).change
            if isinstance(change, BulkStateChange):
                decided.add((before.value, change.row.state.value, name))
    assert drawn == decided


def test_a_clock_that_was_set_back_does_not_reorder_what_happened() -> None:
    late = row(BulkState.RUNNING)._replace(updated_at=datetime(2030, 1, 1, tzinfo=UTC))
    decision = decide(PAUSE, Facts(None, NOW_MS, frozenset(), BulkFindings(late)))
    assert isinstance(decision.outcome, BulkStateOutcome)
    assert decision.outcome.operation.updated_at == late.updated_at
