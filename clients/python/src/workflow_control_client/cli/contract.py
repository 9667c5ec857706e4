"""The command contract: what reflection tells, as a file, for servers whose reflection is off."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import BinaryIO, cast

import click
from google.protobuf.descriptor import FileDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.rpc import error_details_pb2
from grpc_health.v1 import health_pb2

import workflowcontrol.v1


@click.command()
@click.argument("file", type=click.File("wb", lazy=True))
def contract(file: BinaryIO) -> None:
    """Write the contract to a file as a descriptor set: what grpcurl -protoset needs where reflection is off."""
    file.write(descriptor_set().SerializeToString(deterministic=True))


def descriptor_set() -> FileDescriptorSet:
    """Return all files of the contract, of the health service and of the details of errors, each after its imports."""
    files: dict[str, FileDescriptor] = {}
    for root in _roots():
        _add(root, files)
    descriptors = FileDescriptorSet()
    for file in files.values():
        file.CopyToProto(descriptors.file.add())
    return descriptors


def _roots() -> Iterator[FileDescriptor]:
    for module in pkgutil.iter_modules(workflowcontrol.v1.__path__):
        if module.name.endswith("_pb2"):
            yield importlib.import_module(f"{workflowcontrol.v1.__name__}.{module.name}").DESCRIPTOR
    yield cast("FileDescriptor", health_pb2.DESCRIPTOR)  # Typed as that of another implementation of protobuf.
    yield error_details_pb2.DESCRIPTOR


def _add(file: FileDescriptor, files: dict[str, FileDescriptor]) -> None:
    if file.name not in files:
        for imported in file.dependencies:
            _add(imported, files)
        files[file.name] = file
