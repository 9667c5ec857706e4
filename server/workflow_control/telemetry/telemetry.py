"""Both kinds of telemetry together, for the time that the server runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflow_control.domain.bulk import Settlement
from workflow_control.idempotency.flight import Flight
from workflow_control.idempotency.observer import ExecutorObserver
from workflow_control.telemetry.exporter import exporting
from workflow_control.telemetry.metrics import Metrics
from workflow_control.telemetry.trace_setup import tracing_from_environment

if TYPE_CHECKING:
    from workflow_control.telemetry.tracing import Tracing  # Needs libraries that need not be installed.


@dataclass(frozen=True, slots=True)
class Telemetry:
    """What of it is switched on."""

    metrics: Metrics | None = None
    tracing: Tracing | None = None

    def executor_observer(self) -> ExecutorObserver | None:
        """Return who watches the executor; None when nobody does."""
        if self.metrics is None:
            return self.tracing
        return self.metrics.executor if self.tracing is None else _Both(self.metrics.executor, self.tracing)

    def bulk_items_settled(self, action: str, settlements: Sequence[Settlement]) -> None:
        """Count what became of workflows of bulk operations."""
        if self.metrics is not None:
            self.metrics.bulk.items_settled(action, settlements)


class _Both(ExecutorObserver):
    """Metrics and traces. Only the latter remember an origin, and only the former count what is out of order."""

    def __init__(self, metrics: ExecutorObserver, tracing: ExecutorObserver) -> None:
        self._metrics = metrics
        self._tracing = tracing

    def origin(self) -> object:
        return self._tracing.origin()

    def batch_ended(self, batch: Sequence[Flight], duration_s: float) -> None:
        self._metrics.batch_ended(batch, duration_s)
        self._tracing.batch_ended(batch, duration_s)

    def batch_split(self, batch: Sequence[Flight]) -> None:
        self._metrics.batch_split(batch)

    def commit_in_doubt(self) -> None:
        self._metrics.commit_in_doubt()

    def key_was_taken(self, action: str, *, replayed: bool) -> None:
        self._metrics.key_was_taken(action, replayed=replayed)


@asynccontextmanager
async def open_telemetry(version: str, metrics_host: str, metrics_port: int) -> AsyncIterator[Telemetry]:
    """Serve metrics if there is a port, and trace if the environment names an exporter. Raises MetricsListenError."""
    async with AsyncExitStack() as stack:
        metrics = None
        if metrics_port:
            metrics = Metrics(version)
            await stack.enter_async_context(exporting(metrics.registry, metrics_host, metrics_port))
        tracing = await stack.enter_async_context(tracing_from_environment(version))
        yield Telemetry(metrics, tracing)
