"""The canonical form of a request: the same for every way to write it on the wire, another for every other meaning.

Fields go by number, so that renaming one changes nothing. A field without presence is dropped when it has its default;
one with presence (`optional`, a member of a oneof, a message) is kept whenever it is set, but for those whose default
means the same as nothing. Maps are sorted by key. The
JSON well-known types become the JSON value that they mean, in which numbers are doubles. Each message type is examined
once, and read by a few attribute accesses later.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.struct_pb2 import ListValue, Struct, Value

from workflow_control.idempotency.fingerprint import CanonicalFields, CanonicalValue

NOT_PARAMETERS: Final = frozenset({"request_key", "request_ttl", "validate_only"})
"""Fields of every mutation that say how to execute it, not what."""

_DEFAULT_IS_UNSET: Final = frozenset({"workflowcontrol.v1.ForkWorkflowRequest.start_step"})
"""Fields with presence of which the contract says that their default is what is meant without them."""

_Read = Callable[[Any], CanonicalValue]


def canonical_parameters(request: Message) -> CanonicalFields:
    """Return the canonical form of a mutation's request, without NOT_PARAMETERS."""
    return _reader(request.DESCRIPTOR, NOT_PARAMETERS)(request)


def canonical_fields(message: Message) -> CanonicalFields:
    """Return the canonical form of any message."""
    return _reader(message.DESCRIPTOR, frozenset())(message)


@cache
def _reader(descriptor: Descriptor, excluded: frozenset[str]) -> Callable[[Any], CanonicalFields]:
    fields = sorted(
        (field for field in descriptor.fields if field.name not in excluded), key=lambda field: field.number
    )
    plan = [
        (
            field.number,
            field.name,
            field.has_presence and field.full_name not in _DEFAULT_IS_UNSET,
            _value_reader(field),
        )
        for field in fields
    ]

    def read(message: Message) -> CanonicalFields:
        result: CanonicalFields = []
        for number, name, has_presence, read_value in plan:
            if has_presence:
                if not message.HasField(name):
                    continue
                value = getattr(message, name)
            elif not (value := getattr(message, name)):
                continue
            result.append((number, value if read_value is None else read_value(value)))
        return result

    return read


def _value_reader(field: FieldDescriptor) -> _Read | None:
    """Return how to read the field's value; None: as it is."""
    message_type = field.message_type
    if message_type is not None and message_type.GetOptions().map_entry:
        return _map_reader(message_type.fields_by_name["value"])
    read_one = _single_reader(field)
    if not field.is_repeated:
        return read_one
    if read_one is None:
        return list
    return lambda values: [read_one(value) for value in values]


def _single_reader(field: FieldDescriptor) -> _Read | None:
    if field.message_type is not None:
        return _message_reader(field.message_type)
    if field.cpp_type in (FieldDescriptor.CPPTYPE_DOUBLE, FieldDescriptor.CPPTYPE_FLOAT):
        return _number
    if field.type == FieldDescriptor.TYPE_BYTES:
        return lambda value: base64.b64encode(value).decode("ascii")
    return None


def _message_reader(descriptor: Descriptor) -> _Read:
    if (json_reader := _JSON_READERS.get(descriptor.full_name)) is not None:
        return json_reader

    def read(message: Message) -> CanonicalValue:
        # Most fields of such a message are not set. What reads them is looked up on use: it may contain its own kind.
        readers = _value_readers(descriptor)
        form: list[CanonicalValue] = []
        for field, value in message.ListFields():
            read_value = readers[field.number]
            form.append([field.number, value if read_value is None else read_value(value)])
        return form

    return read


@cache
def _value_readers(descriptor: Descriptor) -> Mapping[int, _Read | None]:
    return {field.number: _value_reader(field) for field in descriptor.fields}


def _map_reader(value_field: FieldDescriptor) -> _Read:
    read_one = _single_reader(value_field)

    def read(entries: Mapping[Any, Any]) -> CanonicalValue:
        return [[key, entries[key] if read_one is None else read_one(entries[key])] for key in sorted(entries)]

    return read


def _number(value: float) -> float:
    return value + 0.0  # Makes -0.0 equal to 0.0.


def _json_object(value: Struct) -> CanonicalValue:
    return {key: _json(member) for key, member in value.fields.items()}


def _json_array(value: ListValue) -> CanonicalValue:
    return [_json(element) for element in value.values]


def _json(value: Value) -> CanonicalValue:
    match value.WhichOneof("kind"):
        case "number_value":
            return _number(value.number_value)
        case "string_value":
            return value.string_value
        case "bool_value":
            return value.bool_value
        case "struct_value":
            return _json_object(value.struct_value)
        case "list_value":
            return _json_array(value.list_value)
        case _:
            return None


_JSON_READERS: Final[dict[str, _Read]] = {
    "google.protobuf.Struct": _json_object,
    "google.protobuf.ListValue": _json_array,
    "google.protobuf.Value": _json,
}
