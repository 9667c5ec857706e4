"""Reflection, as grpcurl and other tools use it."""

from __future__ import annotations

from collections.abc import Iterable

import grpc
import grpc.aio
import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_reflection.v1alpha.reflection_pb2 import ServerReflectionRequest, ServerReflectionResponse

from tests.fixtures.rpc_errors import read_refusal
from tests.fixtures.scripted_data import ServedData, serve_data
from workflow_control.settings import Settings

V1 = "grpc.reflection.v1.ServerReflection"
V1ALPHA = "grpc.reflection.v1alpha.ServerReflection"
VERSIONS = pytest.mark.parametrize("version", [V1, V1ALPHA])


async def ask(served: ServedData, version: str, *requests: ServerReflectionRequest) -> list[ServerReflectionResponse]:
    """Return the answers; the messages of both versions are the same on the wire."""
    method = served.channel.stream_stream(
        f"/{version}/ServerReflectionInfo",
        request_serializer=ServerReflectionRequest.SerializeToString,
        response_deserializer=ServerReflectionResponse.FromString,
    )
    return [response async for response in method(iter(requests), timeout=5)]


def pool_of(files: Iterable[bytes]) -> DescriptorPool:
    """Return a pool of serialized files, added after what they import."""
    pool = DescriptorPool()
    waiting = {file.name: file for file in map(FileDescriptorProto.FromString, files)}
    while waiting:
        ready = [file for file in waiting.values() if not waiting.keys() & set(file.dependency)]
        assert ready
        for file in ready:
            pool.AddSerializedFile(waiting.pop(file.name).SerializeToString())
    return pool


@VERSIONS
async def test_services_are_listed(served: ServedData, version: str) -> None:
    [response] = await ask(served, version, ServerReflectionRequest(list_services=""))
    names = {service.name for service in response.list_services_response.service}
    assert names == {
        "workflowcontrol.v1.WorkflowControl",
        "workflowcontrol.v1.BulkControl",
        "workflowcontrol.v1.QueueControl",
        "workflowcontrol.v1.ScheduleControl",
        "workflowcontrol.v1.ServerControl",
        "grpc.health.v1.Health",
        V1,
        V1ALPHA,
    }


@VERSIONS
async def test_every_listed_service_is_described(served: ServedData, version: str) -> None:
    [listed] = await ask(served, version, ServerReflectionRequest(list_services=""))
    for service in listed.list_services_response.service:
        [response] = await ask(served, version, ServerReflectionRequest(file_containing_symbol=service.name))
        pool = pool_of(response.file_descriptor_response.file_descriptor_proto)
        assert pool.FindServiceByName(service.name).methods


@VERSIONS
async def test_error_details_are_described(served: ServedData, version: str) -> None:
    """A tool that shows an error's details asks for them by name."""
    for symbol in ("google.rpc.ErrorInfo", "google.rpc.BadRequest", "workflowcontrol.v1.ErrorReason"):
        [response] = await ask(served, version, ServerReflectionRequest(file_containing_symbol=symbol))
        assert response.WhichOneof("message_response") == "file_descriptor_response", symbol


async def test_v1_is_described_as_v1(served: ServedData) -> None:
    [response] = await ask(served, V1, ServerReflectionRequest(file_by_filename="grpc/reflection/v1/reflection.proto"))
    [file] = map(FileDescriptorProto.FromString, response.file_descriptor_response.file_descriptor_proto)
    assert file.package == "grpc.reflection.v1"
    assert "v1alpha" not in str(file)
    assert not file.options.deprecated


async def test_unknown_symbols_are_not_found(served: ServedData) -> None:
    [response] = await ask(served, V1, ServerReflectionRequest(file_containing_symbol="workflowcontrol.v1.Nothing"))
    assert response.error_response.error_code == grpc.StatusCode.NOT_FOUND.value[0]


async def test_malformed_requests_are_invalid(served: ServedData) -> None:
    method: grpc.aio.StreamStreamMultiCallable[bytes, bytes] = served.channel.stream_stream(
        f"/{V1}/ServerReflectionInfo"
    )
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        [response async for response in method(iter([b"\xff\xff\xff"]), timeout=5)]
    assert read_refusal(caught.value).reason == "INVALID_REQUEST"  # type: ignore[arg-type]  # It has all that a Call has.


@VERSIONS
async def test_it_can_be_switched_off(version: str) -> None:
    async with serve_data(settings=Settings(reflection=False)) as served:
        # Without a request: gRPC's client says INTERNAL when the refusal is there before it has written one.
        call: grpc.aio.StreamStreamCall[bytes, bytes] = served.channel.stream_stream(
            f"/{version}/ServerReflectionInfo"
        )(timeout=5)
        assert await call.code() is grpc.StatusCode.UNIMPLEMENTED
