"""Every mutation of the contract, found in its descriptors, and requests of each that succeed, fail or differ.

What the tests need to know of a new one goes into mutation_cases.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.seeds import Rows, family
from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.rpc_server import RunningServer, fresh
from tests.rpc.contract_methods import IMPLEMENTED, is_mutation
from tests.rpc.mutation_cases import ALL_STATES, CASES, MutationCase
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.types_pb2 import Idempotency

HOW_TO_EXECUTE: Final = frozenset({"request_key", "request_ttl", "validate_only"})
"""Fields that say how to execute a mutation, not what: they are no parameters of it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A field of a request, or of a message within it, of a repeated one its first."""

    fields: tuple[FieldDescriptor, ...]

    @property
    def path(self) -> str:
        return ".".join(field.name for field in self.fields)

    def holder(self, request: Message) -> Any:  # noqa: ANN401 - Its fields are known by name only.
        """Returns the message that has the field, made where it is not there."""
        message: Any = request
        for field in self.fields[:-1]:
            message = getattr(message, field.name)
            if field.is_repeated:
                message = message[0] if message else message.add()
        return message

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class Mutation:
    """One RPC that mutates."""

    method: MethodDescriptor
    case: MutationCase

    @property
    def action(self) -> str:
        """The name of the RPC, as the journal has it."""
        return self.method.name

    @property
    def response_type(self) -> type[Message]:
        return GetMessageClass(self.method.output_type)

    @property
    def parameters(self) -> list[Parameter]:
        """What a key's second request may not change, but for the subject."""
        return [
            each
            for each in _parameters(self.method.input_type)
            if each.path != self.case.subject and each.path.rpartition(".")[0] not in self.case.never
        ]

    def supports(self, release: DbosRelease) -> bool:
        return release >= self.case.since

    def succeeds_in(self, state: WorkflowState) -> bool:
        return state in self.case.states

    @property
    def any_state(self) -> bool:
        """Whether no state is forbidden, not even one of the future."""
        return self.case.states == ALL_STATES

    def journal_id(self, subject: str) -> str:
        """Returns the workflow that the journal names."""
        return subject if self.case.names_workflow else ""

    def request(self, subject: str, request_key: str, **fields: object) -> Message:
        """Returns the request that succeeds for this subject, with further fields, also in the subject's place."""
        message_type: Any = GetMessageClass(self.method.input_type)
        request: Message = message_type(request_key=request_key, **{**self.case.parameters, **fields})
        for parameter in _parameters(self.method.input_type):
            if parameter.path in fields or parameter.path not in (self.case.subject, self.case.also_subject):
                continue
            holder, field = parameter.holder(request), parameter.fields[-1]
            if field.is_repeated:
                getattr(holder, field.name).append(subject)
            else:
                setattr(holder, field.name, subject)
        return request

    def foretold(self, preview: Message) -> Message:
        """Returns what a preview says of the response, without what only previews have."""
        told = type(preview)()
        told.CopyFrom(preview)
        for field in self.case.foretells:
            told.ClearField(field)
        return told

    def variant(self, parameter: Parameter, request: Message) -> Message:
        """Returns the request with another, valid value of that parameter."""
        other = type(request)()
        other.CopyFrom(request)
        holder = parameter.holder(other)
        if (change := self.case.others.get(parameter.path)) is not None:
            change(holder)
        else:
            _change(holder, parameter.fields[-1])
        assert other != request, f"no other value of {parameter}"
        return other

    def __str__(self) -> str:
        return self.action


def _parameters(message: Descriptor, before: tuple[FieldDescriptor, ...] = ()) -> Iterator[Parameter]:
    within = {field.message_type.full_name for field in before if field.message_type is not None}
    for field in message.fields:
        if not before and field.name in HOW_TO_EXECUTE:
            continue
        path = (*before, field)
        inner = field.message_type
        # A message within its own kind is one parameter: there is no end to it.
        if inner is not None and _is_ours(inner) and inner.full_name not in within:
            yield from _parameters(inner, path)
        else:
            yield Parameter(path)


def _is_ours(message: Descriptor) -> bool:
    return message.full_name.startswith("workflowcontrol.") and not message.GetOptions().map_entry


def _change(message: Any, field: FieldDescriptor) -> None:  # noqa: ANN401 - Its fields are known by name only.
    name, kind = field.name, field.message_type
    if kind is not None and kind.GetOptions().map_entry:
        getattr(message, name)["another"] = "child"
    elif kind is not None:
        target = getattr(message, name).add() if field.is_repeated else getattr(message, name)
        _change_known_message(target, kind)
    elif field.is_repeated:
        getattr(message, name).append("another")
    elif field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
        setattr(message, name, not getattr(message, name))
    elif field.cpp_type in (FieldDescriptor.CPPTYPE_INT32, FieldDescriptor.CPPTYPE_INT64):
        setattr(message, name, getattr(message, name) + 1)
    elif field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        setattr(message, name, "another")
    elif field.enum_type is not None:
        numbers = [value.number for value in field.enum_type.values if value.number not in (0, getattr(message, name))]
        setattr(message, name, numbers[0])
    else:
        raise NotImplementedError(f"say what another value of {field.full_name} is")


def _change_known_message(target: Any, kind: Descriptor) -> None:  # noqa: ANN401 - As above.
    match kind.full_name:
        case "google.protobuf.Duration":
            target.FromSeconds(77)
        case "google.protobuf.Timestamp":
            target.FromSeconds(1_900_000_000)
        case "google.protobuf.Struct":
            target.update({"another": "member"})
        case "google.protobuf.Value":
            target.string_value = "another"
        case name:
            raise NotImplementedError(f"say what another {name} is")


MUTATIONS: Final = tuple(
    # A KeyError here: the server has a mutation that no test knows. Add it to CASES.
    Mutation(method, CASES[method.name])
    for method in IMPLEMENTED.values()
    if is_mutation(method)
)


def seed_subject(server: RunningServer, mutation: Mutation, state: WorkflowState | None = None) -> str:
    """Returns a new id that the mutation can work on: of a workflow with a past and a family, unless it creates it."""
    if mutation.case.creates:
        return fresh("new")
    subject = fresh("order")
    server.seed(mutation.case.rows(subject, state or mutation.case.state))
    return subject


def seed_workflow(server: RunningServer, state: WorkflowState = WorkflowState.PENDING) -> str:
    """Returns the id of a new workflow in that state, with a past, children and a grandchild."""
    workflow_id = fresh("order")
    server.seed(family(workflow_id, state))
    return workflow_id


def failing_subject(server: RunningServer, mutation: Mutation) -> str:
    """Returns a new id for which the mutation fails, and its key keeps that."""
    subject = fresh("missing")
    if mutation.case.creates:
        server.seed(mutation.case.rows(subject, mutation.case.state))
    return subject


def make_succeed(server: RunningServer, mutation: Mutation, subject: str) -> None:
    """Takes away what the mutation failed for."""
    if mutation.case.creates:
        delete_workflow(server, subject)
        if server.execute("SELECT FROM pg_tables WHERE schemaname = 'dbos' AND tablename = 'workflow_schedules'"):
            server.execute("DELETE FROM dbos.workflow_schedules WHERE schedule_name = %s", subject)
    else:
        server.seed(mutation.case.rows(subject, mutation.case.state))


def execute_once(server: RunningServer, mutation: Mutation) -> tuple[str, str, bytes]:
    """Executes the mutation on a new subject; returns that, the key and the response's bytes."""
    subject, key = seed_subject(server, mutation), fresh("key")
    reply = server.call(mutation.request(subject, key))
    assert not idempotency_of(reply.read(mutation.response_type)).replayed
    return subject, key, reply.body


def delete_workflow(server: RunningServer, workflow_id: str) -> None:
    """Deletes a workflow, its relatives and its forks."""
    rows: Rows = family(workflow_id, WorkflowState.SUCCESS)
    existing = {row["tablename"] for row in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'dbos'")}
    for table in sorted(existing & rows.by_table.keys()):
        column = "destination_uuid" if table == "notifications" else "workflow_uuid"
        server.execute(f"DELETE FROM dbos.{table} WHERE starts_with({column}, %s)", workflow_id)
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
    _mask_now(masked)
    return masked


def _mask_now(message: Message) -> None:
    if isinstance(message, Timestamp):
        if message.seconds > _BEFORE_THE_TESTS_S:
            message.FromSeconds(_BEFORE_THE_TESTS_S)
        return
    for field, value in message.ListFields():
        if field.message_type is not None and _is_ours_or_time(field.message_type):
            for inner in value if field.is_repeated else [value]:
                _mask_now(inner)
        elif field.name == "workflow_id" and _TRIGGERED in value:
            # Such an id is the time of the trigger.
            setattr(message, field.name, value.partition(_TRIGGERED)[0])


def _is_ours_or_time(message: Descriptor) -> bool:
    return _is_ours(message) or message.full_name == Timestamp.DESCRIPTOR.full_name


_TRIGGERED: Final = "-trigger-"

_BEFORE_THE_TESTS_S: Final = 1_750_000_000
"""June 2025: rows of the tests are older, and what they do is newer."""
