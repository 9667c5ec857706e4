"""A keyed mutation inside this process: queued, in a batch, settled."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final

from workflow_control.domain.commands import runs_alone, touched_ids
from workflow_control.domain.errors import DefinitiveError
from workflow_control.domain.records import StoredRequest
from workflow_control.idempotency.ports import Claim, RequestId
from workflow_control.idempotency.requests import MutationReply, MutationRequest

_random: Final = Random()  # noqa: S311 - Seeded by the operating system; execution ids tell calls apart and guard nothing.


@dataclass(slots=True, eq=False)
class Flight:
    """One call's way through the executor. Its caller and the twins with the same key wait until it is settled."""

    request: MutationRequest
    land: Callable[[Flight], None]
    """Called once, when the flight is settled."""
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
    origin: object = None
    """What the executor's observer remembers of the caller."""
    queued: float = field(default_factory=time.monotonic)
    """Since when it has waited for a batch, on the clock of `time.monotonic()`."""
    waited_s: float = 0.0
    """How long it had waited when it was taken into its last batch."""
    settled: Settled | None = None
    """None: not yet."""
    _waiting: list[asyncio.Future[Settled]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.claim = Claim(self.request, _random_uuid())
        self.touched = touched_ids(self.request.command)
        self.alone = self.rehearsal or runs_alone(self.request.command)

    @property
    def request_id(self) -> RequestId:
        """Scope and request key."""
        return self.request.scope, self.request.request_key

    def wait(self) -> asyncio.Future[Settled]:
        """Return a future of the waiter's own: one who leaves, and cancels it, takes nothing from the others."""
        waiting = asyncio.get_running_loop().create_future()
        if self.settled is None:
            self._waiting.append(waiting)
        else:
            waiting.set_result(self.settled)
        return waiting

    def settle(self, settled: Settled) -> None:
        """Land, and answer all who wait, unless that is done."""
        if self.settled is not None:
            return
        self.settled = settled
        self.land(self)
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(settled)


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


def _random_uuid() -> str:
    """Return a UUID of version 4; `uuid4` asks the operating system for each, which costs several times as much."""
    digits = f"{_random.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
