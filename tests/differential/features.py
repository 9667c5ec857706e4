"""What can be asked of the server: every RPC of the contract, and options that not every DBOS schema has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.struct_pb2 import Struct, Value
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.seeds import workflow
from tests.fixtures.rpc_server import RunningServer, fresh
from tests.rpc.contract_methods import CONTRACT, is_mutation
from tests.rpc.mutations import MUTATIONS, Mutation, execute_once, seed_subject, seed_workflow
from tests.rpc.valid_requests import valid_request
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import workflow_control_pb2 as messages
from workflowcontrol.v1.server_control_pb2 import CancelOverdueWorkflowsRequest, GetRequestRequest
from workflowcontrol.v1.types_pb2 import WORKFLOW_STATE_ERROR, TimeRange, WorkflowFilter
from workflowcontrol.v1.workflow_messages_pb2 import SendMessageRequest
from workflowcontrol.v1.workflow_start_pb2 import Debounce, NewWorkflow, StartWorkflowRequest

_BY_ACTION: Final = {mutation.action: mutation for mutation in MUTATIONS}


@dataclass(frozen=True, slots=True)
class Feature:
    """An RPC, or one of its options, and how to ask for it."""

    rpc: str
    option: str
    """Empty: the RPC itself."""
    request: Callable[[RunningServer], Message]
    """Makes a request that succeeds where the schema can, and the rows that it needs."""

    def __str__(self) -> str:
        return f"{self.rpc}.{self.option}" if self.option else self.rpc


def _mutation(mutation: Mutation) -> Feature:
    def request(server: RunningServer) -> Message:
        state = mutation.case.state
        return mutation.request(seed_subject(server, mutation, state), fresh("key"))

    return Feature(mutation.action, "", request)


def _read(name: str) -> Feature:
    method = CONTRACT[f"workflowcontrol.v1.{_SERVICES[name]}.{name}"]

    def request(server: RunningServer) -> Message:
        if name == "GetRequest":
            return GetRequestRequest(request_key=execute_once(server, _BY_ACTION["CancelWorkflow"])[1])
        message: Any = valid_request(method)
        if "workflow_id" in method.input_type.fields_by_name:
            message.workflow_id = seed_workflow(server)
        if "queue_name" in method.input_type.fields_by_name:
            message.queue_name = fresh("queue")
            server.seed(workflow(fresh("order"), WorkflowState.ENQUEUED, queue_name=message.queue_name))
        if "schedule_name" in method.input_type.fields_by_name:
            message.schedule_name = seed_subject(server, _BY_ACTION["PauseSchedule"])
        if "operation_id" in method.input_type.fields_by_name:
            message.operation_id = seed_subject(server, _BY_ACTION["StopBulkOperation"])
        if name == "GetLatestApplicationVersion":
            seed_subject(server, _BY_ACTION["SetLatestApplicationVersion"])
        if name in _KEYS:
            message.key = _KEYS[name]
        return message  # type: ignore[no-any-return]  # Its type is known by name only.

    return Feature(name, "", request)


_KEYS: Final = {"GetEvent": "progress", "ReadStream": "log"}
"""What `seeds.past` gives to every workflow."""
_SERVICES: Final = {method.name: method.containing_service.name for method in CONTRACT.values()}


def _start(option: str, **fields: Any) -> Feature:  # noqa: ANN401 - The fields of NewWorkflow.
    def request(server: RunningServer) -> Message:
        new = NewWorkflow(workflow_name="order", workflow_id=fresh("new"), **fields)
        return StartWorkflowRequest(request_key=fresh("key"), workflow=new)

    return Feature("StartWorkflow", option, request)


def _list(option: str, **conditions: Any) -> Feature:  # noqa: ANN401 - The fields of WorkflowFilter.
    return Feature(
        "ListWorkflows", option, lambda _: messages.ListWorkflowsRequest(filter=WorkflowFilter(**conditions))
    )


def _send_portable(server: RunningServer) -> Message:
    return SendMessageRequest(
        request_key=fresh("key"), destination_id=seed_workflow(server), message=Value(string_value="paid")
    )


def _attributes() -> Struct:
    attributes = Struct()
    attributes.update({"colour": "red"})
    return attributes


_PAST: Final = TimeRange(end=Timestamp(seconds=1_900_000_000))
_NATIVE: Final = {"python_native": True}

_OPTIONS: Final = (
    _list("attributes", attributes=_attributes()),
    _list("completed", completed=_PAST),
    _list("schedule_names", schedule_names=["nightly"]),
    _list("was_forked_from", was_forked_from=True),
    _list("application_names", application_names=["shop"]),
    _list("states", states=[WORKFLOW_STATE_ERROR]),
    _start("args (portable)", args=[Value(string_value="book")]),
    _start("delay", delay=Duration(seconds=60), **_NATIVE),
    _start("attributes", attributes=_attributes(), **_NATIVE),
    _start("application_name", application_name="shop", **_NATIVE),
    _start("debounce", debounce=Debounce(key="key", period=Duration(seconds=1)), **_NATIVE),
    _start("deduplication_id", deduplication_id="order-7", **_NATIVE),
    Feature("SendMessage", "message (portable)", _send_portable),
    Feature(
        "CancelOverdueWorkflows",
        "application_names",
        lambda _: CancelOverdueWorkflowsRequest(
            request_key=fresh("key"), cutoff_time=Timestamp(), application_names=["shop"]
        ),
    ),
)

FEATURES: Final[Sequence[Feature]] = tuple(
    sorted(
        (
            *map(_mutation, MUTATIONS),
            *(_read(method.name) for method in CONTRACT.values() if not is_mutation(method)),
            *_OPTIONS,
        ),
        key=lambda feature: (list(_SERVICES).index(feature.rpc), feature.option),
    )
)
"""In the order of the contract."""
