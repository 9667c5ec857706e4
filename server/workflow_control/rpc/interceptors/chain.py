"""Composes interceptors around each handler once, when it is registered.

gRPC's own interceptors are asked for every call anew, and build a handler each time; for a call of 160 µs that is felt.
Composed like this a layer costs one more coroutine.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol, cast

import grpc
import grpc.aio

Context = grpc.aio.ServicerContext[Any, Any]
UnaryHandler = Callable[[object, Context], Awaitable[object]]
"""Takes a request, or an iterator of them, and returns the response."""
StreamHandler = Callable[[object, Context], AsyncGenerator[object, None]]
"""Likewise, and yields responses."""


class Interceptor(Protocol):
    """One concern around every call. `method` is the full name of the RPC, without the leading slash."""

    def unary(self, method: str, handler: UnaryHandler) -> UnaryHandler:
        """Return a handler that does something around `handler`."""
        ...

    def stream(self, method: str, handler: StreamHandler) -> StreamHandler:
        """Likewise, for responses that are streamed."""
        ...


class MalformedRequest:
    """Stands for a request whose bytes are not a message: gRPC would answer UNKNOWN, with the parser's text."""

    def __init__(self, message_name: str) -> None:
        self.message_name = message_name


Registration = Callable[[Any, grpc.aio.Server], None]
"""One of the generated `add_XServicer_to_server`."""


def register(server: grpc.aio.Server, add: Registration, servicer: object, interceptors: Sequence[Interceptor]) -> None:
    """Register a servicer whose every method runs within `interceptors`, the first one outermost.

    A method that it leaves to its generated base is not registered: gRPC itself answers UNIMPLEMENTED then.
    """
    recorder = _Recorder()
    # The generated function calls nothing of the server but the two methods that the recorder has.
    add(servicer, cast("grpc.aio.Server", recorder))
    for service, handlers in recorder.handlers.items():
        written = {name: handler for name, handler in handlers.items() if not _is_generated(servicer, name)}
        register_handlers(server, service, written, interceptors)


def register_handlers(
    server: grpc.aio.Server,
    service: str,
    handlers: Mapping[str, grpc.RpcMethodHandler[Any, Any]],
    interceptors: Sequence[Interceptor],
) -> None:
    """Register handlers by name of method, each within `interceptors`, the first one outermost."""
    intercepted = {name: _intercept(f"{service}/{name}", handler, interceptors) for name, handler in handlers.items()}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, intercepted),))


class _Recorder:
    """Takes the place of a server, and keeps what a generated function registers."""

    def __init__(self) -> None:
        self.handlers: dict[str, Mapping[str, grpc.RpcMethodHandler[Any, Any]]] = {}

    def add_generic_rpc_handlers(self, handlers: object) -> None:
        """The same handlers come again, by name, through the other method."""

    def add_registered_method_handlers(
        self, service: str, handlers: Mapping[str, grpc.RpcMethodHandler[Any, Any]]
    ) -> None:
        """Keep the handlers of a service."""
        self.handlers[service] = handlers


def _is_generated(servicer: object, method: str) -> bool:
    """Tell whether the method is the generated base's, which is no coroutine function."""
    module: str = getattr(servicer, method).__module__
    return module.endswith("_pb2_grpc")


def _intercept(
    method: str, handler: grpc.RpcMethodHandler[Any, Any], interceptors: Sequence[Interceptor]
) -> grpc.RpcMethodHandler[Any, Any]:
    deserializer = _tolerant(method, handler.request_deserializer)
    if handler.response_streaming:
        stream: Any = handler.stream_stream if handler.request_streaming else handler.unary_stream
        if not inspect.isasyncgenfunction(stream):
            raise TypeError(f"{method} must be an async generator")
        for interceptor in reversed(interceptors):
            stream = interceptor.stream(method, stream)
        make = (
            grpc.stream_stream_rpc_method_handler if handler.request_streaming else grpc.unary_stream_rpc_method_handler
        )
        return make(stream, deserializer, handler.response_serializer)
    unary: Any = handler.stream_unary if handler.request_streaming else handler.unary_unary
    if not inspect.iscoroutinefunction(unary):
        raise TypeError(f"{method} must be a coroutine function")
    for interceptor in reversed(interceptors):
        unary = interceptor.unary(method, unary)
    make = grpc.stream_unary_rpc_method_handler if handler.request_streaming else grpc.unary_unary_rpc_method_handler
    return make(unary, deserializer, handler.response_serializer)


def _tolerant(method: str, deserialize: Callable[[bytes], object] | None) -> Callable[[bytes], object]:
    if deserialize is None:
        raise TypeError(f"{method} has no deserializer")
    malformed = MalformedRequest(f"{method.rpartition('/')[2]}Request")

    def read(data: bytes) -> object:
        try:
            return deserialize(data)
        except Exception:  # Whatever the parser raises, the bytes are not what they should be.
            return malformed

    return read
