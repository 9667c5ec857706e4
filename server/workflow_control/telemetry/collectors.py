"""Metrics of what others count: asked at each scrape, in the exporter's thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from workflow_control.domain.bulk import BulkLoad, BulkState
from workflow_control.domain.fleet import QueueLoad

PoolStatistics = Callable[[], Mapping[str, int]]
"""psycopg_pool's `get_stats`: numbers that it keeps anyway. Without those that are zero."""

_POOL_GAUGES: Final = {
    "pool_size": ("workflow_control_pool_connections", "Connections of a pool, at work or not."),
    "pool_available": ("workflow_control_pool_connections_idle", "Connections that nobody uses."),
    "requests_waiting": ("workflow_control_pool_waiting", "How many wait for a connection."),
}
_POOL_COUNTERS: Final = {
    "requests_num": ("workflow_control_pool_requests_total", "How often a connection was asked for."),
    "requests_errors": ("workflow_control_pool_errors_total", "How often none was to be had in time."),
    "connections_num": ("workflow_control_pool_connects_total", "Attempts to connect."),
    "connections_errors": ("workflow_control_pool_connect_errors_total", "Attempts to connect that failed."),
    "connections_lost": ("workflow_control_pool_connections_lost_total", "Connections that were found broken."),
}
_POOL_TIMES: Final = {
    "requests_wait_ms": ("workflow_control_pool_wait_seconds_total", "How long connections were waited for."),
    "usage_ms": ("workflow_control_pool_usage_seconds_total", "How long connections were at work."),
}


class PoolCollector(Collector):
    """The connection pools."""

    def __init__(self) -> None:
        self._pools: dict[str, PoolStatistics] = {}

    def add(self, name: str, statistics: PoolStatistics) -> None:
        """Tell of a pool from now on."""
        self._pools[name] = statistics

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of all pools."""
        statistics = {name: read() for name, read in tuple(self._pools.items())}
        for key, (name, text) in _POOL_GAUGES.items():
            gauge = GaugeMetricFamily(name, text, labels=("pool",))
            for pool, values in statistics.items():
                gauge.add_metric((pool,), values.get(key, 0))
            yield gauge
        for key, (name, text) in (*_POOL_COUNTERS.items(), *_POOL_TIMES.items()):
            counter = CounterMetricFamily(name, text, labels=("pool",))
            unit = 1000 if key in _POOL_TIMES else 1
            for pool, values in statistics.items():
                counter.add_metric((pool,), values.get(key, 0) / unit)
            yield counter


class BulkCollector(Collector):
    """Bulk operations, as last read; absent like those of the FleetCollector."""

    def __init__(self) -> None:
        self._loads: Sequence[BulkLoad] | None = None

    def update(self, loads: Sequence[BulkLoad]) -> None:
        """Tell of these from now on."""
        self._loads = loads

    def fail(self) -> None:
        """Tell of nothing until the next `update`."""
        self._loads = None

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of all states, of those that no operation is in as well."""
        operations = GaugeMetricFamily(
            "workflow_control_bulk_operations", "Bulk operations, of the whole database.", labels=("state",)
        )
        pending = GaugeMetricFamily(
            "workflow_control_bulk_items_pending",
            "Their workflows that were found and have no outcome yet.",
            labels=("state",),
        )
        if self._loads is not None:
            loads = {load.state: load for load in self._loads}
            for state in BulkState:
                load = loads.get(state.value, BulkLoad(state.value, 0, 0))
                operations.add_metric((state.value,), load.operations)
                if not state.ended:
                    pending.add_metric((state.value,), load.pending)
        yield operations
        yield pending


class FleetCollector(Collector):
    """What waits in DBOS's queues, as last read. What could not be read is absent: a number of yesterday misleads."""

    def __init__(self) -> None:
        self._loads: Sequence[QueueLoad] | None = None
        self._read_at = 0.0
        self._errors = 0

    def update(self, loads: Sequence[QueueLoad]) -> None:
        """Tell of these from now on."""
        self._loads = loads
        self._read_at = time.time()

    def fail(self) -> None:
        """Tell of nothing until the next `update`."""
        self._loads = None
        self._errors += 1

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics of all queues."""
        loads = self._loads
        workflows = GaugeMetricFamily(
            "workflow_control_fleet_workflows",
            "Workflows that wait or run, of the whole database.",
            labels=("queue", "state"),
        )
        oldest = GaugeMetricFamily(
            "workflow_control_fleet_oldest_created_timestamp_seconds",
            "When the oldest of them was created.",
            labels=("queue", "state"),
        )
        for load in loads or ():
            workflows.add_metric((load.queue_name, load.state), load.workflows)
            oldest.add_metric((load.queue_name, load.state), load.oldest_created_at / 1000)
        yield workflows
        yield oldest
        read_at = GaugeMetricFamily(
            "workflow_control_fleet_read_timestamp_seconds", "When the queues were last read; 0 for never."
        )
        read_at.add_metric((), self._read_at)
        yield read_at
        errors = CounterMetricFamily(
            "workflow_control_fleet_read_errors_total", "How often the queues could not be read."
        )
        errors.add_metric((), self._errors)
        yield errors
