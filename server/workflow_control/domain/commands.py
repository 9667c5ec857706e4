"""What callers ask for: one frozen value per mutation, valid by construction (rpc/convert checks the fields first).

Every command has a `workflow_id`, the workflow that its journal entry names; it is empty where a command names several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from workflow_control.domain.exports import ExportedWorkflow
from workflow_control.domain.messages import NewMessage
from workflow_control.domain.new_workflows import NewWorkflow
from workflow_control.domain.queries import WorkflowFilter
from workflow_control.domain.queues import QueueLimits
from workflow_control.domain.retention import Age, Place
from workflow_control.domain.schedule_commands import ScheduleCommand


@dataclass(frozen=True, slots=True)
class CancelWorkflow:
    """Cancel a workflow, and with `cascade` its descendants."""

    workflow_id: str
    cascade: bool = False
    allow_missing: bool = False


@dataclass(frozen=True, slots=True)
class ResumeWorkflow:
    """Put a workflow that is not complete into a queue again; without `queue_name` into DBOS's internal one."""

    workflow_id: str
    queue_name: str | None = None


@dataclass(frozen=True, slots=True)
class FromStep:
    """Fork from this step: the first one that is run again. 0 is the beginning."""

    step: int


@dataclass(frozen=True, slots=True)
class FromLastFailure:
    """Fork from the last step that failed; if none did, from the last step."""


@dataclass(frozen=True, slots=True)
class FromLastStep:
    """Fork from the last recorded step."""


@dataclass(frozen=True, slots=True)
class FromStepName:
    """Fork from the last recorded step of this name."""

    name: str


ForkStart = FromStep | FromLastFailure | FromLastStep | FromStepName


@dataclass(frozen=True, slots=True)
class ForkWorkflow:
    """Start a copy of a workflow from one of its steps."""

    workflow_id: str
    new_workflow_id: str
    start: ForkStart = FromStep(0)
    application_version: str | None = None
    """None: the source's, unless `use_latest_version`."""
    use_latest_version: bool = False
    queue_name: str | None = None
    queue_partition_key: str | None = None
    timeout_ms: int | None = None
    replacement_children: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RestartWorkflow:
    """Start a copy of a workflow from the beginning."""

    workflow_id: str
    new_workflow_id: str
    application_version: str | None = None
    """None: the source's."""
    queue_name: str | None = None


@dataclass(frozen=True, slots=True)
class RewindWorkflow:
    """Run a terminal workflow again from a step, under the same id."""

    workflow_id: str
    start_step: int = 0
    """The first one that is run again. 0 is the beginning."""
    application_version: str | None = None
    """None: the one that it has."""
    queue_name: str | None = None
    queue_partition_key: str | None = None


@dataclass(frozen=True, slots=True)
class DeleteWorkflow:
    """Delete a workflow, and with `cascade` its descendants; with `force` even if one is not terminal."""

    workflow_id: str
    cascade: bool = False
    allow_missing: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class SetWorkflowDelay:
    """Let a delayed workflow wait until then; without `delay_until_ms` for `delay_ms` from now."""

    workflow_id: str
    delay_ms: int = 0
    delay_until_ms: int | None = None
    """In milliseconds since the epoch; the past is now."""


@dataclass(frozen=True, slots=True)
class SetWorkflowPriority:
    """Give a workflow that waits another priority in its queue."""

    workflow_id: str
    priority: int


@dataclass(frozen=True, slots=True)
class UpdateWorkflowAttributes:
    """Replace a workflow's attributes, or merge others into them."""

    workflow_id: str
    attributes: Mapping[str, object] | None
    """None: none; not with `merge`."""
    merge: bool = False


@dataclass(frozen=True, slots=True)
class StartWorkflow:
    """Start a workflow, or with `debounce` have the one that waits wait on."""

    workflow: NewWorkflow

    @property
    def workflow_id(self) -> str:
        """The id of the workflow to start, whatever becomes of the command."""
        return self.workflow.workflow_id


@dataclass(frozen=True, slots=True)
class StartWorkflows:
    """Start workflows, all or none; none of them is debounced, and no two have the same id."""

    workflow_id: ClassVar[str] = ""
    workflows: Sequence[NewWorkflow]


@dataclass(frozen=True, slots=True)
class SendMessage:
    """Send a message."""

    message: NewMessage
    python_native: bool = False
    """Where the schema cannot say in which format a message is, it may be pickled."""

    @property
    def workflow_id(self) -> str:
        """The destination."""
        return self.message.destination_id


@dataclass(frozen=True, slots=True)
class SendMessages:
    """Send messages, all or none."""

    workflow_id: ClassVar[str] = ""
    messages: Sequence[NewMessage]
    python_native: bool = False


@dataclass(frozen=True, slots=True)
class ImportWorkflow:
    """Insert exported workflows: the first, and its descendants."""

    workflows: Sequence[ExportedWorkflow]

    @property
    def workflow_id(self) -> str:
        """The first of them."""
        return self.workflows[0].workflow_status.workflow_uuid


@dataclass(frozen=True, slots=True)
class RecoverExecutor:
    """Enqueue again what dead workers left PENDING."""

    workflow_id: ClassVar[str] = ""
    executor_ids: tuple[str, ...]
    application_version: str | None = None
    """None: of any."""


@dataclass(frozen=True, slots=True)
class RegisterQueue:
    """Register a queue, or with `update_existing` replace its limits."""

    workflow_id: ClassVar[str] = ""
    queue_name: str
    limits: QueueLimits
    application_name: str | None = None
    """None: the owner that it has."""
    update_existing: bool = True


@dataclass(frozen=True, slots=True)
class DeleteQueue:
    """Delete a queue's registration."""

    workflow_id: ClassVar[str] = ""
    queue_name: str
    allow_missing: bool = False


@dataclass(frozen=True, slots=True)
class SetLatestApplicationVersion:
    """Make a registered version the latest."""

    workflow_id: ClassVar[str] = ""
    application_version: str
    application_name: str | None = None
    """None: whoever owns it."""


@dataclass(frozen=True, slots=True)
class RenameApplication:
    """Give what one application owns to another."""

    workflow_id: ClassVar[str] = ""
    application_name: str | None
    """None: nothing of any application's, with `adopt_unclaimed` only."""
    new_application_name: str
    adopt_unclaimed: bool = False


@dataclass(frozen=True, slots=True)
class CollectGarbage:
    """Delete workflows that ended long ago, no more than so many."""

    workflow_id: ClassVar[str] = ""
    age: Age
    keep_newest: int | None
    """None: no matter how many there are."""
    place: Place | None
    """Where to go on; None: where `age` and `keep_newest` say."""
    max_workflows: int


@dataclass(frozen=True, slots=True)
class CancelOverdueWorkflows:
    """Cancel active workflows that were created long ago, no more than so many."""

    workflow_id: ClassVar[str] = ""
    age: Age
    application_names: tuple[str, ...]
    """Empty: of any, and of none."""
    max_workflows: int


@dataclass(frozen=True, slots=True)
class StartBulkOperation:
    """Apply a mutation to many workflows."""

    workflow_id: ClassVar[str] = ""
    operation_id: str
    scope: str
    """Whose operation it is."""
    request_key: str
    action: str
    """The RPC whose effect each workflow is to have, such as `CancelWorkflow`."""
    definition: bytes
    """Action and filter, as the contract writes them: what its holders read."""
    workflow_ids: tuple[str, ...]
    """The workflows that are named, each once."""
    filter: WorkflowFilter | None
    """None: they are named."""
    max_workflows: int | None
    """None: no limit; likewise `max_per_second`."""
    max_per_second: int | None


@dataclass(frozen=True, slots=True)
class PauseBulkOperation:
    """Have an operation wait until it is continued."""

    workflow_id: ClassVar[str] = ""
    operation_id: str
    scope: str


@dataclass(frozen=True, slots=True)
class ContinueBulkOperation:
    """Have an operation that waits go on."""

    workflow_id: ClassVar[str] = ""
    operation_id: str
    scope: str


@dataclass(frozen=True, slots=True)
class StopBulkOperation:
    """End an operation before it is done."""

    workflow_id: ClassVar[str] = ""
    operation_id: str
    scope: str


Command = (
    CancelWorkflow
    | ResumeWorkflow
    | ForkWorkflow
    | RestartWorkflow
    | RewindWorkflow
    | DeleteWorkflow
    | SetWorkflowDelay
    | SetWorkflowPriority
    | UpdateWorkflowAttributes
    | StartWorkflow
    | StartWorkflows
    | SendMessage
    | SendMessages
    | ImportWorkflow
    | RecoverExecutor
    | RegisterQueue
    | DeleteQueue
    | SetLatestApplicationVersion
    | RenameApplication
    | CollectGarbage
    | CancelOverdueWorkflows
    | ScheduleCommand
    | StartBulkOperation
    | PauseBulkOperation
    | ContinueBulkOperation
    | StopBulkOperation
)


def touched_ids(command: Command) -> tuple[str, ...]:
    """Return the workflows that the command itself names, and the deduplication ids that it is to hold; two commands
    that share one never run in the same batch."""
    match command:
        case CancelWorkflow() | ResumeWorkflow():  # First: the most frequent, and every case takes its time.
            return (command.workflow_id,)
        case ForkWorkflow() | RestartWorkflow():
            return (command.workflow_id, command.new_workflow_id)
        case StartWorkflow():
            return tuple(_touched_by_start(command.workflow))
        case StartWorkflows():
            return tuple(touched for workflow in command.workflows for touched in _touched_by_start(workflow))
        case ImportWorkflow():
            return tuple(workflow.workflow_status.workflow_uuid for workflow in command.workflows)
        case RecoverExecutor() | RegisterQueue() | DeleteQueue() | SetLatestApplicationVersion() | RenameApplication():
            return ()
        case CollectGarbage() | CancelOverdueWorkflows():
            return ()
        case _ if is_schedule_command(command):
            return ()
        case StartBulkOperation() | PauseBulkOperation() | ContinueBulkOperation() | StopBulkOperation():
            return ()
        case SendMessages():
            return tuple({message.destination_id for message in command.messages})
        case _:
            return (command.workflow_id,)


def runs_alone(command: Command) -> bool:
    """Tell whether the command must be a batch of its own: it touches workflows that it does not name, or very many."""
    match command:
        case CancelWorkflow() | DeleteWorkflow():
            return command.cascade
        case StartWorkflow():
            return command.workflow.debounce is not None
        case SendMessage():
            return command.message.include_forks
        case StartWorkflows() | SendMessages() | ImportWorkflow() | RecoverExecutor():
            return True
        case CollectGarbage() | CancelOverdueWorkflows():
            return True
        # They lock rows of other tables, which no order of workflows keeps from deadlocks.
        case RegisterQueue() | DeleteQueue() | SetLatestApplicationVersion() | RenameApplication():
            return True
        case StartBulkOperation() | PauseBulkOperation() | ContinueBulkOperation() | StopBulkOperation():
            return True
        case _:
            return is_schedule_command(command)


def is_schedule_command(command: Command) -> bool:
    """Tell whether the command is about schedules, and so names no workflow and locks rows of another table."""
    return isinstance(command, ScheduleCommand)


def _touched_by_start(workflow: NewWorkflow) -> Iterator[str]:
    yield workflow.workflow_id
    if workflow.held_id is not None:
        # A NUL, which no workflow's id can have.
        yield f"\0{workflow.queue_name}\0{workflow.held_id}"
