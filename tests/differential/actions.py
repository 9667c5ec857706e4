"""What is asked of both sides of a comparison, and what they may answer."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Cancel:
    workflow_id: str
    cascade: bool = False


@dataclass(frozen=True, slots=True)
class Resume:
    workflow_id: str
    queue_name: str | None = None


@dataclass(frozen=True, slots=True)
class Fork:
    """`application_version` None leaves the choice of a version to the side that is asked."""

    workflow_id: str
    start_step: int
    new_workflow_id: str | None
    application_version: str | None = None
    use_latest_version: bool = False
    queue_name: str | None = None
    queue_partition_key: str | None = None
    timeout_seconds: float | None = None
    replacement_children: Mapping[str, str] = field(default_factory=dict)


Action = Cancel | Resume | Fork

NO_SUCH_WORKFLOW = "no such workflow"
WORKFLOW_EXISTS = "workflow exists"


@dataclass(frozen=True, slots=True)
class Answer:
    """`refusal` is None for success, one of the constants above, or what the side itself said.

    `new_workflow_id` is the id that a fork got.
    """

    refusal: str | None = None
    new_workflow_id: str | None = None


class Side(Protocol):
    """One side of a comparison, connected to its database."""

    def act(self, action: Action) -> Answer: ...


OpenSide = Callable[[str], AbstractContextManager[Side]]
"""Connects a side to the database of a URL."""
