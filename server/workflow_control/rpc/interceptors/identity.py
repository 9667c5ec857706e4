"""Gives every call an id, which the client, the log and whatever lies between can name it by."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from random import Random
from typing import Final

from workflow_control.rpc.call import CURRENT_CALL, Call
from workflow_control.rpc.interceptors.chain import Context, StreamHandler, UnaryHandler

REQUEST_ID: Final = "x-request-id"
_ATTEMPTS: Final = "grpc-previous-rpc-attempts"
_REQUEST_ID_CHARACTERS_MAX: Final = 128

# Ids name calls in logs and guard nothing. Those of the operating system cost a system call, at which the interpreter
# may change threads.
_random: Final = Random()  # noqa: S311 - As said.


class IdentityInterceptor:
    """Takes the caller's `x-request-id`, or makes one, and returns it in the trailing metadata."""

    def unary(self, method: str, handler: UnaryHandler) -> UnaryHandler:
        """Identify, then serve."""

        async def serve(request: object, context: Context) -> object:
            _identify(method, context)
            return await handler(request, context)

        return serve

    def stream(self, method: str, handler: StreamHandler) -> StreamHandler:
        """Identify, then serve."""

        async def serve(request: object, context: Context) -> AsyncGenerator[object, None]:
            _identify(method, context)
            async with aclosing(handler(request, context)) as responses:
                async for response in responses:
                    yield response

        return serve


def _identify(method: str, context: Context) -> None:
    request_id = None
    attempt = 1
    for key, value in context.invocation_metadata() or ():
        if key == REQUEST_ID and isinstance(value, str) and _is_sane(value):
            request_id = value
        elif key == _ATTEMPTS and isinstance(value, str) and value.isdecimal() and len(value) < 5:
            attempt = int(value) + 1
    call = Call(method, request_id or f"{_random.getrandbits(128):032x}", attempt)
    CURRENT_CALL.set(call)
    context.set_trailing_metadata(((REQUEST_ID, call.request_id),))


def _is_sane(request_id: str) -> bool:
    return 0 < len(request_id) <= _REQUEST_ID_CHARACTERS_MAX and request_id.isascii() and request_id.isprintable()
