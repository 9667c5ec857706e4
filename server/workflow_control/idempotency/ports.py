"""What the executor needs of the database, as Protocols. Every method may raise DatabaseFault."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence, Set
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol, Self

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import Applied, Change
from workflow_control.domain.commands import Command
from workflow_control.domain.facts import Findings
from workflow_control.domain.records import StoredError, StoredRequest, WorkflowRow
from workflow_control.idempotency.requests import MutationRequest


@dataclass(frozen=True, slots=True)
class TransactionLimits:
    """How long a transaction's statements may take, and may wait for a lock, in milliseconds."""

    statement_timeout_ms: int
    lock_timeout_ms: int
    transaction_timeout_ms: int = 0
    """How long all of it may take; 0: as long as its statements do. Postgres before 17 has no such limit."""

    @classmethod
    def of_batch(cls, statement_timeout_ms: int, lock_timeout_ms: int) -> Self:
        """Return limits with which a transaction ends that waits, inside a batch of statements, for the rest of it.

        Neither a statement's limit nor that of an idle transaction counts there: when the network falls silent at that
        moment the transaction would keep its locks, and nobody else would get hold of its keys and workflows.
        """
        return cls(statement_timeout_ms, lock_timeout_ms, _hung_after_ms(statement_timeout_ms))

    @property
    def hung_after_s(self) -> float:
        """After how long a database says nothing any more: it would have ended the statement itself by then."""
        return _hung_after_ms(self.statement_timeout_ms) / 1000


def _hung_after_ms(statement_timeout_ms: int) -> int:
    return 2 * statement_timeout_ms + 1000


class Claim(NamedTuple):
    """A request on its way into a transaction."""

    request: MutationRequest
    execution_id: str
    """A UUID of this call's own."""


class ClaimedTimes(NamedTuple):
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

    def row_of(self, command: Command) -> WorkflowRow | None:
        """Return the row of the workflow that a command names."""
        return self.rows.get(command.workflow_id)


class Record(NamedTuple):
    """The outcome of a claimed key: a response, or an error with its gRPC status code."""

    request_id: RequestId
    code: int
    response: bytes | None = None
    error: StoredError | None = None


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

    async def examine(self, commands: Sequence[Command], rows: Mapping[str, WorkflowRow]) -> Sequence[Findings]:
        """Return what deciding on each command needs beside its row, under lock where that matters."""
        ...

    async def apply(self, changes: Sequence[Change]) -> Sequence[Applied]:
        """Write the changes, and return what became of each. What need not be known goes with the commit."""
        ...

    async def commit(self, records: Sequence[Record], before_commit: BeforeCommit | None) -> None:
        """Write the outcomes, and commit. After a CONNECTION_LOST from here the outcome is unknown."""
        ...

    async def roll_back(self) -> None:
        """Write the changes, so that what forbids them is an error, and end the transaction as if it had never been."""
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
