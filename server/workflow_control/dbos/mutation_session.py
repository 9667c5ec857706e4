"""The executor's transaction: our request table and DBOS's tables on one connection, in few round trips.

The statements of a phase are sent together: a batch that forks nothing takes two round trips, whatever its size.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence, Set
from contextlib import asynccontextmanager
from json import dumps

from workflow_control.dbos.changes import write_changes
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.dbos.findings import EarlyAnswers, ask_early, find
from workflow_control.dbos.known_names import KnownNames
from workflow_control.dbos.transaction import Rows, Transaction
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import Applied, Change
from workflow_control.domain.commands import Command
from workflow_control.domain.facts import Findings
from workflow_control.domain.faults import DatabaseFault, FaultKind
from workflow_control.domain.records import StoredRequest, WorkflowRow
from workflow_control.idempotency.fingerprint import FINGERPRINT_VERSION
from workflow_control.idempotency.ports import (
    BeforeCommit,
    Claim,
    ClaimedTimes,
    MutationSession,
    Opening,
    Record,
    RequestId,
    TransactionLimits,
)
from workflow_control.postgres.control_queries import control_query
from workflow_control.postgres.errors import driver_errors_as_faults
from workflow_control.postgres.limits import limits_statement
from workflow_control.postgres.pipeline import Reply
from workflow_control.postgres.plans import keyed_plans_statement
from workflow_control.postgres.pool import Lend
from workflow_control.postgres.request_rows import stored_request


class PostgresMutationSessions:
    """Implements `idempotency.ports.MutationSessions` over connections that are lent, one for each committer."""

    def __init__(self, lend: Lend, dialects: DialectSource, session_limits: TransactionLimits | None = None) -> None:
        """`session_limits` are those that the connections have already, which then plan by key as well.

        None: every transaction sets its own, as it must behind a pooler.
        """
        self._lend = lend
        self._dialects = dialects
        self._session_limits = session_limits
        self._known_names = KnownNames()

    @property
    def capabilities(self) -> Set[Capability]:
        """What the installed DBOS schema has."""
        return self._dialects.current.capabilities

    @asynccontextmanager
    async def open(self, hung_after_s: float) -> AsyncIterator[MutationSession]:
        """Borrow a connection; what was not committed on leaving is rolled back."""
        with driver_errors_as_faults():
            async with self._lend(hung_after_s) as connection:
                with Transaction(connection, self._dialects.require(), self._known_names) as transaction:
                    try:
                        yield self._session(transaction)
                    finally:
                        await transaction.roll_back()

    async def refresh(self) -> None:
        """Read the catalog again."""
        await self._dialects.refresh()

    def _session(self, transaction: Transaction) -> MutationSession:
        return PostgresMutationSession(transaction, self._session_limits)


class PostgresMutationSession:
    """Implements `idempotency.ports.MutationSession`."""

    def __init__(self, transaction: Transaction, session_limits: TransactionLimits | None) -> None:
        self._transaction = transaction
        self._session_limits = session_limits
        self._claim: Reply | None = None
        self._early: EarlyAnswers = {}

    @property
    def waited_for_key(self) -> bool:
        """Whether the claim is what did not come back."""
        return self._claim is None or not self._claim.answered

    async def begin(self, claims: Sequence[Claim], limits: TransactionLimits) -> Opening:
        """One round trip; a second one when a key's time is over."""
        keys = {
            "scopes": [c.request.scope for c in claims],
            "request_keys": [c.request.request_key for c in claims],
        }
        transaction = self._transaction
        transaction.send(b"BEGIN ISOLATION LEVEL READ COMMITTED")
        if limits != self._session_limits:
            transaction.send(*limits_statement(limits, transaction.server_version, local=True))
        if self._session_limits is None:
            transaction.send(*keyed_plans_statement(local=True))
        self._claim = transaction.send(self._request_query("request_claim"), _claim_parameters(claims))
        self._early = ask_early(transaction, [c.request.command for c in claims])
        taken, lock = await self._lock_and_recall(keys)
        free = self._claim.rows
        if expired := {(row[0], row[1]) for row in taken if row[-1]}:
            late = [c for c in claims if (c.request.scope, c.request.request_key) in expired]
            taken_over = transaction.send(self._request_query("request_take_over"), _claim_parameters(late))
            taken, lock = await self._lock_and_recall(keys)
            free += taken_over.rows
        claimed: dict[RequestId, ClaimedTimes] = {(row[0], row[1]): ClaimedTimes(row[2], row[3]) for row in free}
        stored: dict[RequestId, StoredRequest] = {(row[0], row[1]): stored_request(row) for row in taken}
        locked = [WorkflowRow._make(row) for row in lock]
        return Opening(claimed, stored, {row.workflow_id: row for row in locked}, transaction.now_ms)

    async def _lock_and_recall(self, keys: Mapping[str, object]) -> tuple[Rows, Rows]:
        """Return what is stored of the taken keys, and the workflows of the claimed ones, once all are locked."""
        transaction = self._transaction
        lock = transaction.query("workflow_lock", keys)
        recall = await transaction.fetch("request_recall", keys)
        migration, transaction.now_ms = recall[0][-3:-1]
        if migration != transaction.dialect.migration:
            raise DatabaseFault(FaultKind.SCHEMA_CHANGED)
        return [row for row in recall if row[0] is not None], lock.rows

    async def examine(self, commands: Sequence[Command], rows: Mapping[str, WorkflowRow]) -> Sequence[Findings]:
        """No round trip for commands that need nothing but their row."""
        return await find(self._transaction, commands, rows, self._early)

    async def apply(self, changes: Sequence[Change]) -> Sequence[Applied]:
        """No round trip for changes of which nothing need be known: they are sent with the outcomes."""
        return await write_changes(self._transaction, changes)

    async def commit(self, records: Sequence[Record], before_commit: BeforeCommit | None) -> None:
        """One round trip: the effects, the outcomes, and COMMIT, which Postgres skips if anything before it failed."""
        self._send(records)
        await self._commit(before_commit)

    def _send(self, records: Sequence[Record]) -> None:
        if records:
            self._transaction.send(self._request_query("request_record"), _record_parameters(records))

    async def _commit(self, before_commit: BeforeCommit | None) -> None:
        transaction = self._transaction
        if before_commit is not None:
            await transaction.sync()
            await before_commit()
        commit = transaction.send(b"COMMIT")
        await transaction.sync()
        if commit.status != "COMMIT":
            # A transaction that has failed answers ROLLBACK without an error.
            raise DatabaseFault(FaultKind.BUG)

    async def roll_back(self) -> None:
        """One round trip: the effects are written, so that what the database forbids is an error, and undone."""
        self._transaction.send(b"ROLLBACK")
        await self._transaction.sync()

    def _request_query(self, stem: str) -> bytes:
        return control_query(self._transaction.dialect.control_schema, stem)


def _claim_parameters(claims: Sequence[Claim]) -> dict[str, object]:
    requests = [c.request for c in claims]
    return {
        "fingerprint_version": FINGERPRINT_VERSION,
        "scopes": [r.scope for r in requests],
        "request_keys": [r.request_key for r in requests],
        "actions": [r.action for r in requests],
        "workflow_ids": [r.command.workflow_id for r in requests],
        "fingerprints": [r.fingerprint for r in requests],
        "execution_ids": [c.execution_id for c in claims],
        "actors": [r.actor for r in requests],
        "reasons": [r.reason for r in requests],
        "ttls": [r.ttl for r in requests],
    }


def _record_parameters(records: Sequence[Record]) -> dict[str, object]:
    return {
        "scopes": [r.request_id[0] for r in records],
        "request_keys": [r.request_id[1] for r in records],
        "outcome_codes": [r.code for r in records],
        "responses": [r.response for r in records],
        "error_reasons": [r.error.reason if r.error else None for r in records],
        "error_messages": [r.error.message if r.error else None for r in records],
        "error_metadatas": [dumps(dict(r.error.metadata)) if r.error else None for r in records],
    }
