"""What a call can wait for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.states import TERMINAL, WorkflowState


@dataclass(frozen=True, slots=True)
class UntilComplete:
    """Wait until the workflow has ended: it is in a terminal state."""


@dataclass(frozen=True, slots=True)
class UntilChanged:
    """Wait until anything of the workflow has changed."""

    after_update_time: int | None
    """The update time that the caller knows, in milliseconds since the epoch: any other one is a change. None: it knows
    nothing, and waits for a change from what the call finds."""


Until = UntilComplete | UntilChanged


class AwaitMode(Enum):
    """How many of several workflows to wait for."""

    ALL = auto()
    FIRST = auto()


@dataclass(frozen=True, slots=True)
class AwaitedWorkflows:
    """What became of several workflows, each in the order of the request."""

    complete: tuple[str, ...]
    pending: tuple[str, ...]
    missing: tuple[str, ...]
    """There is no such workflow, or none any more."""
    done: bool
    """Whether what was waited for has happened, rather than the time been up."""


def has_ended(row: WorkflowRow) -> bool:
    """Tell whether the workflow is in a terminal state."""
    return WorkflowState.parse(row.status) in TERMINAL
