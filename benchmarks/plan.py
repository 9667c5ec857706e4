"""How much is measured: bounded in calls and in time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


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
)

QUICK: Final = Plan(
    table_rows=10_000,
    rounds=1,
    calls_by_in_flight={1: 60, 16: 160, 64: 640, 128: 640},
    start_many_requests=2,
    in_process_calls=160,
    pgbench_calls_per_client=20,
    pgbench_batches_per_client=4,
)

MEASUREMENT_LIMIT_S: Final = 30
"""When a contender whose calls we count ourselves stops, done or not; what it did until then counts."""
