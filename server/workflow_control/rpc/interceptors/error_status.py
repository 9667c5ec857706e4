"""Answers every exception with a status: what the table says for our own errors, INTERNAL and an id for all others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import NoReturn, Protocol
from uuid import uuid4

import grpc.aio

from workflow_control.domain.errors import ControlError, InternalError
from workflow_control.rpc.call import CURRENT_CALL
from workflow_control.rpc.interceptors.chain import Context, StreamHandler, UnaryHandler
from workflow_control.rpc.interceptors.identity import REQUEST_ID
from workflow_control.rpc.status import rpc_status


class FaultLog(Protocol):
    """The method of a structlog logger that is used here."""

    def exception(self, event: str, **fields: object) -> object:
        """Log the exception that is being handled, with its traceback."""
        ...


class ErrorStatusInterceptor:
    """Translates exceptions. Nothing of an exception that is not ours reaches the client: drivers put hosts, users and
    SQL into theirs.

    An aborted context, and a call that its peer has cancelled, pass through. A CancelledError that comes from within is
    a fault: gRPC would swallow it, send no status, and leave the client waiting for its deadline.
    """

    def __init__(self, log: FaultLog) -> None:
        self._log = log

    def unary(self, method: str, handler: UnaryHandler) -> UnaryHandler:
        """Serve, and translate what is raised."""

        async def serve(request: object, context: Context) -> object:
            try:
                return await handler(request, context)
            except (Exception, asyncio.CancelledError) as error:
                failure = self._failure(method, error)
            return await _abort(context, failure)

        return serve

    def stream(self, method: str, handler: StreamHandler) -> StreamHandler:
        """Serve, and translate what is raised."""

        async def serve(request: object, context: Context) -> AsyncGenerator[object, None]:
            try:
                async with aclosing(handler(request, context)) as responses:
                    async for response in responses:
                        yield response
                return
            except (Exception, asyncio.CancelledError) as error:
                failure = self._failure(method, error)
            await _abort(context, failure)

        return serve

    def _failure(self, method: str, error: BaseException) -> ControlError:
        """Return what to answer; raises again what is to pass through."""
        if isinstance(error, grpc.aio.AbortError):
            raise error
        if isinstance(error, asyncio.CancelledError) and _is_cancelled_by_peer():
            raise error
        if isinstance(error, ControlError):
            if isinstance(error, InternalError):
                self._log.exception("internal error", error_id=error.metadata["error_id"], rpc=method)
            return error
        error_id = uuid4().hex[:16]
        self._log.exception("internal error", error_id=error_id, rpc=method)
        return InternalError(error_id)


def _is_cancelled_by_peer() -> bool:
    """Tell whether gRPC has cancelled this call's task, which it does when the peer cancels, goes away, or its deadline
    passes.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _abort(context: Context, error: ControlError) -> NoReturn:
    status = rpc_status(error)
    call = CURRENT_CALL.get(None)
    if call is None:
        await context.abort(status.code, status.message, status.trailers)
    call.error = error
    await context.abort(status.code, status.message, ((REQUEST_ID, call.request_id), *status.trailers))
