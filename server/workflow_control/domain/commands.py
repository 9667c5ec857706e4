"""What callers ask for: one frozen value per mutation, valid by construction (rpc/convert checks the fields first).

Every command has a `workflow_id`, the workflow that its journal entry names; it is empty where a command names several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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


Command = CancelWorkflow | ResumeWorkflow | ForkWorkflow


def touched_ids(command: Command) -> tuple[str, ...]:
    """Return the workflows that the command itself names; two commands that share one never run in the same batch."""
    if isinstance(command, ForkWorkflow):
        return (command.workflow_id, command.new_workflow_id)
    return (command.workflow_id,)


def runs_alone(command: Command) -> bool:
    """Tell whether the command touches workflows that it does not name, so that it must be a batch of its own."""
    return isinstance(command, CancelWorkflow) and command.cascade
