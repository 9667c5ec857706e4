"""Refuses new calls, and ends streams, once the server drains."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable
from contextlib import aclosing

from workflow_control.domain.errors import ShuttingDown
from workflow_control.rpc.interceptors.chain import Context, StreamHandler, UnaryHandler


class AdmissionInterceptor:
    """Lets calls in until `close` is called. Those that are in go on, but for streams, which end before their next
    message: whoever reads one goes on with another server where this one has stopped.
    """

    def __init__(self) -> None:
        self._closed = False

    def close(self) -> None:
        """Answer every later call with ShuttingDown."""
        self._closed = True

    def unary(self, method: str, handler: UnaryHandler) -> UnaryHandler:
        """Serve, unless closed."""

        def serve(request: object, context: Context) -> Awaitable[object]:
            if self._closed:
                raise ShuttingDown
            return handler(request, context)

        return serve

    def stream(self, method: str, handler: StreamHandler) -> StreamHandler:
        """Serve until closed."""

        async def serve(request: object, context: Context) -> AsyncGenerator[object, None]:
            if self._closed:
                raise ShuttingDown
            async with aclosing(handler(request, context)) as responses:
                async for response in responses:
                    if self._closed:
                        raise ShuttingDown
                    yield response

        return serve
