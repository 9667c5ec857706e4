"""Every mutation of the contract, found in its descriptors, and requests of each that succeed, fail or differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.descriptor_pb2 import MethodOptions
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from tests.differential.seeds import family
from tests.fixtures.rpc_server import METHODS, RunningServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.types_pb2 import Idempotency, Workflow

HOW_TO_EXECUTE: Final = frozenset({"request_key", "request_ttl", "validate_only"})
"""Fields that say how to execute a mutation, not what: they are no parameters of it."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One RPC that mutates, and a request of it that has an effect on a PENDING workflow with a past and children."""

    method: MethodDescriptor
    parameters: Mapping[str, object]

    @property
    def action(self) -> str:
        """The name of the RPC, as the journal has it."""
        return self.method.name

    @property
    def response_type(self) -> type[Message]:
        return GetMessageClass(self.method.output_type)

    @property
    def fields(self) -> list[FieldDescriptor]:
        """The fields that are parameters, but for the workflow's id."""
        return [
            field
            for field in self.method.input_type.fields
            if field.name not in HOW_TO_EXECUTE and field.name != "workflow_id"
        ]

    def request(self, workflow_id: str, request_key: str, **fields: object) -> Message:
        """Returns the request for this workflow, with further fields."""
        message_type: Any = GetMessageClass(self.method.input_type)
        request: Message = message_type(
            workflow_id=workflow_id, request_key=request_key, **{**self.parameters, **fields}
        )
        return request

    def variant(self, field: FieldDescriptor, request: Message) -> Message:
        """Returns the request with another, valid value of that field."""
        other = type(request)()
        other.CopyFrom(request)
        self._change(field, other)
        return other

    def _change(self, field: FieldDescriptor, other: Any) -> None:  # noqa: ANN401 - Its fields are known by name only.
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            getattr(other, field.name)["another"] = "child"
        elif field.message_type is not None and field.message_type.full_name == Duration.DESCRIPTOR.full_name:
            getattr(other, field.name).CopyFrom(Duration(seconds=77))
        elif field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
            setattr(other, field.name, not getattr(other, field.name))
        elif field.cpp_type == FieldDescriptor.CPPTYPE_INT32:
            setattr(other, field.name, getattr(other, field.name) + 1)
        elif field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
            setattr(other, field.name, "another")
        else:
            raise NotImplementedError(f"say what another value of {field.full_name} is")

    def __str__(self) -> str:
        return self.action


_PARAMETERS: Final[Mapping[str, Mapping[str, object]]] = {
    "CancelWorkflow": {"cascade": True},
    "ResumeWorkflow": {},
    "ForkWorkflow": {"start_step": 3},
}


def _mutations() -> Iterator[Mutation]:
    for method in METHODS.values():
        if method.GetOptions().idempotency_level == MethodOptions.IDEMPOTENT:
            # A KeyError here: the contract has a mutation that no test knows. Add its parameters above.
            yield Mutation(method, _PARAMETERS[method.name])


MUTATIONS: Final = tuple(_mutations())


def seed_workflow(server: RunningServer, state: WorkflowState = WorkflowState.PENDING) -> str:
    """Returns the id of a new workflow in that state, with a past, children and a grandchild."""
    workflow_id = fresh("order")
    server.seed(family(workflow_id, state))
    return workflow_id


def execute_once(server: RunningServer, mutation: Mutation) -> tuple[str, str, bytes]:
    """Executes the mutation on a new workflow; returns the workflow's id, the key and the response's bytes."""
    workflow_id, key = seed_workflow(server), fresh("key")
    reply = server.call(mutation.request(workflow_id, key))
    assert not idempotency_of(reply.read(mutation.response_type)).replayed
    return workflow_id, key, reply.body


def delete_workflow(server: RunningServer, workflow_id: str) -> None:
    """Deletes a workflow, its relatives and its forks."""
    for table in ("operation_outputs", "workflow_status"):  # Newer schemas have no foreign key between them.
        server.execute(f"DELETE FROM dbos.{table} WHERE starts_with(workflow_uuid, %s)", workflow_id)
    server.execute("DELETE FROM dbos.workflow_status WHERE forked_from = %s", workflow_id)


def idempotency_of(response: Message) -> Idempotency:
    """Returns what a mutation's response says of its key."""
    idempotency: Idempotency = response.idempotency  # type: ignore[attr-defined]  # Every mutation's response has it.
    return idempotency


def without_idempotency(response: Message) -> Message:
    """Returns the response as it is stored."""
    stored = type(response)()
    stored.CopyFrom(response)
    stored.ClearField("idempotency")
    return stored


def without_now(response: Message) -> Message:
    """Returns the response with the times at which it was made, and what became of its key, taken out.

    Whether a time is set stays to be seen.
    """
    masked = without_idempotency(response)
    workflow: Workflow = masked.workflow  # type: ignore[attr-defined]  # Every mutation's response has it.
    for time in (workflow.create_time, workflow.update_time, workflow.complete_time):
        if time.seconds > _BEFORE_THE_TESTS_S:
            time.FromSeconds(_BEFORE_THE_TESTS_S)
    return masked


_BEFORE_THE_TESTS_S: Final = 1_750_000_000
"""June 2025: rows of the tests are older, and what they do is newer."""
