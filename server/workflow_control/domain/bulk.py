"""Operations on many workflows: what they are asked to do, and how far they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from workflow_control.domain.commands import (
    CancelWorkflow,
    DeleteWorkflow,
    ForkWorkflow,
    RestartWorkflow,
    ResumeWorkflow,
)
from workflow_control.domain.queries import WorkflowCursor, WorkflowFilter
from workflow_control.domain.records import StoredWorkflow

_SCOPE_SEPARATOR: Final = "\x1f"
"""No caller's scope has a control character, so that no caller reaches the keys of an operation."""

ItemCommand = CancelWorkflow | ResumeWorkflow | ForkWorkflow | RestartWorkflow | DeleteWorkflow
"""What an operation does to each of its workflows."""


class BulkState(StrEnum):
    """What an operation is at; the words are those of the table and of the contract."""

    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    STOPPED = "STOPPED"
    COMPLETED = "COMPLETED"

    @property
    def ended(self) -> bool:
        """Whether it will never go on."""
        return self in (BulkState.STOPPED, BulkState.COMPLETED)


class ItemOutcome(StrEnum):
    """What became of a workflow; the words are those of the table and of the contract."""

    PENDING = "PENDING"
    """Nothing yet; the table has no word for it."""
    APPLIED = "APPLIED"
    UNCHANGED = "UNCHANGED"
    FAILED = "FAILED"


class BulkOperationRow(NamedTuple):
    """A row of `bulk_operation` as callers see it, in the order of `_bulk_operation_columns.sql`."""

    operation_id: str
    scope: str
    request_key: str
    action: str
    """The RPC whose effect each workflow has, such as `CancelWorkflow`."""
    definition: bytes
    """Action and filter, as the contract writes them."""
    by_filter: bool
    max_workflows: int | None
    """None: no limit; likewise `max_per_second`."""
    max_per_second: int | None
    actor: str
    reason: str
    state: BulkState
    selection_complete: bool
    """Whether all workflows were found."""
    found_count: int
    applied_count: int
    unchanged_count: int
    failed_count: int
    created_at: datetime
    updated_at: datetime
    ended_at: datetime | None

    @property
    def settled_count(self) -> int:
        """How many workflows have their outcome."""
        return self.applied_count + self.unchanged_count + self.failed_count


class BulkItemRow(NamedTuple):
    """A row of `bulk_operation_item`, in the order of `bulk_item_list.sql`."""

    number: int
    """From 1, in the order in which they were found."""
    workflow_id: str
    outcome: ItemOutcome
    result: str | None
    new_workflow_id: str | None
    error_reason: str | None
    error_message: str | None
    settled_at: datetime | None


class ItemResult(NamedTuple):
    """What a mutation's response says of its workflow."""

    outcome: ItemOutcome
    """APPLIED or UNCHANGED."""
    result: str
    """The response's outcome, such as `ALREADY_COMPLETED`; empty where it has none."""
    new_workflow_id: str | None = None


@dataclass(frozen=True, slots=True)
class BulkDefinition:
    """What an operation does, and to what; made from `BulkOperationRow.definition`."""

    template: ItemCommand
    """The command, without the ids of workflows."""
    filter: WorkflowFilter | None
    """None: the workflows were named."""

    def command(self, workflow_id: str, new_workflow_id: str) -> ItemCommand:
        """Return the command for one workflow; the second id is that of a copy, if it makes one."""
        match self.template:
            case ForkWorkflow() | RestartWorkflow():
                return replace(self.template, workflow_id=workflow_id, new_workflow_id=new_workflow_id)
            case _:
                return replace(self.template, workflow_id=workflow_id)


class BulkSelection(NamedTuple):
    """Which workflows an operation is to be applied to: those named, or those that the filter selects."""

    workflow_ids: tuple[str, ...]
    filter: WorkflowFilter | None


class BulkPreview(NamedTuple):
    """Which workflows an operation would be applied to."""

    workflow_count: int
    complete: bool
    """Whether that is all of them."""
    sample: tuple[StoredWorkflow, ...]


class BulkLoad(NamedTuple):
    """The operations in one state, of all callers; for the metrics."""

    state: str
    operations: int
    pending: int
    """How many workflows of them were found and have no outcome."""


class Lease(NamedTuple):
    """The right to work on an operation, until somebody has a later one."""

    operation_id: str
    fencing_token: int


class ItemClaim(NamedTuple):
    """An item that whoever holds its operation works on."""

    lease: Lease
    number: int


class HeldOperation(NamedTuple):
    """An operation, and what whoever holds it needs to know to go on with it."""

    lease: Lease
    row: BulkOperationRow
    item_ttl_s: float
    created_before: int
    """Only workflows created before are found; in DBOS's milliseconds."""
    cursor: WorkflowCursor | None
    """The last workflow that was found; None: none yet."""


class BulkItem(NamedTuple):
    """A workflow that has no outcome yet."""

    number: int
    workflow_id: str


class Settlement(NamedTuple):
    """The outcome of an item, to be written."""

    number: int
    outcome: ItemOutcome
    result: str | None = None
    new_workflow_id: str | None = None
    error_reason: str | None = None
    error_message: str | None = None


@dataclass(frozen=True, slots=True)
class BulkOperationQuery:
    """A page of operations, the newest first."""

    scope: str
    limit: int
    states: tuple[BulkState, ...] = ()
    """Empty: all."""
    after: tuple[datetime, str] | None = None
    """When the last one was created, and its id."""


@dataclass(frozen=True, slots=True)
class BulkItemQuery:
    """A page of an operation's items, by number."""

    scope: str
    operation_id: str
    limit: int
    outcomes: tuple[ItemOutcome, ...] = ()
    """Empty: all."""
    after: int | None = None


def item_scope(scope: str, operation_id: str) -> str:
    """Return the scope of the request keys of an operation's workflows."""
    return f"{item_scopes(scope)}{operation_id}"


def item_scopes(scope: str) -> str:
    """Return what the item scopes of all operations of a caller's scope begin with."""
    return f"{scope}{_SCOPE_SEPARATOR}bulk{_SCOPE_SEPARATOR}"


def operation_of(scope: str) -> str | None:
    """Return the operation that a scope is the item scope of; None: it is a caller's."""
    _, separator, operation_id = scope.rpartition(_SCOPE_SEPARATOR)
    return operation_id if separator else None


def settlement_of(number: int, result: ItemResult) -> Settlement:
    """Return the outcome of an item whose mutation succeeded."""
    return Settlement(number, result.outcome, result.result, result.new_workflow_id)


def failure_of(number: int, reason: str, message: str) -> Settlement:
    """Return the outcome of an item whose mutation failed."""
    return Settlement(number, ItemOutcome.FAILED, error_reason=reason, error_message=message)


OUTCOME_COUNTS: Final[Mapping[ItemOutcome, str]] = {
    ItemOutcome.APPLIED: "applied_count",
    ItemOutcome.UNCHANGED: "unchanged_count",
    ItemOutcome.FAILED: "failed_count",
}
"""Which count of the operation has items of an outcome."""
