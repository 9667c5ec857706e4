"""The composition root: the one module that knows every layer.

It builds the parts in the order of the request path, runs them, and takes them down in the opposite order.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import psycopg
import psycopg_pool
from psycopg import AsyncConnection

from workflow_control import __version__
from workflow_control.bulk.runner import BulkRunner
from workflow_control.dbos.aggregate_reader import PostgresAggregateReader
from workflow_control.dbos.bulk_members import PostgresMemberReader
from workflow_control.dbos.communication_polls import PostgresEventPoll, PostgresStreamPoll
from workflow_control.dbos.communication_reader import PostgresCommunicationReader
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.dbos.export_reader import PostgresExportReader
from workflow_control.dbos.fleet_reader import PostgresFleetReader
from workflow_control.dbos.inspector import DatabaseInspector, check_readiness
from workflow_control.dbos.mutation_session import PostgresMutationSessions
from workflow_control.dbos.queue_reader import PostgresQueueReader
from workflow_control.dbos.schedule_reader import PostgresScheduleReader
from workflow_control.dbos.tree_reader import PostgresTreeReader
from workflow_control.dbos.watch_queries import PostgresWatchQueries
from workflow_control.dbos.workflow_poll import PostgresWorkflowPoll
from workflow_control.dbos.workflow_reader import PostgresWorkflowReader
from workflow_control.domain.awaited import PollLimits
from workflow_control.domain.faults import DatabaseFault
from workflow_control.domain.server_info import ReadinessCheck
from workflow_control.idempotency.batch import Failpoint
from workflow_control.idempotency.executor import FIRST_LOCK_TIMEOUT_MS, Executor, ExecutorLimits
from workflow_control.idempotency.ports import TransactionLimits
from workflow_control.operations.analysis import AnalysisOperations
from workflow_control.operations.bulk import BulkOperations
from workflow_control.operations.communication import CommunicationOperations
from workflow_control.operations.following import FollowingOperations
from workflow_control.operations.queues import QueueOperations
from workflow_control.operations.schedules import ScheduleOperations
from workflow_control.operations.server import ServerOperations
from workflow_control.operations.surface import Operations
from workflow_control.operations.waiting import WaitingOperations
from workflow_control.operations.watches import WatchOperations
from workflow_control.operations.workflows import WorkflowOperations
from workflow_control.postgres.bulk_reader import PostgresBulkReader
from workflow_control.postgres.cleanup import clean_up_forever
from workflow_control.postgres.migrate import MigrationError, check_schema, script
from workflow_control.postgres.migrate import migrate as apply_migrations
from workflow_control.postgres.pool import ConnectionSettings, ConnectionStack, Pool, make_pool
from workflow_control.postgres.probe import Probe
from workflow_control.postgres.reads import Reads
from workflow_control.postgres.request_reader import PostgresRequestReader
from workflow_control.rpc.convert_outcomes import encode_outcome
from workflow_control.rpc.server import RpcServer
from workflow_control.settings import Settings
from workflow_control.shutdown import ShutdownSignals
from workflow_control.telemetry.fleet import watch_bulk_forever, watch_fleet_forever
from workflow_control.telemetry.telemetry import Telemetry, open_telemetry
from workflow_control.watching.filters import FilterLimits
from workflow_control.watching.keyed_source import KeyedSource
from workflow_control.watching.ticker import Ticker
from workflow_control.watching.workflows import workflow_sources
from workflow_control.wiring_bulk import make_bulk

logger = logging.getLogger(__name__)

_GC_THRESHOLD: Final = 50_000
"""A call makes hundreds of objects and leaves none behind: Python's default of 700 collects at almost every call."""

_CANCEL_AGAIN_AFTER_S: Final = 1.0
_POOL_CLOSES_WITHIN_S: Final = 0.5
"""How long a pool waits for its own tasks, which may be connecting to a database that does not answer."""
_SILENCE: Final = Telemetry()


@dataclass(frozen=True, slots=True)
class DataLayer:
    """Everything below the RPCs."""

    operations: Operations
    executor: Executor
    bulk_runner: BulkRunner
    dialects: DialectSource
    pools: Sequence[Pool]

    async def verify(self, control_schema: str) -> str:
        """Return what forbids to serve from this database, now that it answers, or the empty string.

        All idle connections are replaced first, since they are from before it went. Checking them would not do: on one
        whose peer is gone without a word the check would wait.
        """
        for pool in self.pools:
            await pool.drain()
        try:
            async with self.pools[-1].connection() as connection:
                await check_schema(connection, control_schema)
            await self.dialects.refresh()
        except MigrationError as error:
            return str(error)
        except (psycopg.Error, psycopg_pool.PoolTimeout, DatabaseFault) as fault:
            return f"the pool has no connection yet ({type(fault).__name__})"
        dialect = self.dialects.current
        if dialect.unsupported:
            return "sharded databases of DBOS's enterprise edition are not supported"
        if dialect.missing:
            return f"DBOS's schema lacks {', '.join(dialect.missing)}"
        return ""


@asynccontextmanager
async def open_data_layer(
    settings: Settings, failpoint: Failpoint | None = None, telemetry: Telemetry = _SILENCE
) -> AsyncIterator[DataLayer]:
    """Open pools and executor; the database need not be there yet. `failpoint` is for the fault tests."""
    connections = connection_settings(settings)
    # What most transactions need is set once per connection; behind a pooler of transactions a session is not ours.
    first_attempt = TransactionLimits.of_batch(
        settings.statement_timeout_ms, min(settings.lock_timeout_ms, FIRST_LOCK_TIMEOUT_MS)
    )
    read = TransactionLimits(settings.statement_timeout_ms, settings.lock_timeout_ms)
    own_sessions = settings.prepared_statements
    mutations = ConnectionStack(
        [
            make_pool(connections, "mutations", 1, first_attempt if own_sessions else None, by_key=own_sessions)
            for _ in range(settings.mutation_connections)
        ]
    )
    reads_pool = make_pool(connections, "reads", settings.read_connections, read if own_sessions else None)
    dialects = DialectSource(reads_pool, settings.dbos_schema, settings.schema_, read.hung_after_s)
    reads = Reads(reads_pool, dialects.refresh, read.hung_after_s, None if own_sessions else read)
    executor = Executor(
        PostgresMutationSessions(mutations.borrow, dialects, first_attempt if own_sessions else None),
        encode_outcome,
        ExecutorLimits(
            committers=settings.mutation_connections,
            max_queued=settings.max_queued_mutations,
            max_batch=settings.max_batch,
            lock_timeout_ms=settings.lock_timeout_ms,
            statement_timeout_ms=settings.statement_timeout_ms,
        ),
        failpoint,
        telemetry.executor_observer(),
    )
    workflows = PostgresWorkflowReader(reads, dialects)
    ticker = Ticker(
        settings.watch_interval_ms / 1000,
        settings.max_watchers,
        None if telemetry.metrics is None else telemetry.metrics.watching,
    )
    sources = workflow_sources(
        ticker,
        PostgresWorkflowPoll(reads, dialects),
        PostgresWatchQueries(reads, dialects),
        FilterLimits(
            settings.max_watched_filters,
            settings.max_selected_workflows,
            settings.watch_check_interval.total_seconds(),
        ),
        settings.watch_clock_slack // timedelta(milliseconds=1),
    )
    communication = CommunicationOperations(
        PostgresCommunicationReader(reads, dialects), PostgresExportReader(reads, dialects)
    )
    at_once = PollLimits(max_value_bytes=settings.max_response_bytes)
    bulk = make_bulk(settings, connections, read, dialects, executor, telemetry, failpoint)
    bulk_reader = PostgresBulkReader(reads, settings.schema_)
    layer = DataLayer(
        operations=Operations(
            workflows=WorkflowOperations(executor, workflows, sources.states.hint),
            analysis=AnalysisOperations(PostgresAggregateReader(reads, dialects), PostgresTreeReader(reads, dialects)),
            communication=communication,
            following=FollowingOperations(
                communication,
                ticker,
                KeyedSource(ticker, "events", PostgresEventPoll(reads, dialects, at_once)),
                KeyedSource(ticker, "streams", PostgresStreamPoll(reads, dialects, at_once)),
            ),
            queues=QueueOperations(PostgresQueueReader(reads, dialects)),
            schedules=ScheduleOperations(PostgresScheduleReader(reads, dialects)),
            bulk=BulkOperations(
                executor,
                bulk_reader,
                workflows,
                PostgresMemberReader(reads, dialects),
                bulk.runner.wake,
            ),
            server=ServerOperations(
                PostgresRequestReader(reads, settings.schema_),
                DatabaseInspector(reads, dialects, connections.conninfo("readiness")),
            ),
            waiting=WaitingOperations(workflows, ticker, sources.states),
            watches=WatchOperations(sources, settings.max_watch_age.total_seconds()),
        ),
        executor=executor,
        bulk_runner=bulk.runner,
        dialects=dialects,
        pools=(*mutations.pools, bulk.pool, reads_pool),
    )
    metrics = telemetry.metrics
    async with AsyncExitStack() as stack:
        for pool in layer.pools:
            await pool.open()
            stack.push_async_callback(pool.close, _POOL_CLOSES_WITHIN_S)
        executor.start()
        stack.push_async_callback(executor.drain, settings.grace.total_seconds())
        bulk.executor.start()
        stack.push_async_callback(bulk.executor.drain, settings.grace.total_seconds())
        await stack.enter_async_context(_in_background(dialects.refresh_forever()))
        await stack.enter_async_context(_in_background(ticker.run()))
        await stack.enter_async_context(
            _in_background(
                clean_up_forever(
                    reads_pool,
                    settings.schema_,
                    settings.cleanup_interval,
                    settings.cleanup_batch,
                    settings.bulk_retention,
                    None if metrics is None else metrics.expired_requests_deleted.inc,
                )
            )
        )
        if metrics is not None:
            metrics.pools.add("mutations", mutations.get_stats)
            metrics.pools.add("bulk", bulk.pool.get_stats)
            metrics.pools.add("reads", reads_pool.get_stats)
            metrics.executor.queued.set_function(lambda: executor.queued)
            fleet = watch_fleet_forever(PostgresFleetReader(reads, dialects), metrics.fleet, settings.fleet_interval)
            await stack.enter_async_context(_in_background(fleet))
            operations = watch_bulk_forever(bulk_reader, metrics.bulk.operations, settings.fleet_interval)
            await stack.enter_async_context(_in_background(operations))
        await stack.enter_async_context(bulk.runner.running())
        yield layer


@asynccontextmanager
async def _in_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Run something beside the block, and cancel it at its end. Raises what it has failed with."""
    task = asyncio.create_task(work)
    try:
        yield task
    finally:
        while not task.done():
            # More than once: the waits of the connection pool swallow a cancellation now and then.
            task.cancel()
            await asyncio.wait((task,), timeout=_CANCEL_AGAIN_AFTER_S)
    if not task.cancelled():
        task.result()


async def serve(settings: Settings, failpoint: Failpoint | None = None) -> None:
    """Serve until SIGTERM or SIGINT, then end well. `failpoint` is for the fault tests.

    Raises MigrationError for a schema that is not this release's, ListenError, MetricsListenError, SettingsError.
    """
    await require_known_schema(settings)
    # All modules are loaded for good: the collector need not look at them again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GC_THRESHOLD)
    async with (
        open_telemetry(__version__, settings.metrics_host, settings.metrics_port) as telemetry,
        open_data_layer(settings, failpoint, telemetry) as layer,
    ):
        metrics = telemetry.metrics
        server = RpcServer(settings, layer.operations, metrics, telemetry.tracing)
        if metrics is not None:
            metrics.serving.set_function(lambda: server.health.serving)

        def database_changed(serving: bool) -> None:
            server.health.set_serving(serving)
            if metrics is not None:
                metrics.database_up.set(serving)

        probe = Probe(
            connection_settings(settings).conninfo("probe"),
            dbos_schema=settings.dbos_schema,
            control_schema=settings.schema_,
            interval=timedelta(milliseconds=settings.probe_interval_ms),
            verify=lambda: layer.verify(settings.schema_),
            on_change=database_changed,
            on_answer=None if metrics is None else metrics.database_probe_duration.observe,
        )
        signals = ShutdownSignals()
        signals.install()
        port = await server.start()
        logger.info("listening on port %d", port, extra={"host": settings.host, "port": port})
        async with _in_background(probe.run()) as probing:
            stopping = asyncio.create_task(signals.requested.wait())
            # A probe that ends has failed in a way that it does not know: better to stop than to serve blindly.
            await asyncio.wait((probing, stopping), return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            logger.info("draining")
            layer.bulk_runner.wind_down()
            await server.drain(signals.hurry)
    logger.info("stopped")


def connection_settings(settings: Settings) -> ConnectionSettings:
    """Return how connections are made. Raises SettingsError without a database URL."""
    return ConnectionSettings(
        url=settings.require_database_url(),
        connect_timeout_s=settings.connect_timeout_s,
        pool_timeout_ms=settings.pool_timeout_ms,
        prepared_statements=settings.prepared_statements,
    )


async def require_known_schema(settings: Settings) -> None:
    """Raise MigrationError when the database is there and our schema in it is not this release's.

    A database that is away is no reason not to start: the probe asks again before anything is served from it.
    """
    try:
        connection = await AsyncConnection.connect(connection_settings(settings).conninfo("start"), autocommit=True)
    except psycopg.OperationalError:
        return
    async with connection:
        await check_schema(connection, settings.schema_)


def migrate(settings: Settings, *, print_only: bool) -> str:
    """Apply our migrations, or only show them; return what to tell the operator.

    Raises MigrationError for a schema that is not this release's, psycopg.Error for what the database refuses.
    """
    if print_only:
        return script(settings.schema_)
    applied = apply_migrations(connection_settings(settings).conninfo("migrate"), settings.schema_)
    if not applied:
        return f"The schema {settings.schema_!r} is up to date."
    names = ", ".join(migration.name for migration in applied)
    return f"Applied to the schema {settings.schema_!r}: {names}."


async def check(settings: Settings) -> Sequence[ReadinessCheck]:
    """Return the readiness report."""
    conninfo = connection_settings(settings).conninfo("check")
    return await check_readiness(conninfo, settings.dbos_schema, settings.schema_)
