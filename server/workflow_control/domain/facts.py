"""What deciding on a command needs to know, read under lock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from workflow_control.domain.bulk import BulkOperationRow
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.errors import SchemaCapabilityMissing
from workflow_control.domain.new_workflows import Name
from workflow_control.domain.queues import QueueRow, VersionRow
from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.schedules import BackfillPlan, Runtime, ScheduleRow


class Descendant(NamedTuple):
    """A descendant of a workflow, for a cascade."""

    workflow_id: str
    status: str | None


@dataclass(frozen=True, slots=True)
class CascadeFindings:
    """All descendants of the command's workflow, by id."""

    descendants: Sequence[Descendant]


class StepFindings(NamedTuple):
    """What deciding where a fork begins needs to know of the source's recorded steps; None where there is none."""

    last_step: int | None = None
    last_failed_step: int | None = None
    last_named_step: int | None = None
    """The last step of the name that the command asks for."""


class DebouncedHolder(NamedTuple):
    """The workflow that holds a debounce key's deduplication id, locked."""

    row: WorkflowRow
    is_debounced: bool
    debounce_deadline: int | None
    """In milliseconds since the epoch."""


HeldId = tuple[str, str]
"""A queue, and a deduplication id in it."""


@dataclass(frozen=True, slots=True)
class StartFindings:
    """What starts of a batch need to know beside the rows of their own ids."""

    taken_ids: Set[str] = frozenset()
    """Which of the ids of `StartWorkflows` are taken."""
    holders: Mapping[HeldId, WorkflowRow] = field(default_factory=dict)
    """The workflows that hold a deduplication id which a start asks for."""
    debounced_holder: DebouncedHolder | None = None
    partitioned_queues: Set[str] = frozenset()
    """Which of the queues that are named without a partition key are partitioned."""
    unknown_names: Set[Name] = frozenset()
    """Which of the names nothing in the database has heard of."""


@dataclass(frozen=True, slots=True)
class RecipientFindings:
    """To whom messages go."""

    recipients: Mapping[str, Sequence[str]]
    """By destination: itself first, then its forks, sorted. A destination that does not exist is left out."""
    count: int
    """How many there are in all; with more than allowed, not all of them are here."""


@dataclass(frozen=True, slots=True)
class ImportFindings:
    """What stands in the way of an import."""

    taken_ids: Set[str] = frozenset()
    """Which of its workflows' ids are taken."""
    holders: Mapping[HeldId, WorkflowRow] = field(default_factory=dict)
    """The workflows that hold a deduplication id which one of its workflows holds."""
    taken_message_ids: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class QueueFindings:
    """The registration of the command's queue, locked; None: there is none."""

    queue: QueueRow | None


@dataclass(frozen=True, slots=True)
class VersionFindings:
    """The versions of the command's name, locked."""

    versions: Sequence[VersionRow]


@dataclass(frozen=True, slots=True)
class NewestFindings:
    """Since when those ended that are to be kept by their number."""

    oldest_kept_ms: int | None
    """In milliseconds since the epoch; None: there are no more than to be kept."""


@dataclass(frozen=True, slots=True)
class ScheduleFindings:
    """The command's schedules, locked, by name; one that is not there is left out."""

    schedules: Mapping[str, ScheduleRow]
    runtimes: Mapping[str, Set[Runtime]] = field(default_factory=dict)
    """By name of a schedule whose runtime the command does not say: those that the database shows."""


@dataclass(frozen=True, slots=True)
class RunFindings:
    """What starting runs of a schedule needs to know."""

    schedule: ScheduleRow | None
    """Locked; None: there is none, and nothing else is known."""
    application_version: str | None = None
    """The latest of the schedule's owner, those that none owns included; None: there is none."""
    trigger_ids: Sequence[str] = ()
    """Of the ids that a run triggered now may have, those that are free, the best first."""
    plan: BackfillPlan = field(default_factory=BackfillPlan)


class BulkStartFindings(NamedTuple):
    """What the start of an operation needs to know of its own request, and of earlier ones."""

    actor: str
    reason: str
    exists: bool
    """Whether there is an operation of its id."""


@dataclass(frozen=True, slots=True)
class BulkFindings:
    """The command's operation, locked; None: there is none."""

    row: BulkOperationRow | None


Findings = (
    CascadeFindings
    | StepFindings
    | StartFindings
    | RecipientFindings
    | ImportFindings
    | QueueFindings
    | VersionFindings
    | NewestFindings
    | ScheduleFindings
    | RunFindings
    | BulkStartFindings
    | BulkFindings
    | None
)
"""What a command of some kind needs beside its row."""


class Facts(NamedTuple):
    """What was read, under lock, for one command."""

    row: WorkflowRow | None
    """The workflow that the command names; None: there is none."""
    now_ms: int
    """The database's clock, in milliseconds since the epoch."""
    capabilities: Set[Capability]
    """What the installed DBOS schema has."""
    findings: Findings = None

    def require(self, capability: Capability) -> None:
        """Raise SchemaCapabilityMissing unless the installed schema can do that."""
        if capability not in self.capabilities:
            raise SchemaCapabilityMissing(capability.label, capability.first_release)
