"""A server of the same grpc.aio stack as ours that does nothing: `python -m benchmarks.floor_server PORT`."""

from __future__ import annotations

import sys
from typing import Any

import grpc
import grpc.aio
import uvloop
from google.protobuf.empty_pb2 import Empty


async def _empty(request: Empty, context: grpc.aio.ServicerContext[Empty, Empty]) -> Empty:
    return Empty()


async def serve(port: int) -> None:
    """Serve `benchmarks.Floor` on localhost until the process is ended."""
    server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
    handler: grpc.RpcMethodHandler[Any, Any] = grpc.unary_unary_rpc_method_handler(
        _empty, Empty.FromString, Empty.SerializeToString
    )
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler("benchmarks.Floor", {"Empty": handler}),))
    server.add_insecure_port(f"127.0.0.1:{port}")
    await server.start()
    await server.wait_for_termination()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
