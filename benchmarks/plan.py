"""How much is measured: bounded in calls and in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class WatchPlan:
    """How many calls wait and watch, and for how long."""

    calls: int
    few: int
    """What `calls` are compared with."""
    idle_s: float
    """How long the server is looked at while nothing happens."""
    completions: int
    completions_per_second: int


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """The size of a bulk operation, and of the single calls beside it."""

    workflows: int
    table_rows: int
    """Workflows in DBOS's table, these included."""
    calls_per_second: int
    """Single calls, at an even rate."""
    calls: int
    """In a row, after which it is looked whether the operation still goes on."""
    rows_alone: int
    """Rows of calls without the operation: half of them before, half after it."""
    rows_beside: int
    """The most rows of calls while it goes on."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The size of a run. Calls are per round; a shorter round, which is not reported, warms everything up."""

    table_rows: int
    """Workflows in DBOS's table; more than all rounds together cancel."""
    rounds: int
    calls_by_in_flight: Mapping[int, int]
    """For the RPCs: how many calls, by how many are in flight."""
    start_many_requests: int
    in_process_calls: int
    pgbench_calls_per_client: int
    pgbench_batches_per_client: int
    watches: WatchPlan
    bulk: BulkPlan

    def warm_up(self, calls: int) -> int:
        """Return how many calls stand for `calls` in the round that warms up."""
        return max(calls // 8, min(calls, 40))


DEFAULT: Final = Plan(
    table_rows=300_000,
    rounds=5,
    calls_by_in_flight={1: 800, 16: 3_000, 64: 6_000, 128: 6_000},
    start_many_requests=16,
    in_process_calls=2_000,
    pgbench_calls_per_client=600,
    pgbench_batches_per_client=100,
    watches=WatchPlan(calls=5_000, few=50, idle_s=15, completions=2_000, completions_per_second=100),
    bulk=BulkPlan(
        workflows=200_000, table_rows=400_000, calls_per_second=100, calls=250, rows_alone=10, rows_beside=40
    ),
)

QUICK: Final = Plan(
    table_rows=10_000,
    rounds=1,
    calls_by_in_flight={1: 60, 16: 160, 64: 640, 128: 640},
    start_many_requests=2,
    in_process_calls=160,
    pgbench_calls_per_client=20,
    pgbench_batches_per_client=4,
    watches=WatchPlan(calls=90, few=9, idle_s=1.5, completions=30, completions_per_second=30),
    bulk=BulkPlan(workflows=10_000, table_rows=12_000, calls_per_second=100, calls=50, rows_alone=2, rows_beside=4),
)

MEASUREMENT_LIMIT_S: Final = 30
"""When a contender whose calls we count ourselves stops, done or not; what it did until then counts."""
