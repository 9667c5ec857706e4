"""What the executor needs of the database, as Protocols. Every method may raise DatabaseFault."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence, Set
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.commands import ForkWorkflow
from workflow_control.domain.decide import CancelChange, Descendant, Facts, ForkChange, ResumeChange, StepFacts
from workflow_control.domain.records import StoredError, StoredRequest, WorkflowRow
from workflow_control.idempotency.requests import MutationRequest


@dataclass(frozen=True, slots=True)
class TransactionLimits:
    """How long a transaction's statements may take, and may wait for a lock, in milliseconds."""

    statement_timeout_ms: int
    lock_timeout_ms: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A request on its way into a transaction."""

    request: MutationRequest
    execution_id: str
    """A UUID of this call's own."""


@dataclass(frozen=True, slots=True)
class ClaimedTimes:
    """When the transaction's claim of a key counts from, and until when it is honoured."""

    executed_at: datetime
    expires_at: datetime


RequestId = tuple[str, str]
"""Scope and request key."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a transaction found when it began."""

    claimed: Mapping[RequestId, ClaimedTimes]
    """The keys that were free, and are this transaction's now."""
    stored: Mapping[RequestId, StoredRequest]
    """The keys that were taken. A key in neither vanished between two statements: begin again."""
    rows: Mapping[str, WorkflowRow]
    """The workflows of the claimed keys, locked."""
    now_ms: int
    """The database's clock after the locks were taken, in milliseconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Record:
    """The outcome of a claimed key: a response, or an error with its gRPC status code."""

    request_id: RequestId
    code: int
    response: bytes | None = None
    error: StoredError | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a batch writes besides its forks."""

    cancel: CancelChange | None
    resumes: Sequence[ResumeChange]


@dataclass(frozen=True, slots=True)
class Peek:
    """What a preview saw, without locks."""

    stored: StoredRequest | None
    facts: Facts
    new_id_taken: bool
    """For a fork: whether its new id is taken."""


BeforeCommit = Callable[[], Awaitable[None]]


class MutationSession(Protocol):
    """One transaction on one connection."""

    async def begin(self, claims: Sequence[Claim], limits: TransactionLimits) -> Opening:
        """Begin, claim the keys, recall the taken ones, lock the workflows of the claimed ones."""
        ...

    @property
    def waited_for_key(self) -> bool:
        """After a LOCK_TIMEOUT: whether it was a twin's key that was waited for, and not a workflow's row."""
        ...

    async def lock_descendants(self, workflow_id: str) -> Sequence[Descendant]:
        """Lock all descendants of a workflow and return them, by id."""
        ...

    async def summarize_steps(self, commands: Sequence[ForkWorkflow]) -> Mapping[str, StepFacts]:
        """Return where forks may begin, by the id of their source."""
        ...

    async def insert_forks(self, changes: Sequence[ForkChange]) -> Mapping[str, int]:
        """Insert forks and copy what belongs to them; return the copied steps' count by new id.

        A taken id is not in it.
        """
        ...

    async def commit(
        self, changes: Changes, records: Sequence[Record], now_ms: int, before_commit: BeforeCommit | None
    ) -> None:
        """Write the changes and the outcomes, and commit. After a CONNECTION_LOST from here the outcome is unknown."""
        ...


class MutationSessions(Protocol):
    """Where transactions come from."""

    @property
    def capabilities(self) -> Set[Capability]:
        """What the installed DBOS schema has."""
        ...

    def open(self, hung_after_s: float) -> AbstractAsyncContextManager[MutationSession]:
        """Borrow a connection. On leaving, what was not committed is rolled back.

        After that time the connection is broken, and whatever it was asked fails with CONNECTION_LOST.
        """
        ...

    async def refresh(self) -> None:
        """Read the catalog again, after SCHEMA_CHANGED."""
        ...

    async def peek(self, request: MutationRequest) -> Peek:
        """Read what deciding on the request needs, without locks or writes."""
        ...

    async def count_steps(self, workflow_id: str, before: int) -> int:
        """Return how many steps of a workflow are recorded below a step."""
        ...
