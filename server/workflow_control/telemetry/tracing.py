"""Spans of calls and of batches, by OpenTelemetry.

A batch belongs to several calls. Its span is a child of the first call's whose trace is recorded, and linked with the
others' both ways: who looks at any of the calls finds the batch, and who looks at the batch finds all its calls.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Final

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from workflow_control.domain.errors import Code
from workflow_control.idempotency.flight import Flight
from workflow_control.idempotency.observer import ExecutorObserver

_PROPAGATOR: Final = TraceContextTextMapPropagator()
_TRACE_HEADERS: Final = frozenset({"traceparent", "tracestate"})
# What OpenTelemetry's conventions for RPC servers call errors; the others are the caller's.
_SERVER_ERRORS: Final = frozenset({
    "UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
})  # fmt: skip
_END_LIMIT_S: Final = 5.0
"""How long the last spans may take to be exported at the end."""


class CallSpan:
    """The span of one call."""

    def __init__(self, span: Span) -> None:
        self._span = span
        context = span.get_span_context()
        self.trace_id = trace.format_trace_id(context.trace_id)
        self.span_id = trace.format_span_id(context.span_id)

    def as_current(self) -> AbstractContextManager[object]:
        """Make what happens in the block part of this call."""
        return trace.use_span(self._span, record_exception=False, set_status_on_exception=False)

    def end(self, code: str, attributes: Mapping[str, str]) -> None:
        """End it with the name of the call's code."""
        self._span.set_attributes({"rpc.grpc.status_code": Code[code].value, **attributes})
        if code in _SERVER_ERRORS:
            self._span.set_status(Status(StatusCode.ERROR, code))
        self._span.end()


class Tracing(ExecutorObserver):
    """Makes the spans."""

    def __init__(self, provider: trace.TracerProvider, version: str) -> None:
        self._tracer = provider.get_tracer("workflow_control", version)

    def begin(self, method: str, metadata: Iterable[tuple[str, str | bytes]]) -> CallSpan:
        """Begin the span of a call, as a child of what its metadata names."""
        service, _, name = method.partition("/")
        carrier = {key: value for key, value in metadata if key in _TRACE_HEADERS and isinstance(value, str)}
        span = self._tracer.start_span(
            method,
            _PROPAGATOR.extract(carrier) if carrier else None,
            SpanKind.SERVER,
            {"rpc.system": "grpc", "rpc.service": service, "rpc.method": name},
        )
        return CallSpan(span)

    def origin(self) -> object:
        """Return the span of the current call, or None when nobody records it."""
        span = trace.get_current_span()
        return span if span.is_recording() else None

    def batch_ended(self, batch: Sequence[Flight], duration_s: float) -> None:
        """Make the span of a batch of which any call is recorded."""
        callers = [flight.origin for flight in batch if isinstance(flight.origin, Span)]
        if not callers:
            return
        first, *others = callers
        ended = time.time_ns()
        span = self._tracer.start_span(
            "mutation batch",
            trace.set_span_in_context(first),
            attributes={"workflow_control.batch.mutations": len(batch)},
            links=[Link(caller.get_span_context()) for caller in others],
            start_time=ended - int(duration_s * 1e9),
        )
        for caller in others:
            caller.add_link(span.get_span_context())
        span.end(ended)


@asynccontextmanager
async def open_tracing(version: str) -> AsyncIterator[Tracing]:
    """Export spans in the background, as OpenTelemetry's environment variables say, for the time of the block."""
    named = Resource.create({"service.name": "workflow-control", "service.version": version})
    provider = TracerProvider(resource=named.merge(OTELResourceDetector().detect()))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    try:
        yield Tracing(provider, version)
    finally:
        # In a thread that nobody waits for longer than said: nobody may be there to take the spans.
        ending = threading.Thread(target=provider.shutdown, name="end-tracing", daemon=True)
        ending.start()
        await asyncio.to_thread(ending.join, _END_LIMIT_S)
