"""Every way to get a field of a request wrong, made from the descriptors: a new field cannot be forgotten.

What a field's type does not tell goes into valid_requests.py, and which values of it are not malformed into the tables
here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message

from tests.rpc.contract_methods import is_mutation
from tests.rpc.malformed_values import (
    WRONG_DURATIONS,
    WRONG_JSON,
    WRONG_TIMESTAMPS,
    wrong_strings,
)
from tests.rpc.mutation_cases import CASES
from tests.rpc.valid_requests import COMPANIONS, fill, owner, required, valid_request

UNKNOWN_FIELD: Final = b"\xf8\x3f\x01"
"""Field 1023 as a varint: of no message here."""

_REPEATED_MAX: Final = 1000
_REPEATED_MORE: Final = {"BulkWorkflowIds.workflow_ids": 10_000}
"""Fields that may have more values than others."""
_ANY_INTEGER: Final = frozenset({"ExportedWorkflowStatus", "ExportedOperationOutput", "ExportedEventHistory"}) | {
    "ExportedStreamEntry",
    "ExportedNotification",
}
"""Rows of DBOS's tables: whatever a column may hold."""
_ANY_LENGTH: Final = (
    frozenset({"ExportedWorkflow.descendants"})
    | {
        f"ExportedWorkflow.{table}"
        for table in ("operation_outputs", "workflow_events", "workflow_events_history", "streams", "notifications")
    }
    | {"NewWorkflow.args"}
)
"""Limited by the size of the request alone."""


@dataclass(frozen=True)
class Case:
    """A request with one thing wrong, and the path of the field that the answer must name."""

    title: str
    path: str
    request: Message


def malformed(method: MethodDescriptor) -> Iterator[Case]:
    """Yield every malformed request of a method."""
    yield from _Wrong(method, "", lambda request: request, ()).fields(method.input_type)
    if is_mutation(method):
        yield from _unknown_fields(method)


Place = Callable[[Any], Any]
"""Finds the message that has the field, within the request."""


@dataclass(frozen=True)
class _Wrong:
    """Makes the cases of the fields of one message within the request of a method."""

    method: MethodDescriptor
    prefix: str
    place: Place
    within: tuple[str, ...]
    """The kinds of the messages around it."""

    def fields(self, message: Descriptor) -> Iterator[Case]:
        for field in message.fields:
            yield from self._field(field)
        if message.name == "TimeRange":
            yield self._case("ends before it starts", "end", _reverse)

    def _case(self, title: str, path: str, change: Callable[..., object], *arguments: object) -> Case:
        request = valid_request(self.method)
        change(self.place(request), *arguments)
        return Case(title, self.prefix + path, request)

    def _values(self, field: FieldDescriptor, values: dict[str, Any]) -> Iterator[Case]:
        """Yield a case for each value of a scalar field; of a repeated one as its first, and as its second."""
        name, companions = field.name, COMPANIONS.get(_key(field), {})

        def set_single(message: Any, value: object) -> None:  # noqa: ANN401 - Any message of the contract.
            for companion, other in companions.items():
                setattr(message, companion, other)
            setattr(message, name, value)

        def set_element(message: Any, place: int, value: object) -> None:  # noqa: ANN401 - As above.
            elements = getattr(message, name)
            del elements[:]
            elements.extend(["a"] * place)
            elements.append(value)

        for title, value in values.items():
            if not field.is_repeated:
                yield self._case(title, name, set_single, value)
                continue
            yield self._case(title, f"{name}[0]", set_element, 0, value)
            if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
                yield self._case(f"{title}, second", f"{name}[1]", set_element, 1, value)

    def _field(self, field: FieldDescriptor) -> Iterator[Case]:
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            yield from self._wrong_map(field.name)
        elif field.message_type is not None:
            yield from self._wrong_message(field, field.message_type)
        elif field.type == FieldDescriptor.TYPE_STRING:
            yield from self._values(field, wrong_strings(field))
        elif field.type == FieldDescriptor.TYPE_ENUM:
            unspecified = {"unspecified": 0} if field.is_repeated or field.name in required(field) else {}
            yield from self._values(field, {"unknown": 99, "negative": -1, **unspecified})
        elif field.type in (FieldDescriptor.TYPE_INT32, FieldDescriptor.TYPE_INT64):
            bits = 32 if field.type == FieldDescriptor.TYPE_INT32 else 64
            if owner(field).name not in _ANY_INTEGER:
                yield from self._values(field, {"negative": -1, "the most negative": -(2 ** (bits - 1))})
        elif field.type == FieldDescriptor.TYPE_BOOL:
            if field.containing_oneof is not None and not field.containing_oneof.name.startswith("_"):
                yield from self._values(field, {"chosen and false": False})
        else:
            raise NotImplementedError(f"no malformed values are known for {field.full_name}")
        yield from self._wrong_number(field)

    def _wrong_number(self, field: FieldDescriptor) -> Iterator[Case]:
        """Yield what is missing, and what is too many."""
        name = field.name
        if name in required(field):
            yield self._case("missing", name, lambda message: message.ClearField(name))
        oneof = field.containing_oneof
        if oneof is not None and oneof.name in required(field) and oneof.fields[0] is field:
            yield self._case("none of them", oneof.name, lambda message: message.ClearField(name))
        if field.is_repeated and _key(field) not in _ANY_LENGTH:
            yield self._case("too many", name, lambda message: _overfill(message, field))

    def _wrong_map(self, name: str) -> Iterator[Case]:
        for title, text in {"empty": "", "whitespace only": " ", "NUL": "a\0b", "too long": "x" * 256}.items():
            yield self._case(f"key {title}", name, _put, name, text, "a")
            yield self._case(f"value {title}", f"{name}[a]", _put, name, "a", text)

    def _wrong_message(self, field: FieldDescriptor, kind: Descriptor) -> Iterator[Case]:
        path = f"{field.name}[0]" if field.is_repeated else field.name

        def here(message: Any) -> Any:  # noqa: ANN401 - Any message of the contract.
            return element(message, field)

        def set_time(message: Any, time: tuple[int, int]) -> None:  # noqa: ANN401 - As above.
            target = here(message)
            target.SetInParent()
            target.seconds, target.nanos = time

        def set_json(message: Any, change: Callable[[Any], None]) -> None:  # noqa: ANN401 - As above.
            target = here(message)
            struct = target if kind.name == "Struct" else target.struct_value
            struct.Clear()
            struct.SetInParent()
            change(struct)

        match kind.full_name:
            case "google.protobuf.Duration":
                for title, time in WRONG_DURATIONS.items():
                    yield self._case(title, path, set_time, time)
                if _key(field) not in _MAY_BE_ZERO:
                    yield self._case("zero", path, set_time, (0, 0))
            case "google.protobuf.Timestamp":
                for title, time in WRONG_TIMESTAMPS.items():
                    yield self._case(title, path, set_time, time)
            case "google.protobuf.Struct" | "google.protobuf.Value":
                for title, (inner_path, change) in WRONG_JSON.items():
                    yield self._case(title, f"{path}{inner_path}", set_json, change)
                if kind.name == "Value":
                    yield self._case("no kind", path, lambda message: _clear_value(here(message)))
            case _ if _without_places(self.prefix + field.name) in _never(self.method):
                yield self._case("not allowed here", path, lambda message: here(message).SetInParent())
            case name if name not in self.within:
                inner = _Wrong(
                    self.method,
                    f"{self.prefix}{path}.",
                    lambda request: here(self.place(request)),
                    (*self.within, name),
                )
                yield from inner.fields(kind)


_MAY_BE_ZERO: Final = frozenset(
    {
        "SetWorkflowDelayRequest.delay",
        "NewWorkflow.delay",
        "WorkflowWait.timeout",
        "AwaitWorkflowsRequest.timeout",
        "GetEventRequest.timeout",
    }
)


def element(message: Any, field: FieldDescriptor) -> Any:  # noqa: ANN401 - Any message of the contract.
    """Return the message of a field, of a repeated one the first; made, with what is required, if it is not there."""
    value = getattr(message, field.name)
    if field.is_repeated:
        if not value:
            fill(value.add())
        return value[0]
    if not message.HasField(field.name):
        value.SetInParent()
        fill(value)
    return value


def _unknown_fields(method: MethodDescriptor) -> Iterator[Case]:
    def within(message: Descriptor, prefix: str, place: Place, kinds: tuple[str, ...]) -> Iterator[Case]:
        request = valid_request(method)
        place(request).MergeFromString(UNKNOWN_FIELD)
        yield Case("unknown field", f"{prefix}1023", request)
        for field in message.fields:
            kind = field.message_type
            # The insides of JSON have no fields of ours, and those of its own kind no end.
            if kind is None or kind.GetOptions().map_entry or kind.full_name in kinds or _is_json(message):
                continue
            if _without_places(prefix + field.name) in _never(method):
                continue
            path = f"{prefix}{field.name}[0]." if field.is_repeated else f"{prefix}{field.name}."
            yield from within(kind, path, _inside(place, field), (*kinds, kind.full_name))

    yield from within(method.input_type, "", lambda request: request, ())


def _inside(place: Place, field: FieldDescriptor) -> Place:
    return lambda request: element(place(request), field)


def _is_json(message: Descriptor) -> bool:
    return message.full_name in ("google.protobuf.Struct", "google.protobuf.Value")


def _never(method: MethodDescriptor) -> frozenset[str]:
    """Return the messages that a request of the method must not have."""
    return CASES[method.name].never if is_mutation(method) else frozenset()


def _without_places(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)


def _key(field: FieldDescriptor) -> str:
    return f"{owner(field).name}.{field.name}"


def _overfill(message: Any, field: FieldDescriptor) -> None:  # noqa: ANN401 - Any message of the contract.
    elements = getattr(message, field.name)
    most = _REPEATED_MORE.get(_key(field), _REPEATED_MAX)
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        elements.update({str(n): "a" for n in range(most + 1)})
    elif field.message_type is not None:
        while len(elements) <= most:
            fill(elements.add(), str(len(elements)))
    else:
        del elements[:]
        elements.extend(str(n) if field.cpp_type == FieldDescriptor.CPPTYPE_STRING else 1 for n in range(most + 1))


def _put(message: Any, name: str, key: str, value: str) -> None:  # noqa: ANN401 - Any message of the contract.
    getattr(message, name)[key] = value


def _clear_value(value: Message) -> None:
    value.Clear()
    value.SetInParent()


def _reverse(time_range: Any) -> None:  # noqa: ANN401 - The type of the stubs is not at hand here.
    time_range.start.seconds = 2
    time_range.end.seconds = 1
