"""gRPC reflection, v1 and v1alpha.

The library serves v1alpha only. The messages of v1 are the same on the wire, so its servicer serves both names; the
file that describes v1 is made from v1alpha's, so that tools which ask reflection about reflection get an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import grpc
import grpc.aio
from google.protobuf import descriptor_pool, text_format
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from grpc_reflection.v1alpha import reflection_pb2
from grpc_reflection.v1alpha.reflection import aio as reflection

from workflow_control.rpc.interceptors.chain import Interceptor, register_handlers
from workflowcontrol.v1 import error_reason_pb2  # noqa: F401 - Described as well, though no message refers to it.

V1: Final = "grpc.reflection.v1.ServerReflection"
V1ALPHA: Final = "grpc.reflection.v1alpha.ServerReflection"
_V1_FILE: Final = "grpc/reflection/v1/reflection.proto"


def register_reflection(server: grpc.aio.Server, services: Iterable[str], interceptors: Sequence[Interceptor]) -> None:
    """Serve reflection on `services` and on itself."""
    _describe_v1()
    servicer = reflection.ReflectionServicer([*services, V1, V1ALPHA])
    handler: grpc.RpcMethodHandler[Any, Any] = grpc.stream_stream_rpc_method_handler(
        servicer.ServerReflectionInfo,
        reflection_pb2.ServerReflectionRequest.FromString,
        reflection_pb2.ServerReflectionResponse.SerializeToString,
    )
    for service in (V1, V1ALPHA):
        register_handlers(server, service, {"ServerReflectionInfo": handler}, interceptors)


def _describe_v1() -> None:
    """Add v1's file to the descriptor pool, unless it is there: another library may have brought it."""
    pool = descriptor_pool.Default()
    try:
        pool.FindFileByName(_V1_FILE)
    except KeyError:
        text = text_format.MessageToString(FileDescriptorProto.FromString(reflection_pb2.DESCRIPTOR.serialized_pb))
        file = text_format.Parse(text.replace("v1alpha", "v1"), FileDescriptorProto())
        file.name = _V1_FILE
        file.options.ClearField("deprecated")  # That is v1alpha.
        pool.AddSerializedFile(file.SerializeToString())
