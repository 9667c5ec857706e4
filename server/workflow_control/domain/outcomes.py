"""What a mutation came to: the domain's side of each response message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from workflow_control.domain.bulk import BulkOperationRow
from workflow_control.domain.messages import SentMessage
from workflow_control.domain.new_workflows import Name
from workflow_control.domain.queues import OwnedRows, QueueRow, VersionRow
from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.retention import Place
from workflow_control.domain.schedule_outcomes import ScheduleOutcome


class CancelResult(Enum):
    """What a cancellation came to, by the names of the proto enum."""

    CANCELLED = 1
    ALREADY_CANCELLED = 2
    ALREADY_COMPLETED = 3
    MISSING = 4


@dataclass(frozen=True, slots=True)
class CancelOutcome:
    """The response of `CancelWorkflow`."""

    workflow: WorkflowRow | None
    """After the mutation; None with MISSING."""
    previous_status: str | None
    result: CancelResult
    cancelled_descendant_ids: tuple[str, ...] = ()


class ResumeResult(Enum):
    """What a resumption came to, by the names of the proto enum."""

    RESUMED = 1
    ALREADY_COMPLETED = 2


@dataclass(frozen=True, slots=True)
class ResumeOutcome:
    """The response of `ResumeWorkflow`."""

    workflow: WorkflowRow
    previous_status: str | None
    result: ResumeResult


@dataclass(frozen=True, slots=True)
class ForkOutcome:
    """The response of `ForkWorkflow`."""

    workflow: WorkflowRow
    forked_from: str
    start_step: int
    copied_step_count: int


@dataclass(frozen=True, slots=True)
class RestartOutcome:
    """The response of `RestartWorkflow`."""

    workflow: WorkflowRow
    forked_from: str


@dataclass(frozen=True, slots=True)
class RewindOutcome:
    """The response of `RewindWorkflow`."""

    workflow: WorkflowRow
    previous_status: str | None
    start_step: int
    deleted_step_count: int
    deleted_message_count: int


class DeleteResult(Enum):
    """What a deletion came to, by the names of the proto enum."""

    DELETED = 1
    MISSING = 2


@dataclass(frozen=True, slots=True)
class DeleteOutcome:
    """The response of `DeleteWorkflow`."""

    workflow: WorkflowRow | None
    """As it was; None with MISSING."""
    result: DeleteResult
    deleted_descendant_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DelayOutcome:
    """The response of `SetWorkflowDelay`."""

    workflow: WorkflowRow
    previous_delay_until: int | None


@dataclass(frozen=True, slots=True)
class PriorityOutcome:
    """The response of `SetWorkflowPriority`."""

    workflow: WorkflowRow
    previous_priority: int


@dataclass(frozen=True, slots=True)
class AttributesOutcome:
    """The response of `UpdateWorkflowAttributes`."""

    workflow: WorkflowRow


class StartResult(Enum):
    """What a start came to, by the names of the proto enum."""

    STARTED = 1
    EXISTING = 2
    DEBOUNCED = 3


@dataclass(frozen=True, slots=True)
class StartOutcome:
    """The response of `StartWorkflow`."""

    workflow: WorkflowRow
    """The one that was started, that holds the deduplication id, or that waits on."""
    result: StartResult
    unknown_names: Sequence[Name] = ()
    """What the workflow needs its workers to know, and nothing in the database has heard of."""


@dataclass(frozen=True, slots=True)
class StartManyOutcome:
    """The response of `StartWorkflows`: what became of each, in the order of the request."""

    starts: Sequence[StartOutcome]


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """The response of `SendMessage` and of `SendMessages`, which say the same."""

    messages: Sequence[SentMessage]


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """The response of `ImportWorkflow`."""

    workflow: WorkflowRow
    descendant_ids: Sequence[str]
    """Sorted."""
    step_count: int


@dataclass(frozen=True, slots=True)
class RecoverOutcome:
    """The response of `RecoverExecutor`."""

    first_ids: Sequence[str]
    """By id; not more than it lists."""
    count: int


class RegisterResult(Enum):
    """What the registration of a queue came to, by the names of the proto enum."""

    REGISTERED = 1
    UPDATED = 2
    UNCHANGED = 3


@dataclass(frozen=True, slots=True)
class RegisterQueueOutcome:
    """The response of `RegisterQueue`."""

    queue: QueueRow
    """After the mutation."""
    result: RegisterResult


@dataclass(frozen=True, slots=True)
class DeleteQueueOutcome:
    """The response of `DeleteQueue`."""

    queue: QueueRow | None
    """As it was; None with MISSING."""
    result: DeleteResult


@dataclass(frozen=True, slots=True)
class LatestVersionOutcome:
    """The response of `SetLatestApplicationVersion`."""

    version: VersionRow
    """After the mutation."""
    previous_timestamp: int


@dataclass(frozen=True, slots=True)
class RenameApplicationOutcome:
    """The response of `RenameApplication`."""

    rows: OwnedRows
    complete: bool
    """Whether nothing is left to move."""


@dataclass(frozen=True, slots=True)
class CollectGarbageOutcome:
    """The response of `CollectGarbage`."""

    cutoff_ms: int | None
    """In milliseconds since the epoch; None: fewer workflows than to be kept."""
    first_ids: Sequence[str]
    """The oldest first; not more than it lists."""
    count: int
    locked_count: int
    orphan_count: int
    next_place: Place | None
    """None: nothing is left to delete."""


@dataclass(frozen=True, slots=True)
class CancelOverdueOutcome:
    """The response of `CancelOverdueWorkflows`."""

    cutoff_ms: int
    first_ids: Sequence[str]
    """By id; not more than it lists."""
    count: int
    locked_count: int
    more: bool


@dataclass(frozen=True, slots=True)
class StartBulkOutcome:
    """The response of `StartBulkOperation`."""

    operation: BulkOperationRow


class BulkResult(Enum):
    """What a change of an operation's state came to, by the names of the proto enums."""

    PAUSED = 1
    ALREADY_PAUSED = 2
    CONTINUED = 3
    ALREADY_RUNNING = 4
    STOPPED = 5
    ALREADY_ENDED = 6


@dataclass(frozen=True, slots=True)
class BulkStateOutcome:
    """The response of `PauseBulkOperation`, `ContinueBulkOperation` and `StopBulkOperation`."""

    operation: BulkOperationRow
    """After the mutation."""
    result: BulkResult


Outcome = (
    CancelOutcome
    | ResumeOutcome
    | ForkOutcome
    | RestartOutcome
    | RewindOutcome
    | DeleteOutcome
    | DelayOutcome
    | PriorityOutcome
    | AttributesOutcome
    | StartOutcome
    | StartManyOutcome
    | SendOutcome
    | ImportOutcome
    | RecoverOutcome
    | RegisterQueueOutcome
    | DeleteQueueOutcome
    | LatestVersionOutcome
    | RenameApplicationOutcome
    | CollectGarbageOutcome
    | CancelOverdueOutcome
    | ScheduleOutcome
    | StartBulkOutcome
    | BulkStateOutcome
)
