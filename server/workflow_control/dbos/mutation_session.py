"""The executor's transaction: our request table and DBOS's tables on one connection, in few round trips.

A pipeline sends the statements of a phase together: a batch that forks nothing takes two round trips, whatever its
size. One pipeline stays open from BEGIN to COMMIT: psycopg ends a pipeline with a Flush after its Sync, and Postgres
takes that for a sign of life and no longer ends the session by `idle_in_transaction_session_timeout`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence, Set
from contextlib import AsyncExitStack, asynccontextmanager
from json import dumps
from typing import Any

from psycopg import AsyncConnection, AsyncCursor, AsyncPipeline
from psycopg.pq import TransactionStatus

from workflow_control.dbos.dialect import Dialect
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.commands import CancelWorkflow, Command, ForkWorkflow, FromStepName
from workflow_control.domain.decide import Descendant, Facts, ForkChange, StepFacts
from workflow_control.domain.faults import DatabaseFault, FaultKind
from workflow_control.domain.records import WorkflowRow
from workflow_control.idempotency.fingerprint import FINGERPRINT_VERSION
from workflow_control.idempotency.ports import (
    BeforeCommit,
    Changes,
    Claim,
    ClaimedTimes,
    MutationSession,
    Opening,
    Peek,
    Record,
    RequestId,
    TransactionLimits,
)
from workflow_control.idempotency.requests import MutationRequest
from workflow_control.postgres.errors import driver_errors_as_faults
from workflow_control.postgres.limits import set_limits
from workflow_control.postgres.plans import plan_by_key
from workflow_control.postgres.pool import Pool, borrow
from workflow_control.postgres.request_queries import request_query
from workflow_control.postgres.request_rows import stored_request

_Connection = AsyncConnection[tuple[Any, ...]]
_Cursor = AsyncCursor[tuple[Any, ...]]
_Rows = Sequence[tuple[Any, ...]]


class PostgresMutationSessions:
    """Implements `idempotency.ports.MutationSessions` over a pool with one connection for each committer."""

    def __init__(self, pool: Pool, dialects: DialectSource, session_limits: TransactionLimits | None = None) -> None:
        """`session_limits` are those that the pool's connections have already, which then plan by key as well.

        None: every transaction sets its own, as it must behind a pooler.
        """
        self._pool = pool
        self._dialects = dialects
        self._session_limits = session_limits

    @property
    def capabilities(self) -> Set[Capability]:
        """What the installed DBOS schema has."""
        return self._dialects.current.capabilities

    @asynccontextmanager
    async def open(self, hung_after_s: float) -> AsyncIterator[MutationSession]:
        """Borrow a connection; what was not committed on leaving is rolled back."""
        with driver_errors_as_faults():
            async with borrow(self._pool, hung_after_s) as connection:
                try:
                    async with AsyncExitStack() as stack:
                        dialect = self._dialects.require()
                        yield _PostgresMutationSession(connection, stack, dialect, self._session_limits)
                finally:
                    await _roll_back(connection)

    async def refresh(self) -> None:
        """Read the catalog again."""
        await self._dialects.refresh()

    async def peek(self, request: MutationRequest) -> Peek:
        """Read what deciding on the request needs, without locks or writes."""
        with driver_errors_as_faults():
            async with borrow(self._pool) as connection:
                return await _peek(connection, self._dialects.require(), request)

    async def count_steps(self, workflow_id: str, before: int) -> int:
        """Return how many steps of a workflow are recorded below a step."""
        with driver_errors_as_faults():
            async with borrow(self._pool) as connection:
                statement = self._dialects.require().query("workflow_count_steps")
                return await _scalar(
                    await connection.execute(statement, {"workflow_id": workflow_id, "before": before})
                )


class _PostgresMutationSession:
    """Implements `idempotency.ports.MutationSession`."""

    def __init__(
        self,
        connection: _Connection,
        stack: AsyncExitStack,
        dialect: Dialect,
        session_limits: TransactionLimits | None,
    ) -> None:
        self._connection = connection
        self._stack = stack
        """Ends the pipeline, if `commit` does not."""
        self._dialect = dialect
        self._session_limits = session_limits
        self._pipeline: AsyncPipeline
        self._claim: _Cursor | None = None

    @property
    def waited_for_key(self) -> bool:
        """Whether the claim is what did not come back."""
        return self._claim is None or self._claim.pgresult is None

    async def begin(self, claims: Sequence[Claim], limits: TransactionLimits) -> Opening:
        """One round trip; a second one when a key's time is over."""
        keys = {
            "scopes": [c.request.scope for c in claims],
            "request_keys": [c.request.request_key for c in claims],
        }
        self._pipeline = await self._stack.enter_async_context(self._connection.pipeline())
        await self._execute(b"BEGIN ISOLATION LEVEL READ COMMITTED")
        if limits != self._session_limits:
            await set_limits(self._connection, limits, local=True)
        if self._session_limits is None:
            await plan_by_key(self._connection, local=True)
        self._claim = await self._execute(self._request_query("request_claim"), _claim_parameters(claims))
        rows, lock = await self._lock_and_recall(keys)
        expired = {(row[0], row[1]) for row in rows if row[-1] and row[11] is not None}
        if expired:
            late = [c for c in claims if (c.request.scope, c.request.request_key) in expired]
            await self._execute(self._request_query("request_take_over"), _claim_parameters(late))
            rows, lock = await self._lock_and_recall(keys)
        claimed: dict[RequestId, ClaimedTimes] = {}
        stored = {}
        now_ms = 0
        for row in rows:
            migration, now_ms = row[-3:-1]
            if migration != self._dialect.migration:
                raise DatabaseFault(FaultKind.SCHEMA_CHANGED)
            if row[11] is None:
                claimed[row[0], row[1]] = ClaimedTimes(row[9], row[10])
            else:
                stored[row[0], row[1]] = stored_request(row)
        locked = [WorkflowRow._make(row) for row in lock]
        return Opening(claimed, stored, {row.workflow_id: row for row in locked}, now_ms)

    async def _lock_and_recall(self, keys: Mapping[str, object]) -> tuple[_Rows, _Rows]:
        """Return the rows of the request table and of the workflows. The former carry the time, and so come last."""
        lock = await self._execute(self._dialect.query("workflow_lock"), keys)
        recall = await self._execute(self._dialect.query("request_recall"), keys)
        await self._pipeline.sync()
        return await recall.fetchall(), await lock.fetchall()

    async def lock_descendants(self, workflow_id: str) -> Sequence[Descendant]:
        """Lock until nothing new is found; every round sees what was committed before it."""
        found: list[Descendant] = []
        while True:
            rows = await self._fetch(self._dialect.query("workflow_lock_descendants"), {"workflow_id": workflow_id})
            seen = [Descendant._make(row) for row in rows]
            if len(seen) == len(found):
                return seen
            found = seen

    async def summarize_steps(self, commands: Sequence[ForkWorkflow]) -> Mapping[str, StepFacts]:
        """One statement for all."""
        rows = await self._fetch(self._dialect.query("workflow_steps_summary"), _summary_parameters(commands))
        return _step_facts(rows)

    async def insert_forks(self, changes: Sequence[ForkChange]) -> Mapping[str, int]:
        """Two round trips: the rows, then what belongs to those whose id was free."""
        query = self._dialect.query
        rows = await self._fetch(
            query("workflow_fork"),
            {
                "workflow_ids": [c.row.workflow_id for c in changes],
                "source_ids": [c.source_id for c in changes],
                "queue_names": [c.row.queue_name for c in changes],
                "queue_partition_keys": [c.row.queue_partition_key for c in changes],
                "application_versions": [c.row.application_version for c in changes],
                "timeouts_ms": [c.row.timeout_ms for c in changes],
                "now_ms": changes[0].row.created_at,
            },
        )
        inserted = {row[0] for row in rows}
        made = [c for c in changes if c.row.workflow_id in inserted]
        if not made:
            return {}
        mapping = {
            "workflow_ids": [c.row.workflow_id for c in made],
            "source_ids": [c.source_id for c in made],
            "start_steps": [c.start_step for c in made],
        }
        replaced = [(c.row.workflow_id, old, new) for c in made for old, new in c.replacement_children]
        replacements = dict(zip(("replaced_in", "old_child_ids", "new_child_ids"), _columns(replaced, 3), strict=True))
        if self._dialect.has("workflow_status.was_forked_from"):
            await self._execute(query("workflow_fork_source"), mapping)
        if self._dialect.has("workflow_input"):
            await self._execute(query("workflow_fork_orphan_steps"), mapping)
            await self._execute(query("workflow_fork_orphan_output"), mapping)
            await self._execute(query("workflow_fork_input"), mapping)
        steps = await self._execute(query("workflow_fork_steps"), {**mapping, **replacements})
        for stem in ("workflow_fork_event_history", "workflow_fork_events", "workflow_fork_streams"):
            await self._execute(query(stem), mapping)
        await self._pipeline.sync()
        return {**dict.fromkeys(inserted, 0), **{row[0]: row[1] for row in await steps.fetchall()}}

    async def commit(
        self, changes: Changes, records: Sequence[Record], now_ms: int, before_commit: BeforeCommit | None
    ) -> None:
        """One round trip: the effects, the outcomes, and COMMIT, which Postgres skips if anything before it failed."""
        if changes.cancel:
            await self._execute(
                self._dialect.query("workflow_cancel"),
                {"workflow_ids": list(changes.cancel.workflow_ids), "now_ms": now_ms},
            )
        if changes.resumes:
            await self._execute(
                self._dialect.query("workflow_resume"),
                {
                    "workflow_ids": [r.workflow_id for r in changes.resumes],
                    "queue_names": [r.queue_name for r in changes.resumes],
                    "now_ms": now_ms,
                },
            )
        if records:
            await self._execute(self._request_query("request_record"), _record_parameters(records))
        if before_commit is not None:
            await self._pipeline.sync()
            await before_commit()
        commit = await self._execute(b"COMMIT")
        # The pipeline's end is its last Sync: a round trip less.
        await self._stack.aclose()
        if commit.statusmessage != "COMMIT":
            # A transaction that has failed answers ROLLBACK without an error.
            raise DatabaseFault(FaultKind.BUG)

    async def _execute(self, statement: bytes, parameters: Mapping[str, object] | None = None) -> _Cursor:
        return await self._connection.execute(statement, parameters)

    async def _fetch(self, statement: bytes, parameters: Mapping[str, object]) -> _Rows:
        """Return the rows of a statement: a round trip."""
        cursor = await self._execute(statement, parameters)
        await self._pipeline.sync()
        return await cursor.fetchall()

    def _request_query(self, stem: str) -> bytes:
        return request_query(self._dialect.control_schema, stem)


async def _roll_back(connection: _Connection) -> None:
    if connection.closed or connection.info.transaction_status is TransactionStatus.IDLE:
        return
    if connection.info.transaction_status is TransactionStatus.UNKNOWN:
        return  # The socket is broken; the pool replaces the connection, the server rolls back.
    await connection.execute(b"ROLLBACK")


async def _peek(connection: _Connection, dialect: Dialect, request: MutationRequest) -> Peek:
    command = request.command
    row_cursor = await connection.execute(dialect.query("workflow_get"), {"workflow_id": command.workflow_id})
    row = await row_cursor.fetchone()
    stored_cursor = await connection.execute(
        request_query(dialect.control_schema, "request_get"),
        {"scope": request.scope, "request_key": request.request_key},
    )
    stored = await stored_cursor.fetchone()
    facts = Facts(
        row=WorkflowRow._make(row) if row else None,
        now_ms=await _scalar(await connection.execute(request_query(dialect.control_schema, "clock"))),
        capabilities=dialect.capabilities,
        descendants=await _descendants(connection, dialect, command),
        steps=await _steps(connection, dialect, command),
    )
    taken = False
    if isinstance(command, ForkWorkflow):
        exists = await connection.execute(dialect.query("workflow_exists"), {"workflow_id": command.new_workflow_id})
        taken = await exists.fetchone() is not None
    return Peek(stored_request(stored) if stored else None, facts, taken)


async def _descendants(connection: _Connection, dialect: Dialect, command: Command) -> Sequence[Descendant]:
    if not (isinstance(command, CancelWorkflow) and command.cascade):
        return ()
    cursor = await connection.execute(dialect.query("workflow_descendants"), {"workflow_id": command.workflow_id})
    return [Descendant._make(row) for row in await cursor.fetchall()]


async def _steps(connection: _Connection, dialect: Dialect, command: Command) -> StepFacts:
    if not isinstance(command, ForkWorkflow):
        return StepFacts()
    cursor = await connection.execute(dialect.query("workflow_steps_summary"), _summary_parameters([command]))
    return _step_facts(await cursor.fetchall()).get(command.workflow_id, StepFacts())


def _summary_parameters(commands: Sequence[ForkWorkflow]) -> dict[str, object]:
    return {
        "workflow_ids": [c.workflow_id for c in commands],
        "step_names": [c.start.name if isinstance(c.start, FromStepName) else None for c in commands],
    }


def _step_facts(rows: _Rows) -> dict[str, StepFacts]:
    return {row[0]: StepFacts._make(row[1:]) for row in rows}


async def _scalar(cursor: _Cursor) -> int:
    row = await cursor.fetchone()
    if row is None:
        raise DatabaseFault(FaultKind.BUG)
    return int(row[0])


def _columns(rows: Iterable[tuple[Any, ...]], width: int) -> list[list[Any]]:
    """Return rows as columns, `width` empty ones when there is no row."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    return columns or [[] for _ in range(width)]


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
