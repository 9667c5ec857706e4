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


@dataclass(frozen=True, slots=True)
class Restart:
    workflow_id: str
    new_workflow_id: str
    application_version: str
    queue_name: str | None = None


@dataclass(frozen=True, slots=True)
class Rewind:
    """`start_step` 0 is the beginning, which DBOS for Python calls 1."""

    workflow_id: str
    start_step: int
    application_version: str | None = None
    queue_name: str | None = None
    queue_partition_key: str | None = None


@dataclass(frozen=True, slots=True)
class Delete:
    """In whatever state, and whether or not it is there."""

    workflow_id: str
    cascade: bool = False


@dataclass(frozen=True, slots=True)
class SetDelay:
    workflow_id: str
    delay_until_ms: int


@dataclass(frozen=True, slots=True)
class UpdateAttributes:
    """`attributes` None removes them."""

    workflow_id: str
    attributes: Mapping[str, object] | None
    merge: bool = False


Action = Cancel | Resume | Fork | Restart | Rewind | Delete | SetDelay | UpdateAttributes

NO_SUCH_WORKFLOW = "no such workflow"
NOT_TERMINAL = "not in a terminal state"
NOT_DELAYED = "not delayed"
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
