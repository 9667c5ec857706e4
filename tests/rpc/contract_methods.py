"""The RPCs of the contract, from its descriptors: those that the server has, and those that mutate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pb2 import MethodOptions

from tests.fixtures.scripted_server import SERVICES
from workflow_control.rpc.bulk_control_service import BulkControlServicer
from workflow_control.rpc.queue_control_service import QueueControlServicer
from workflow_control.rpc.schedule_control_service import ScheduleControlServicer
from workflow_control.rpc.server_control_service import ServerControlServicer
from workflow_control.rpc.workflow_control_service import WorkflowControlServicer
from workflowcontrol.v1 import (
    bulk_control_pb2_grpc,
    queue_control_pb2_grpc,
    schedule_control_pb2_grpc,
    server_control_pb2_grpc,
    workflow_control_pb2_grpc,
)

_SERVICERS: Final[Mapping[str, tuple[type, type]]] = {
    "WorkflowControl": (WorkflowControlServicer, workflow_control_pb2_grpc.WorkflowControlServicer),
    "BulkControl": (BulkControlServicer, bulk_control_pb2_grpc.BulkControlServicer),
    "QueueControl": (QueueControlServicer, queue_control_pb2_grpc.QueueControlServicer),
    "ScheduleControl": (ScheduleControlServicer, schedule_control_pb2_grpc.ScheduleControlServicer),
    "ServerControl": (ServerControlServicer, server_control_pb2_grpc.ServerControlServicer),
}
"""Each service's servicer, and the generated base, which answers UNIMPLEMENTED."""

CONTRACT: Final[Mapping[str, MethodDescriptor]] = {
    method.full_name: method for service in SERVICES for method in service.methods
}
"""Every RPC of the contract, by its full name."""


def is_implemented(method: MethodDescriptor) -> bool:
    """Tell whether the server has the method, or leaves it to the generated base."""
    servicer, base = _SERVICERS[method.containing_service.name]
    return getattr(servicer, method.name) is not getattr(base, method.name)


def is_mutation(method: MethodDescriptor) -> bool:
    """Tell whether the method mutates: the contract says so by its idempotency level."""
    return method.GetOptions().idempotency_level == MethodOptions.IDEMPOTENT


IMPLEMENTED: Final[Mapping[str, MethodDescriptor]] = {
    name: method for name, method in CONTRACT.items() if is_implemented(method)
}
"""Those that the server has. A test sees to it that these are all."""
