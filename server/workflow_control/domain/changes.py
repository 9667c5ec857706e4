"""What a decision writes: one frozen value per kind of change, which `dbos/changes.py` knows how to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from workflow_control.domain.bulk import BulkOperationRow
from workflow_control.domain.exports import ExportedWorkflow
from workflow_control.domain.messages import Delivery, StoredMessage
from workflow_control.domain.queues import OwnedRows, QueueRow
from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.retention import Bounds, Place
from workflow_control.domain.schedules import ScheduleRow


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


@dataclass(frozen=True, slots=True)
class RewindChange:
    """Discard what was recorded from `start_step` on, and leave `row` to wait."""

    row: WorkflowRow
    start_step: int


@dataclass(frozen=True, slots=True)
class DeleteChange:
    """Delete these workflows and everything that belongs to them."""

    workflow_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DelayChange:
    """Let this delayed workflow wait until then, in milliseconds since the epoch."""

    workflow_id: str
    delay_until: int


@dataclass(frozen=True, slots=True)
class PriorityChange:
    """Give this waiting workflow that priority."""

    workflow_id: str
    priority: int


@dataclass(frozen=True, slots=True)
class AttributesChange:
    """Give this workflow these attributes, merged into those that it has or in place of them."""

    workflow_id: str
    attributes: Mapping[str, object] | None
    merge: bool


class StoredArguments(NamedTuple):
    """A workflow's arguments as they are written."""

    text: str
    serialization: str | None
    """None: the schema cannot say it."""


class StartedRow(NamedTuple):
    """A workflow to insert."""

    row: WorkflowRow
    arguments: StoredArguments
    is_debounced: bool = False
    debounce_deadline: int | None = None
    """When it must begin at the latest, in milliseconds since the epoch."""


@dataclass(frozen=True, slots=True)
class StartChange:
    """Insert these workflows; their ids are free, and so are the deduplication ids that they are to hold."""

    rows: Sequence[StartedRow]


@dataclass(frozen=True, slots=True)
class DebounceChange:
    """Have this workflow wait on, with these arguments."""

    row: WorkflowRow
    arguments: StoredArguments


@dataclass(frozen=True, slots=True)
class SendChange:
    """Put these messages into inboxes that do not have them."""

    messages: Sequence[StoredMessage]


@dataclass(frozen=True, slots=True)
class ImportChange:
    """Insert these workflows with everything that belongs to them; their ids are free."""

    workflows: Sequence[ExportedWorkflow]


@dataclass(frozen=True, slots=True)
class RecoverChange:
    """Enqueue again what is PENDING with these workers: where it is in no queue, in this one."""

    executor_ids: tuple[str, ...]
    application_version: str | None
    """None: of any."""
    queue_name: str


@dataclass(frozen=True, slots=True)
class RegisterQueueChange:
    """Write this queue."""

    row: QueueRow
    is_new: bool
    """Whether it is to be inserted."""


@dataclass(frozen=True, slots=True)
class DeleteQueueChange:
    """Delete this queue's registration."""

    queue_name: str


@dataclass(frozen=True, slots=True)
class LatestVersionChange:
    """Give this version that time and owner."""

    version_id: str
    timestamp: int
    application_name: str | None


@dataclass(frozen=True, slots=True)
class RenameApplicationChange:
    """Give what one application owns to another; of what has ended no more than so many rows."""

    application_name: str | None
    new_application_name: str
    adopt_unclaimed: bool
    ended_rows_max: int


@dataclass(frozen=True, slots=True)
class CollectGarbageChange:
    """Delete what ended before a time, from a place on."""

    place: Place
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class CancelOverdueChange:
    """Cancel so many of the active workflows that were created at a time or before."""

    cutoff_ms: int
    application_names: tuple[str, ...]
    """Empty: of any, and of none."""
    max_workflows: int


class WrittenSchedule(NamedTuple):
    """A schedule to write, all but when it fired last."""

    row: ScheduleRow
    is_new: bool
    """Whether it is to be inserted."""


@dataclass(frozen=True, slots=True)
class WriteSchedulesChange:
    """Write these schedules."""

    schedules: Sequence[WrittenSchedule]


@dataclass(frozen=True, slots=True)
class DeleteScheduleChange:
    """Delete this schedule."""

    schedule_name: str


@dataclass(frozen=True, slots=True)
class BulkStartChange:
    """Insert this operation, and the workflows that are named."""

    row: BulkOperationRow
    workflow_ids: tuple[str, ...]
    created_before: int
    """With a filter: only workflows created before are found, in milliseconds since the epoch."""


@dataclass(frozen=True, slots=True)
class BulkStateChange:
    """Give this operation its state, and take it from whoever holds it."""

    row: BulkOperationRow


Change = (
    CancelChange
    | ResumeChange
    | ForkChange
    | RewindChange
    | DeleteChange
    | DelayChange
    | PriorityChange
    | AttributesChange
    | StartChange
    | DebounceChange
    | SendChange
    | ImportChange
    | RecoverChange
    | RegisterQueueChange
    | DeleteQueueChange
    | LatestVersionChange
    | RenameApplicationChange
    | CollectGarbageChange
    | CancelOverdueChange
    | WriteSchedulesChange
    | DeleteScheduleChange
    | BulkStartChange
    | BulkStateChange
)


@dataclass(frozen=True, slots=True)
class ForkApplied:
    """What became of a fork when it was written."""

    inserted: bool
    """False: its id was taken."""
    copied_step_count: int = 0


@dataclass(frozen=True, slots=True)
class RewindApplied:
    """How much a rewind discarded."""

    deleted_step_count: int
    deleted_message_count: int


@dataclass(frozen=True, slots=True)
class MessagesApplied:
    """Which messages were written."""

    sent: Set[Delivery]


@dataclass(frozen=True, slots=True)
class RecoverApplied:
    """What a recovery found."""

    first_ids: tuple[str, ...]
    """By id; not more than a response lists."""
    count: int


@dataclass(frozen=True, slots=True)
class RenameApplied:
    """What a renaming moved."""

    rows: OwnedRows
    complete: bool
    """Whether nothing is left to move."""


@dataclass(frozen=True, slots=True)
class CollectGarbageApplied:
    """What a collection found and deleted."""

    workflow_ids: Sequence[str]
    """The oldest first."""
    locked_count: int
    orphan_count: int
    next_place: Place | None
    """Where to go on; None: nothing is left to delete."""


@dataclass(frozen=True, slots=True)
class CancelOverdueApplied:
    """What was overdue."""

    workflow_ids: Sequence[str]
    """What was cancelled, by id."""
    found_count: int
    """With what another transaction held."""


Applied = (
    ForkApplied
    | RewindApplied
    | MessagesApplied
    | RecoverApplied
    | RenameApplied
    | CollectGarbageApplied
    | CancelOverdueApplied
    | None
)
"""What is known of a change only when it was written; None: nothing that matters."""
