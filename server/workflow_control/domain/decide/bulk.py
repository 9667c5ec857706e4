"""What becomes of bulk operations: their state machine. Their progress is their holder's to write; see bulk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, cast

from workflow_control.domain.bulk import BulkOperationRow, BulkState
from workflow_control.domain.changes import BulkStartChange, BulkStateChange
from workflow_control.domain.commands import (
    ContinueBulkOperation,
    PauseBulkOperation,
    StartBulkOperation,
    StopBulkOperation,
)
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import BulkOperationEnded, BulkOperationExists, BulkOperationNotFound
from workflow_control.domain.facts import BulkFindings, BulkStartFindings, Facts
from workflow_control.domain.outcomes import BulkResult, BulkStateOutcome, StartBulkOutcome
from workflow_control.domain.queries import needed_capabilities

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def decide_start_bulk(command: StartBulkOperation, facts: Facts) -> Decision:
    """Refuse what could never go on; find no workflow yet, but those that are named. Raises SchemaCapabilityMissing."""
    for capability in needed_capabilities(command.filter) if command.filter is not None else ():
        facts.require(capability)
    found = cast("BulkStartFindings", facts.findings)
    if found.exists:
        return Decision(BulkOperationExists(command.operation_id))
    now = _time(facts.now_ms)
    row = BulkOperationRow(
        operation_id=command.operation_id,
        scope=command.scope,
        request_key=command.request_key,
        action=command.action,
        definition=command.definition,
        by_filter=command.filter is not None,
        max_workflows=command.max_workflows,
        max_per_second=command.max_per_second,
        actor=found.actor,
        reason=found.reason,
        state=BulkState.RUNNING,
        selection_complete=command.filter is None,
        found_count=len(command.workflow_ids),
        applied_count=0,
        unchanged_count=0,
        failed_count=0,
        created_at=now,
        updated_at=now,
        ended_at=None,
    )
    return Decision(StartBulkOutcome(row), BulkStartChange(row, command.workflow_ids, facts.now_ms))


def decide_pause_bulk(command: PauseBulkOperation, facts: Facts) -> Decision:
    """Only what runs can be paused."""
    return _unless_ended(command, facts, BulkState.PAUSED, BulkResult.PAUSED, BulkResult.ALREADY_PAUSED)


def decide_continue_bulk(command: ContinueBulkOperation, facts: Facts) -> Decision:
    """Only what is paused can be continued."""
    return _unless_ended(command, facts, BulkState.RUNNING, BulkResult.CONTINUED, BulkResult.ALREADY_RUNNING)


def decide_stop_bulk(command: StopBulkOperation, facts: Facts) -> Decision:
    """What has ended stays as it ended: whoever stops an operation has what it wants then."""
    row = cast("BulkFindings", facts.findings).row
    if row is None:
        return Decision(BulkOperationNotFound(command.operation_id))
    if row.state.ended:
        return Decision(BulkStateOutcome(row, BulkResult.ALREADY_ENDED))
    return _change(row, BulkState.STOPPED, BulkResult.STOPPED, facts)


def _unless_ended(
    command: PauseBulkOperation | ContinueBulkOperation,
    facts: Facts,
    wanted: BulkState,
    changed: BulkResult,
    unchanged: BulkResult,
) -> Decision:
    row = cast("BulkFindings", facts.findings).row
    if row is None:
        return Decision(BulkOperationNotFound(command.operation_id))
    if row.state.ended:
        return Decision(BulkOperationEnded(row.operation_id, row.state.value))
    if row.state is wanted:
        return Decision(BulkStateOutcome(row, unchanged))
    return _change(row, wanted, changed, facts)


def _change(row: BulkOperationRow, state: BulkState, result: BulkResult, facts: Facts) -> Decision:
    # Never before it was last changed: the clock may have been set back.
    now = max(_time(facts.now_ms), row.updated_at)
    after = row._replace(state=state, updated_at=now, ended_at=now if state.ended else None)
    return Decision(BulkStateOutcome(after, result), BulkStateChange(after))


def _time(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)
