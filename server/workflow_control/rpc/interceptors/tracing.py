"""Traces every call, where tracing is on."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import AbstractContextManager, aclosing
from typing import Protocol

from workflow_control.idempotency.key_hash import key_hash
from workflow_control.rpc.call import CURRENT_CALL, Call
from workflow_control.rpc.interceptors.chain import Context, StreamHandler, UnaryHandler
from workflow_control.rpc.interceptors.request_log import code_name


class CallSpan(Protocol):
    """One call in a trace."""

    @property
    def trace_id(self) -> str:
        """32 hexadecimal digits."""
        ...

    @property
    def span_id(self) -> str:
        """16 hexadecimal digits."""
        ...

    def as_current(self) -> AbstractContextManager[object]:
        """Make what happens in the block part of this call."""
        ...

    def end(self, code: str, attributes: Mapping[str, str]) -> None:
        """End it with the name of the call's code."""
        ...


class CallTracer(Protocol):
    """Who makes the spans."""

    def begin(self, method: str, metadata: Iterable[tuple[str, str | bytes]]) -> CallSpan:
        """Begin the span of a call, as a child of what its metadata names."""
        ...


class TracingInterceptor:
    """Makes a span of each call, and lets the log name it."""

    def __init__(self, tracer: CallTracer) -> None:
        self._tracer = tracer

    def unary(self, method: str, handler: UnaryHandler) -> UnaryHandler:
        """Serve within a span."""

        async def serve(request: object, context: Context) -> object:
            call, span = self._begin(method, context)
            try:
                with span.as_current():
                    response = await handler(request, context)
            except BaseException as error:
                span.end(code_name(error, context), _attributes(call))
                raise
            span.end("OK", _attributes(call))
            return response

        return serve

    def stream(self, method: str, handler: StreamHandler) -> StreamHandler:
        """Serve beside a span: a stream is a read, and begins nothing that belongs into its trace."""

        async def serve(request: object, context: Context) -> AsyncGenerator[object, None]:
            call, span = self._begin(method, context)
            try:
                async with aclosing(handler(request, context)) as responses:
                    async for response in responses:
                        yield response
            except BaseException as error:
                span.end(code_name(error, context), _attributes(call))
                raise
            span.end("OK", _attributes(call))

        return serve

    def _begin(self, method: str, context: Context) -> tuple[Call, CallSpan]:
        call = CURRENT_CALL.get()
        span = self._tracer.begin(method, context.invocation_metadata() or ())
        call.trace_id, call.span_id = span.trace_id, span.span_id
        return call, span


def _attributes(call: Call) -> Mapping[str, str]:
    """Return what finds the call's line in the log, and its journal entry: never the key itself."""
    attributes = {"workflow_control.request_id": call.request_id}
    if call.workflow_id is not None:
        attributes["workflow_control.workflow_id"] = call.workflow_id
    if call.request_key is not None:
        attributes["workflow_control.request_key_hash"] = key_hash(call.request_key)
    return attributes
