"""The part of the composition root that is about bulk operations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workflow_control.bulk.operation_run import BATCH_MAX
from workflow_control.bulk.runner import BulkRunner
from workflow_control.dbos.bulk_item_sessions import BulkItemSessions
from workflow_control.dbos.bulk_members import PostgresMemberReader
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.idempotency.batch import Failpoint
from workflow_control.idempotency.executor import FIRST_LOCK_TIMEOUT_MS, Executor, ExecutorLimits
from workflow_control.idempotency.ports import TransactionLimits
from workflow_control.postgres.bulk_store import PostgresBulkStore
from workflow_control.postgres.pool import ConnectionSettings, Pool, make_pool
from workflow_control.postgres.reads import Reads
from workflow_control.rpc.convert_bulk import read_definition, read_item_result
from workflow_control.rpc.convert_outcomes import encode_outcome
from workflow_control.settings import Settings
from workflow_control.telemetry.telemetry import Telemetry

_COMMITTERS: Final = 2
"""While one batch of items is in the database, the next is prepared; more would take from single calls."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What works on bulk operations: connections and an executor of its own, so that it fills nobody's queue."""

    pool: Pool
    executor: Executor
    runner: BulkRunner


def make_bulk(
    settings: Settings,
    connections: ConnectionSettings,
    read_limits: TransactionLimits,
    dialects: DialectSource,
    foreground: Executor,
    telemetry: Telemetry,
    failpoint: Failpoint | None,
) -> Bulk:
    """Return the parts, not yet open or started."""
    own_sessions = settings.prepared_statements
    pool = make_pool(connections, "bulk", _COMMITTERS + 1, read_limits if own_sessions else None)
    reads = Reads(pool, dialects.refresh, read_limits.hung_after_s, None if own_sessions else read_limits)
    executor = Executor(
        BulkItemSessions(pool, dialects, read_item_result, telemetry.bulk_items_settled),
        encode_outcome,
        ExecutorLimits(
            committers=_COMMITTERS,
            max_queued=_COMMITTERS * BATCH_MAX * max(1, settings.bulk_operations),
            max_batch=BATCH_MAX,
            # An item that somebody else has locked is tried again later.
            lock_timeout_ms=min(settings.lock_timeout_ms, FIRST_LOCK_TIMEOUT_MS),
            statement_timeout_ms=settings.statement_timeout_ms,
        ),
        failpoint,
    )
    runner = BulkRunner(
        PostgresBulkStore(reads, settings.schema_),
        PostgresMemberReader(reads, dialects),
        executor,
        foreground,
        read_definition,
        read_item_result,
        settings.bulk_operations,
    )
    return Bulk(pool, executor, runner)
