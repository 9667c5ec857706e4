"""A keyed mutation inside this process: queued, in a batch, settled."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from uuid import uuid4

from workflow_control.domain.commands import runs_alone, touched_ids
from workflow_control.domain.errors import DefinitiveError
from workflow_control.domain.records import StoredRequest
from workflow_control.idempotency.ports import Claim, RequestId
from workflow_control.idempotency.requests import MutationReply, MutationRequest


@dataclass(slots=True, eq=False)
class Flight:
    """One call's way through the executor. Twins with the same key wait for `settled`."""

    request: MutationRequest
    settled: asyncio.Future[Settled]
    rehearsal: bool = False
    """Its transaction is rolled back: the caller asks only what would become of it."""
    claim: Claim = field(init=False)
    touched: tuple[str, ...] = field(init=False)
    alone: bool = field(init=False)
    """Runs as a batch of one: it touches what it does not name, or its batch has failed."""
    patient: bool = False
    """Waits for a lock as long as the settings allow; a first attempt does not, for the sake of its batch."""
    taken: bool = False
    """In a batch: from here on it completes, whatever becomes of its caller."""
    in_doubt: bool = False
    """A COMMIT of this flight went unanswered."""
    tries: int = 0

    def __post_init__(self) -> None:
        self.claim = Claim(self.request, str(uuid4()))
        self.touched = touched_ids(self.request.command)
        self.alone = self.rehearsal or runs_alone(self.request.command)

    @property
    def request_id(self) -> RequestId:
        """Scope and request key."""
        return self.request.scope, self.request.request_key

    def settle(self, settled: Settled) -> None:
        """Answer the caller and the twins, unless that is done."""
        if not self.settled.done():
            self.settled.set_result(settled)


@dataclass(frozen=True, slots=True)
class Executed:
    """This flight's own mutation is committed; `stored` is what a twin replays."""

    stored: StoredRequest
    error: DefinitiveError | None

    def answer(self) -> MutationReply:
        """Return the caller's own answer. Raises the error that was stored."""
        if self.error is not None:
            raise self.error
        if self.stored.response is None:
            raise ValueError("a success is stored with its response")
        return MutationReply(self.stored.response, False, self.stored.executed_at, self.stored.expires_at)


@dataclass(frozen=True, slots=True)
class Recalled:
    """The key was taken before: `stored` answers the caller and the twins alike."""

    stored: StoredRequest


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """Nothing was written; `response` is what the mutation would answer."""

    response: bytes


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Nothing was stored for this flight; a twin tries for itself."""

    error: Exception


Settled = Executed | Recalled | Rehearsed | Unsettled
