"""What a decision writes: one frozen value per kind of change, which `dbos/changes.py` knows how to write."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_control.domain.records import WorkflowRow


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


Change = CancelChange | ResumeChange | ForkChange


@dataclass(frozen=True, slots=True)
class ForkApplied:
    """What became of a fork when it was written."""

    inserted: bool
    """False: its id was taken."""
    copied_step_count: int = 0


Applied = ForkApplied | None
"""What is known of a change only when it was written; None: nothing that matters."""
