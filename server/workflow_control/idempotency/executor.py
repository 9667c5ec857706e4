"""The executor: applies every keyed mutation exactly once, in batches.

Commands wait in a backlog, and committers take them from there, as pacing.py lets them. Under low load a batch is one
command, and nothing is waited for; under load batches grow, and share the cost of statements, round trips and COMMITs.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from workflow_control.domain.errors import (
    ControlError,
    DatabaseUnavailable,
    DeadlineExceeded,
    OutcomeUnknown,
    Overloaded,
    RequestInProgress,
    RequestKeyError,
    ShuttingDown,
    WorkflowLocked,
)
from workflow_control.domain.faults import DatabaseFault, FaultKind
from workflow_control.domain.records import StoredRequest
from workflow_control.idempotency.backlog import Backlog
from workflow_control.idempotency.batch import BatchAttempt, EncodeOutcome, Failpoint, KeyVanished
from workflow_control.idempotency.explain import caused, explain, settle_all
from workflow_control.idempotency.flight import Executed, Flight, Recalled, Rehearsed, Settled, Unsettled
from workflow_control.idempotency.observer import ExecutorObserver
from workflow_control.idempotency.pacing import Pacer
from workflow_control.idempotency.ports import MutationSessions, RequestId, TransactionLimits
from workflow_control.idempotency.replay import replay
from workflow_control.idempotency.requests import MutationReply, MutationRequest

logger = logging.getLogger(__name__)

_TRIES: Final = 3
"""How often a command is tried when a deadlock, a lost connection or a vanished key stops it."""
FIRST_LOCK_TIMEOUT_MS: Final = 100
"""How long a first attempt waits for a lock. Its commands are then run one by one, each with the patience that the
settings allow, so that only the blocked one waits.
"""
_BACKOFF_S: Final = (0.005, 0.05)
_IN_DOUBT_BACKOFF_S: Final = (0.05, 0.5)

GiveUp = Callable[[Flight], ControlError]
"""Makes the error of a flight that was tried often enough."""


@dataclass(frozen=True, slots=True)
class ExecutorLimits:
    """The bounds of the executor; times in milliseconds."""

    committers: int
    max_queued: int
    max_batch: int
    lock_timeout_ms: int
    statement_timeout_ms: int


class Executor:
    """Implements `operations.ports.MutationExecutor`."""

    def __init__(
        self,
        sessions: MutationSessions,
        encode: EncodeOutcome,
        limits: ExecutorLimits,
        failpoint: Failpoint | None = None,
        observer: ExecutorObserver | None = None,
    ) -> None:
        self._sessions = sessions
        self._encode = encode
        self._limits = limits
        self._failpoint = failpoint
        self._observer = observer or ExecutorObserver()
        self._backlog = Backlog(limits.max_queued, limits.max_batch)
        self._flights: set[Flight] = set()
        """All that are not settled; `_leaders` are those of them that take their key."""
        self._leaders: dict[RequestId, Flight] = {}
        self._twins = 0
        self._pacer = Pacer(self._backlog, limits.max_batch)
        self._committers: list[asyncio.Task[None]] = []
        self._draining = False
        self._stopping = False

    @property
    def queued(self) -> int:
        """How many commands wait for a batch."""
        return len(self._backlog)

    @property
    def unsettled(self) -> int:
        """How many commands wait or are at work."""
        return len(self._flights)

    def start(self) -> None:
        """Start the committers, in the running loop."""
        self._committers = [
            asyncio.create_task(self._commit_forever(), name=f"committer-{n}") for n in range(self._limits.committers)
        ]

    async def drain(self, timeout_s: float) -> None:
        """Refuse new mutations, finish the ones that are here, and stop.

        What is unfinished when the time is up is rolled back.
        """
        self._draining = True
        pending = [flight.wait() for flight in self._flights]
        if pending:
            await asyncio.wait(pending, timeout=timeout_s)
        # Said as well as done: the waits of a connection pool swallow a cancellation now and then.
        self._stopping = True
        for committer in self._committers:
            committer.cancel()
        await asyncio.gather(*self._committers, return_exceptions=True)
        for flight in list(self._flights):
            flight.settle(Unsettled(OutcomeUnknown(flight.request.request_key) if flight.in_doubt else ShuttingDown()))

    async def execute(self, request: MutationRequest) -> MutationReply:
        """Apply the mutation, or replay its stored outcome. Raises any ControlError."""
        while (leader := self._leaders.get((request.scope, request.request_key))) is not None:
            match await self._await_twin(leader, request):
                case Executed(stored) | Recalled(stored):
                    return self._replay(stored, request)
                case Unsettled() | Rehearsed():
                    # The leader stored nothing: whichever twin wakes first leads next.
                    continue
        return self._answer(await self._lead(request), request)

    async def execute_all(self, requests: Sequence[MutationRequest]) -> Sequence[MutationReply | Exception]:
        """Execute each of them, and return what `execute` would return or raise.

        One task waits for all: a task for each would be a good part of what a mutation costs.
        """
        flights = [self._try_to_depart(request) for request in requests]
        try:
            return [await self._arrival(request, flight) for request, flight in zip(requests, flights, strict=True)]
        except asyncio.CancelledError:
            for flight in flights:
                if flight is not None:
                    _withdraw(flight)
            raise

    async def preview(self, request: MutationRequest) -> MutationReply:
        """Answer what `execute` would, without writing anything or taking the key. Raises any ControlError."""
        match await self._lead(request, rehearsal=True):
            case Rehearsed(response):
                return MutationReply(response, False, None, None)
            case Executed(stored, _) | Recalled(stored):
                return self._replay(stored, request)
            case Unsettled(error):
                raise error

    def _replay(self, stored: StoredRequest, request: MutationRequest) -> MutationReply:
        try:
            reply = replay(stored, request)
        except RequestKeyError:
            self._observer.key_was_taken(request.action, replayed=False)
            raise
        self._observer.key_was_taken(request.action, replayed=True)
        return reply

    async def _await_twin(self, leader: Flight, request: MutationRequest) -> Settled:
        if self._twins >= self._limits.max_queued:
            raise Overloaded("mutations in waiting", self._limits.max_queued)
        self._twins += 1
        try:
            async with asyncio.timeout_at(request.deadline):
                return await leader.wait()
        except TimeoutError:
            raise RequestInProgress(request.request_key) from None
        finally:
            self._twins -= 1

    def _try_to_depart(self, request: MutationRequest) -> Flight | None:
        """Return a flight that leads; None: it must wait for a twin, or is refused, which `execute` tells."""
        if (request.scope, request.request_key) in self._leaders:
            return None
        try:
            return self._depart(request)
        except ControlError:
            return None

    async def _arrival(self, request: MutationRequest, flight: Flight | None) -> MutationReply | Exception:
        try:
            if flight is None:
                return await self.execute(request)
            return self._answer(await flight.wait(), request)
        except Exception as error:  # Whatever it is, it is that request's answer.
            return error

    def _answer(self, settled: Settled, request: MutationRequest) -> MutationReply:
        match settled:
            case Executed() as executed:
                return executed.answer()
            case Recalled(stored):
                return self._replay(stored, request)
            case Rehearsed():
                raise TypeError("only a preview is rehearsed")
            case Unsettled(error):
                raise error

    async def _lead(self, request: MutationRequest, *, rehearsal: bool = False) -> Settled:
        flight = self._depart(request, rehearsal=rehearsal)
        try:
            # Once it is in a batch the mutation completes, whatever becomes of the caller.
            return await flight.wait()
        except asyncio.CancelledError:
            _withdraw(flight)
            raise

    def _depart(self, request: MutationRequest, *, rehearsal: bool = False) -> Flight:
        """Queue a mutation. Raises ShuttingDown, Overloaded."""
        if self._draining:
            raise ShuttingDown
        flight = Flight(request, self._land, rehearsal, origin=self._observer.origin())
        self._backlog.add(flight)
        self._flights.add(flight)
        if not rehearsal:
            self._leaders[flight.request_id] = flight
        self._pacer.pace()
        return flight

    def _land(self, flight: Flight) -> None:
        self._flights.discard(flight)
        if self._leaders.get(flight.request_id) is flight:
            del self._leaders[flight.request_id]

    async def _commit_forever(self) -> None:
        while not self._stopping:
            batch = await self._pacer.take()
            began = time.monotonic()
            try:
                await self._run(batch)
            except Exception as error:
                # Not even the way out of a fault worked. The callers must hear of it, and the committer must go on.
                for flight in batch:
                    flight.settle(Unsettled(error))
            finally:
                self._pacer.release(batch)
                self._observer.batch_ended(batch, time.monotonic() - began)

    async def _run(self, batch: Sequence[Flight]) -> None:
        attempt = BatchAttempt(batch, self._encode, self._failpoint)
        try:
            limits = self._transaction_limits(batch)
            async with self._sessions.open(limits.hung_after_s) as session:
                settled = await attempt.run(session, self._sessions.capabilities, limits)
        except DatabaseFault as fault:
            await self._recover(attempt, fault)
        except KeyVanished:
            await self._try_again(batch, lambda f: RequestInProgress(f.request.request_key))
        except asyncio.CancelledError:
            # A drain whose time is up: it tells the callers what may have become of their commands.
            for flight in batch:
                flight.in_doubt |= attempt.committing
            raise
        except Exception as error:
            # Whatever it is, its callers must hear of it and the committer must go on.
            self._isolate(batch, error)
        else:
            for flight, outcome in settled:
                flight.settle(outcome)

    def _transaction_limits(self, batch: Sequence[Flight]) -> TransactionLimits:
        """Bound the transaction by the settings and by the longest that any of its callers waits."""
        remaining_ms = int((max(f.request.deadline for f in batch) - time.monotonic()) * 1000)
        statement_timeout_ms = max(1, min(self._limits.statement_timeout_ms, remaining_ms))
        lock_timeout_ms = self._limits.lock_timeout_ms
        if not batch[0].patient:
            lock_timeout_ms = min(lock_timeout_ms, FIRST_LOCK_TIMEOUT_MS)
        return TransactionLimits.of_batch(statement_timeout_ms, min(lock_timeout_ms, statement_timeout_ms))

    async def _recover(self, attempt: BatchAttempt, fault: DatabaseFault) -> None:
        batch = attempt.flights
        if attempt.committing and fault.kind is FaultKind.CONNECTION_LOST:
            self._observer.commit_in_doubt()
            for flight in batch:
                self._doubt(flight, fault)
        if any(f.in_doubt for f in batch):
            await self._resolve_doubt(batch)
        elif fault.kind is FaultKind.CONNECTION_LOST:
            await self._try_again(batch, lambda _: DatabaseUnavailable())
        elif fault.kind is FaultKind.UNAVAILABLE:
            settle_all(batch, DatabaseUnavailable(), fault)
        elif fault.kind is FaultKind.SCHEMA_CHANGED and all(f.tries == 0 for f in batch):
            await self._refresh_and_try_again(batch)
        elif len(batch) > 1 or (fault.kind is FaultKind.LOCK_TIMEOUT and not batch[0].patient):
            self._run_one_by_one(batch, fault)
        elif fault.kind is FaultKind.CONFLICT:
            await self._try_again(batch, lambda f: WorkflowLocked(f.request.command.workflow_id))
        else:
            error = explain(fault, batch[0].request, waited_for_key=attempt.waited_for_key)
            settle_all(batch, error, fault)

    def _doubt(self, flight: Flight, fault: DatabaseFault) -> None:
        """Note that a COMMIT went unanswered; the caller hears of it at the deadline, whatever is going on then."""
        if not flight.in_doubt:
            flight.in_doubt = True
            unknown = Unsettled(caused(OutcomeUnknown(flight.request.request_key), fault))
            asyncio.get_running_loop().call_at(flight.request.deadline, flight.settle, unknown)

    async def _resolve_doubt(self, batch: Sequence[Flight]) -> None:
        """Run a batch again whose COMMIT went unanswered, until it answers what happened or the deadline comes.

        Never conclude from a row that is not there: the first transaction may still be committing. The unique key
        waits for it.
        """
        await asyncio.sleep(random.uniform(*_IN_DOUBT_BACKOFF_S))  # noqa: S311 - Jitter is no secret.
        self._put_back(batch)

    async def _try_again(self, batch: Sequence[Flight], give_up: GiveUp) -> None:
        """Run a batch again whose transaction certainly did nothing, a few times."""
        again = []
        for flight in batch:
            flight.tries += 1
            if flight.tries < _TRIES and flight.request.deadline > time.monotonic():
                again.append(flight)
            else:
                flight.settle(Unsettled(give_up(flight)))
        if again:
            await asyncio.sleep(random.uniform(*_BACKOFF_S))  # noqa: S311 - Jitter is no secret.
            self._put_back(again)

    async def _refresh_and_try_again(self, batch: Sequence[Flight]) -> None:
        try:
            await self._sessions.refresh()
        except DatabaseFault as fault:
            settle_all(batch, DatabaseUnavailable(), fault)
        else:
            await self._try_again(batch, lambda _: DatabaseUnavailable())

    def _isolate(self, batch: Sequence[Flight], error: Exception) -> None:
        """Answer the caller of a single command with what happened to it; find out whose fault a batch's is."""
        if len(batch) == 1:
            batch[0].settle(Unsettled(error))
        else:
            self._run_one_by_one(batch, error)

    def _run_one_by_one(self, batch: Sequence[Flight], error: Exception) -> None:
        """Run each command of a failed batch alone, so that a poisoned or blocked one harms only itself."""
        logger.info("running a failed batch one by one", extra={"commands": len(batch), "fault": str(error)})
        self._observer.batch_split(batch)
        for flight in batch:
            flight.alone = flight.patient = True
        self._put_back(batch)

    def _put_back(self, flights: Sequence[Flight]) -> None:
        now = time.monotonic()
        for flight in flights:
            flight.taken = False
            flight.queued = now
        self._backlog.put_back(flights)


def _withdraw(flight: Flight) -> None:
    """Take back a mutation whose caller has gone, unless it is in a batch."""
    if not flight.taken:
        flight.settle(Unsettled(DeadlineExceeded()))
