"""Every metric of the server; docs/operations.md lists them, and a test compares.

All are written by the event loop, and read by the exporter's threads whenever somebody asks. What happens often is
added up first, for all calls of a moment or of a batch: an increment costs a lock. Labels have few values, which the
code and not its callers choose; but for the names of queues, of which the fleet's query returns a limited number.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

from workflow_control.domain.bulk import Settlement
from workflow_control.domain.errors import DefinitiveError
from workflow_control.idempotency.flight import Executed, Flight, Recalled, Rehearsed, Unsettled
from workflow_control.idempotency.observer import ExecutorObserver
from workflow_control.telemetry.collectors import BulkCollector, FleetCollector, PoolCollector
from workflow_control.watching.ports import WatchingObserver

_CALL_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_BATCH_SECONDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_BATCH_MUTATIONS: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
_PROBE_SECONDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1)


class Metrics:
    """The metrics of one process, in a registry of their own."""

    def __init__(self, version: str) -> None:
        # When each series began is another series for each, and nothing here asks for it.
        disable_created_metrics()  # type: ignore[no-untyped-call]  # The library's one function without types.
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        GCCollector(registry=registry)
        Info("workflow_control_build", "The release that runs.", registry=registry).info({"version": version})
        self._rpc_requests = Counter(
            "workflow_control_rpc_requests_total", "Calls that have ended.", ("method", "code"), registry=registry
        )
        self._rpc_duration = Histogram(
            "workflow_control_rpc_duration_seconds",
            "From a call's arrival to its end.",
            ("method",),
            buckets=_CALL_SECONDS,
            registry=registry,
        )
        self.serving = Gauge("workflow_control_serving", "1 while health is SERVING.", registry=registry)
        self.database_up = Gauge(
            "workflow_control_database_up", "1 while the probe finds a database to serve from.", registry=registry
        )
        self.database_probe_duration = Histogram(
            "workflow_control_database_probe_duration_seconds",
            "How long the database took to answer the probe, when it did.",
            buckets=_PROBE_SECONDS,
            registry=registry,
        )
        self.expired_requests_deleted = Counter(
            "workflow_control_expired_requests_deleted_total",
            "Expired keys deleted by this process.",
            registry=registry,
        )
        self.executor = ExecutorMetrics(registry)
        self.bulk = BulkMetrics(registry)
        self.watching = WatchingMetrics(registry)
        self.pools = PoolCollector()
        registry.register(self.pools)
        self.fleet = FleetCollector()
        registry.register(self.fleet)

    def calls_ended(self, calls: Sequence[tuple[str, str, float]]) -> None:
        """Count calls: method, such as `WorkflowControl/CancelWorkflow`, name of the code, and duration in seconds."""
        for (method, code), count in Tally((method, code) for method, code, _ in calls).items():
            self._rpc_requests.labels(method, code).inc(count)
        observe = {method: self._rpc_duration.labels(method).observe for method in {method for method, _, _ in calls}}
        for method, _, duration_s in calls:
            observe[method](duration_s)


class BulkMetrics:
    """Bulk operations: those of the database, and what this process does for them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.operations = BulkCollector()
        registry.register(self.operations)
        self._items = Counter(
            "workflow_control_bulk_items_total",
            "Workflows of bulk operations that got their outcome in a transaction of this process.",
            ("action", "outcome"),
            registry=registry,
        )

    def items_settled(self, action: str, settlements: Sequence[Settlement]) -> None:
        """Count what became of workflows."""
        for outcome, count in Tally(settlement.outcome for settlement in settlements).items():
            self._items.labels(action, outcome.value).inc(count)


class ExecutorMetrics(ExecutorObserver):
    """What becomes of mutations."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._mutations = Counter(
            "workflow_control_mutations_total",
            "Mutations by what became of them: executed, refused (and the refusal stored), replayed, key_refused,"
            " previewed, or failed (and nothing stored).",
            ("action", "outcome"),
            registry=registry,
        )
        self.queued = Gauge("workflow_control_mutations_queued", "Mutations that wait for a batch.", registry=registry)
        self._queue_duration = Histogram(
            "workflow_control_mutation_queue_duration_seconds",
            "How long mutations waited for a batch.",
            buckets=_BATCH_SECONDS,
            registry=registry,
        )
        self._batch_mutations = Histogram(
            "workflow_control_batch_mutations", "Mutations in a batch.", buckets=_BATCH_MUTATIONS, registry=registry
        )
        self._batch_duration = Histogram(
            "workflow_control_batch_duration_seconds",
            "How long a batch took, with the wait for a connection and, after a fault, before the next try.",
            buckets=_BATCH_SECONDS,
            registry=registry,
        )
        self._batches_split = Counter(
            "workflow_control_batches_split_total",
            "Batches that failed, and whose mutations ran again one by one.",
            registry=registry,
        )
        self._mutations_rerun = Counter(
            "workflow_control_mutations_rerun_total",
            "Mutations that ran again alone, because their batch had failed.",
            registry=registry,
        )
        self._commits_in_doubt = Counter(
            "workflow_control_commits_in_doubt_total", "COMMITs that went unanswered.", registry=registry
        )

    def batch_ended(self, batch: Sequence[Flight], duration_s: float) -> None:
        """Count a batch, and what is settled of it."""
        self._batch_mutations.observe(len(batch))
        self._batch_duration.observe(duration_s)
        observe = self._queue_duration.observe
        for flight in batch:
            observe(flight.waited_s)
        for (action, outcome), count in Tally(_outcomes(batch)).items():
            self._mutations.labels(action, outcome).inc(count)

    def batch_split(self, batch: Sequence[Flight]) -> None:
        """Count the batch, and its flights."""
        self._batches_split.inc()
        self._mutations_rerun.inc(len(batch))

    def commit_in_doubt(self) -> None:
        """Count it."""
        self._commits_in_doubt.inc()

    def key_was_taken(self, action: str, *, replayed: bool) -> None:
        """Count it."""
        self._mutations.labels(action, "replayed" if replayed else "key_refused").inc()


class WatchingMetrics(WatchingObserver):
    """What waiting and watching cost, and how late they are."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._waiters = Gauge(
            "workflow_control_waiters", "Calls that wait or watch now, by kind.", ("kind",), registry=registry
        )
        self._ticks = Counter(
            "workflow_control_watch_ticks_total",
            "Looks at the database for all who wait: ok, or failed.",
            ("result",),
            registry=registry,
        )
        self._tick_duration = Histogram(
            "workflow_control_watch_tick_duration_seconds",
            "How long such a look took.",
            buckets=_BATCH_SECONDS,
            registry=registry,
        )
        self._lag = Gauge("workflow_control_watch_lag_seconds", "How late the last look began.", registry=registry)
        self._statements = Counter(
            "workflow_control_watch_statements_total",
            "Statements that asked what has changed, by source.",
            ("source",),
            registry=registry,
        )
        self._changes = Counter(
            "workflow_control_watch_changes_total", "Changes that they found.", ("source",), registry=registry
        )
        # Series that are there from the beginning, so that a rate of the first ones is not lost.
        for result in ("ok", "failed"):
            self._ticks.labels(result)

    def waiting(self, kind: str, count: int) -> None:
        """Show it."""
        self._waiters.labels(kind).set(count)

    def ticked(self, duration_s: float, lag_s: float, failed: bool) -> None:
        """Count it."""
        self._ticks.labels("failed" if failed else "ok").inc()
        self._tick_duration.observe(duration_s)
        self._lag.set(max(0.0, lag_s))

    def asked(self, source: str, keys: int, changed: int) -> None:
        """Count it."""
        self._statements.labels(source).inc()
        self._changes.labels(source).inc(changed)


def _outcomes(batch: Iterable[Flight]) -> Iterable[tuple[str, str]]:
    """Yield action and outcome of each flight that is settled and not a repeat, which its caller will count."""
    for flight in batch:
        match flight.settled:
            case Executed(_, error):
                yield flight.request.action, "executed" if error is None else "refused"
            case Rehearsed():
                yield flight.request.action, "previewed"
            case Unsettled(error):
                yield flight.request.action, "previewed" if _was_answered(flight, error) else "failed"
            case Recalled() | None:
                pass


def _was_answered(flight: Flight, error: Exception) -> bool:
    """Tell whether the error is what the flight asked for: what its mutation would be answered."""
    return flight.rehearsal and isinstance(error, DefinitiveError)
