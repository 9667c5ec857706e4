"""Writes one line for every call.

A line has an allow-list of fields: never a message, never metadata, and of the request key only the beginning of its
hash, enough to find the calls of a key that one knows. What comes from the caller is stripped of control characters.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Final, NamedTuple, Protocol

import grpc.aio

from workflow_control.domain.errors import Code
from workflow_control.idempotency.key_hash import key_hash
from workflow_control.logs import Log
from workflow_control.rpc.call import CURRENT_CALL, Call
from workflow_control.rpc.interceptors.chain import Context, StreamHandler, UnaryHandler

_DELAY_S: Final = 0.02
_CLOCKS_DIFFER_S: Final = 0.05
"""A caller's clock may end a call a little before the server's own."""
_CALLER_TEXT_CHARACTERS_MAX: Final = 255
_SERVER_FAULTS: Final = frozenset({Code.INTERNAL})
_PRESSURE: Final = frozenset({Code.ABORTED, Code.DEADLINE_EXCEEDED, Code.RESOURCE_EXHAUSTED, Code.UNAVAILABLE})


class CallMeter(Protocol):
    """Who counts calls."""

    def calls_ended(self, calls: Sequence[tuple[str, str, float]]) -> None:
        """Count calls: the `rpc` and the `code` of the line, and the duration in seconds."""
        ...


class _EndedCall(NamedTuple):
    call: Call
    rpc: str
    code: str
    ended: float
    """On the clock of `time.time()`."""
    duration_s: float


class RequestLogInterceptor:
    """Logs each call when it has ended, however it did, and has it counted.

    Lines are made a moment later, all those of that moment in one go: made between the calls of a busy server, each
    takes four times the processor time, since everything it touches has left the caches by then.
    """

    def __init__(self, log: Log, meter: CallMeter | None = None) -> None:
        self._log = log
        self._meter = meter
        self._ended: list[_EndedCall] = []

    def unary(self, method: str, handler: UnaryHandler) -> UnaryHandler:
        """Serve, then log."""
        rpc = method.rpartition(".")[2]

        async def serve(request: object, context: Context) -> object:
            try:
                response = await handler(request, context)
            except BaseException as error:
                self._add(rpc, code_name(error, context))
                raise
            self._add(rpc, "OK")
            return response

        return serve

    def stream(self, method: str, handler: StreamHandler) -> StreamHandler:
        """Serve, then log."""
        rpc = method.rpartition(".")[2]

        async def serve(request: object, context: Context) -> AsyncGenerator[object, None]:
            try:
                async with aclosing(handler(request, context)) as responses:
                    async for response in responses:
                        yield response
            except BaseException as error:
                self._add(rpc, code_name(error, context))
                raise
            self._add(rpc, "OK")

        return serve

    def flush(self) -> None:
        """Log and count all calls that have ended."""
        ended, self._ended = self._ended, []
        if self._meter is not None:
            self._meter.calls_ended([(call.rpc, call.code, call.duration_s) for call in ended])
        for call in ended:
            self._write(call)

    def _add(self, rpc: str, code: str) -> None:
        call = CURRENT_CALL.get()
        if not self._ended:
            asyncio.get_running_loop().call_later(_DELAY_S, self.flush)
        self._ended.append(_EndedCall(call, rpc, code, time.time(), time.monotonic() - call.started))

    def _write(self, ended: _EndedCall) -> None:
        call = ended.call
        fields: dict[str, object] = {
            "timestamp": datetime.fromtimestamp(ended.ended, UTC).isoformat(timespec="microseconds"),
            "rpc": ended.rpc,
            "code": ended.code,
            "duration_ms": round(ended.duration_s * 1000, 3),
            "request_id": call.request_id,
        }
        if call.workflow_id is not None:
            fields["workflow_id"] = _printable(call.workflow_id)
        if call.request_key is not None:
            fields["request_key_hash"] = key_hash(call.request_key)
        if call.trace_id is not None:
            fields["trace_id"], fields["span_id"] = call.trace_id, call.span_id
        if call.replayed is not None:
            fields["replayed"] = call.replayed
        if call.attempt > 1:
            fields["attempt"] = call.attempt
        error = call.error
        if error is None:
            self._log.info("rpc", **fields)
            return
        fields["reason"] = error.reason
        if error.code in _SERVER_FAULTS:
            self._log.error("rpc", error_id=error.metadata.get("error_id"), **fields)
        elif error.code in _PRESSURE:
            self._log.warning("rpc", **fields)
        else:
            self._log.info("rpc", **fields)


def code_name(error: BaseException, context: Context) -> str:
    """Return the name of the code that a call which raised this was answered with."""
    if isinstance(error, (asyncio.CancelledError, GeneratorExit)):
        # gRPC ends a call in the same way when its caller has gone and when the caller's time is up.
        remaining: float | None = context.time_remaining()
        return "CANCELLED" if remaining is None or remaining > _CLOCKS_DIFFER_S else "DEADLINE_EXCEEDED"
    if isinstance(error, grpc.aio.AbortError):
        code = context.code()
        # Aborted contexts give the number, not the enum's member.
        return code.name if isinstance(code, grpc.StatusCode) else Code(code).name
    return "UNKNOWN"


def _printable(text: str) -> str:
    if text.isprintable() and len(text) <= _CALLER_TEXT_CHARACTERS_MAX:
        return text
    cut = text[:_CALLER_TEXT_CHARACTERS_MAX]
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in cut)
