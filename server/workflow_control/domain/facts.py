"""What deciding on a command needs to know, read under lock."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.records import WorkflowRow


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


Findings = CascadeFindings | StepFindings | None
"""What a command of some kind needs beside its row."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read, under lock, for one command."""

    row: WorkflowRow | None
    """The workflow that the command names; None: there is none."""
    now_ms: int
    """The database's clock, in milliseconds since the epoch."""
    capabilities: Set[Capability]
    """What the installed DBOS schema has."""
    findings: Findings = None
