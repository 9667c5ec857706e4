"""One batch of keyed mutations in one transaction: claim, recall, lock, decide, apply, record, commit."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence, Set
from dataclasses import dataclass

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.decide import Decision, conclude, decide
from workflow_control.domain.errors import Code, DefinitiveError, restore_definitive_error
from workflow_control.domain.facts import Facts
from workflow_control.domain.outcomes import Outcome
from workflow_control.domain.records import StoredError, StoredRequest
from workflow_control.idempotency.fingerprint import FINGERPRINT_VERSION
from workflow_control.idempotency.flight import Executed, Flight, Recalled, Rehearsed, Settled, Unsettled
from workflow_control.idempotency.ports import ClaimedTimes, MutationSession, Opening, Record, TransactionLimits

EncodeOutcome = Callable[[Outcome], bytes]
"""Serializes the response message of an outcome, without its `idempotency`."""

Failpoint = Callable[[str], Awaitable[None]]
"""Called with a step's name when it is reached; only the fault tests have one."""


class KeyVanished(Exception):
    """A key was taken when it was claimed, and gone when it was recalled:

    its row was deleted in between. Begin again.
    """


@dataclass(slots=True)
class BatchAttempt:
    """One attempt to execute a batch; what is left of it after a fault tells how to go on."""

    flights: Sequence[Flight]
    encode: EncodeOutcome
    failpoint: Failpoint | None = None
    committing: bool = False
    """COMMIT may have been sent: after a lost connection the outcome is unknown."""
    waited_for_key: bool = False
    """After a lock timeout: it was a twin that was waited for."""

    async def run(
        self, session: MutationSession, capabilities: Set[Capability], limits: TransactionLimits
    ) -> Sequence[tuple[Flight, Settled]]:
        """Execute the batch and return how each flight settled. Raises DatabaseFault or KeyVanished; nothing is
        committed then,
        unless `committing`."""
        try:
            opening = await session.begin([f.claim for f in self.flights], limits)
        finally:
            self.waited_for_key = session.waited_for_key
        await self._reach("opened")
        claimed = [f for f in self.flights if f.request_id in opening.claimed]
        if len(claimed) + len(opening.stored) != len(self.flights):
            raise KeyVanished
        decided = await self._decide(session, claimed, opening, capabilities)
        await self._reach("decided")
        decisions = await self._apply(session, decided)
        await self._reach("applied")
        if self.flights[0].rehearsal:
            await session.roll_back()
            return [(f, self._rehearsed(f, decisions, opening)) for f in self.flights]
        executed = {
            f: self._execute(f, d.outcome, opening.claimed[f.request_id])
            for f, d in zip(claimed, decisions, strict=True)
        }
        self.committing = bool(claimed)
        await session.commit(
            [_record(f, e.stored) for f, e in executed.items()],
            None if self.failpoint is None else self._before_commit,
        )
        await self._reach("committed")
        return [
            (f, _settled(f, opening.stored[f.request_id]) if f not in executed else executed[f]) for f in self.flights
        ]

    async def _decide(
        self,
        session: MutationSession,
        claimed: Sequence[Flight],
        opening: Opening,
        capabilities: Set[Capability],
    ) -> list[Decision]:
        commands = [f.request.command for f in claimed]
        findings = await session.examine(commands, opening.rows)
        return [
            decide(command, Facts(opening.row_of(command), opening.now_ms, capabilities, found))
            for command, found in zip(commands, findings, strict=True)
        ]

    async def _apply(self, session: MutationSession, decisions: Sequence[Decision]) -> Sequence[Decision]:
        changes = [d.change for d in decisions if d.change is not None]
        applied = iter(await session.apply(changes))
        return [d if d.change is None else conclude(d, next(applied)) for d in decisions]

    def _rehearsed(self, flight: Flight, decisions: Sequence[Decision], opening: Opening) -> Settled:
        if flight.request_id in opening.stored:
            return Recalled(opening.stored[flight.request_id])
        [decision] = decisions
        if isinstance(decision.outcome, DefinitiveError):
            return Unsettled(decision.outcome)
        return Rehearsed(self.encode(decision.outcome))

    def _execute(self, flight: Flight, outcome: Outcome | DefinitiveError, times: ClaimedTimes) -> Executed:
        if isinstance(outcome, DefinitiveError):
            error = StoredError(outcome.reason, outcome.message, outcome.metadata)
            return Executed(_stored(flight, times, outcome.code, None, error), outcome)
        return Executed(_stored(flight, times, Code.OK, self.encode(outcome), None), None)

    async def _before_commit(self) -> None:
        await self._reach("recorded")

    async def _reach(self, step: str) -> None:
        if self.failpoint is not None:
            await self.failpoint(step)


def _stored(
    flight: Flight, times: ClaimedTimes, code: Code, response: bytes | None, error: StoredError | None
) -> StoredRequest:
    request = flight.request
    return StoredRequest(
        scope=request.scope,
        request_key=request.request_key,
        action=request.action,
        workflow_id=request.command.workflow_id,
        fingerprint=request.fingerprint,
        fingerprint_version=FINGERPRINT_VERSION,
        execution_id=flight.claim.execution_id,
        actor=request.actor,
        reason=request.reason,
        executed_at=times.executed_at,
        expires_at=times.expires_at,
        code=code,
        response=response,
        error=error,
    )


def _record(flight: Flight, stored: StoredRequest) -> Record:
    return Record(flight.request_id, stored.code, stored.response, stored.error)


def _settled(flight: Flight, stored: StoredRequest) -> Settled:
    """Tell a replay from this flight's own work, committed by an attempt whose answer was lost."""
    if stored.execution_id != flight.claim.execution_id:
        return Recalled(stored)
    error = stored.error
    return Executed(stored, None if error is None else restore_definitive_error(error.reason, error.metadata))
