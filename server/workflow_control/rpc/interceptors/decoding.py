"""Refuses requests whose bytes are not a message with INVALID_ARGUMENT."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable

from workflow_control.domain.errors import InvalidRequest
from workflow_control.rpc.interceptors.chain import Context, MalformedRequest, StreamHandler, UnaryHandler


class DecodingInterceptor:
    """Raises for what the chain's deserializer could not read."""

    def unary(self, method: str, handler: UnaryHandler) -> UnaryHandler:
        """Check the request, then serve."""

        def serve(request: object, context: Context) -> Awaitable[object]:
            return handler(_checked(request), context)

        return serve

    def stream(self, method: str, handler: StreamHandler) -> StreamHandler:
        """Check the request, then serve."""

        def serve(request: object, context: Context) -> AsyncGenerator[object, None]:
            return handler(_checked(request), context)

        return serve


def _checked(request: object) -> object:
    if isinstance(request, MalformedRequest):
        raise InvalidRequest.of("request", f"The bytes are not a {request.message_name}.")
    if isinstance(request, AsyncIterator):
        return _checked_stream(request)
    return request


async def _checked_stream(requests: AsyncIterator[object]) -> AsyncGenerator[object, None]:
    async for request in requests:
        yield _checked(request)
