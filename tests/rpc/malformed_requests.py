"""Every way to get a field of a request wrong, made from the descriptors: a new field cannot be forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from workflowcontrol.v1 import server_control_pb2, workflow_control_pb2

METHODS: dict[str, MethodDescriptor] = {
    method.full_name: method
    for file in (workflow_control_pb2.DESCRIPTOR, server_control_pb2.DESCRIPTOR)
    for service in file.services_by_name.values()
    for method in service.methods
}
MUTATIONS = sorted(
    name
    for name, method in METHODS.items()
    if "request_key" in method.input_type.fields_by_name and "reason" in method.input_type.fields_by_name
)

INT64_MAX = 2**63 - 1
UNKNOWN_FIELD = b"\xf8\x3f\x01"
"""Field 1023 as a varint: of no message here."""

_PROTO_FOLDER = Path(__file__).parents[2] / "proto" / "workflowcontrol" / "v1"
_BYTES_MAX = {"request_key": 200, "reason": 1024}
_NOT_A_NAME = {"reason", "page_token"}


@dataclass(frozen=True)
class Case:
    """A request with one thing wrong, and the path of the field that the answer must name."""

    title: str
    path: str
    request: Message


def valid_request(method: MethodDescriptor) -> Message:
    """Return a request that has what is required."""
    request: Any = GetMessageClass(method.input_type)()
    for name in required_fields(method.input_type):
        setattr(request, name, f"some-{name}")
    return request  # type: ignore[no-any-return]  # The class of a descriptor is not known statically.


@cache
def required_fields(message: Descriptor) -> frozenset[str]:
    """Return the fields whose comment in the contract begins with `Required:`."""
    text = (_PROTO_FOLDER / Path(message.file.name).name).read_text()
    body = re.search(rf"^message {message.name} {{(.*?)^}}", text, re.MULTILINE | re.DOTALL)
    assert body is not None
    return frozenset(re.findall(r"// Required:[^\n]*\n(?:\s*//[^\n]*\n)*\s*\w+ (\w+) = \d+;", body[1]))


def malformed(method: MethodDescriptor) -> Iterator[Case]:
    """Yield every malformed request of a method."""
    for field in method.input_type.fields:
        yield from _wrong_field(method, field, "", lambda request: request)
    if method.full_name in MUTATIONS:
        yield from _unknown_fields(method)


Place = Callable[[Any], Any]
"""Finds the message that has the field, within the request."""


def _wrong_field(method: MethodDescriptor, field: FieldDescriptor, prefix: str, place: Place) -> Iterator[Case]:
    path = prefix + field.name

    def case(title: str, change: Callable[[Any], None], wrong_path: str = path) -> Case:
        request = valid_request(method)
        change(place(request))
        return Case(title, wrong_path, request)

    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        yield from _wrong_map(field.name, path, case)
    elif field.message_type is not None:
        yield from _wrong_message(method, field, field.message_type, path, place, case)
    elif field.type == FieldDescriptor.TYPE_STRING:
        yield from _wrong_string(field, path, case)
    elif field.type == FieldDescriptor.TYPE_ENUM:
        yield from _wrong_enum(field, path, case)
    elif field.type == FieldDescriptor.TYPE_INT32:
        yield case("negative", lambda message: setattr(message, field.name, -1))
        yield case("the most negative", lambda message: setattr(message, field.name, -(2**31)))
    elif field.type == FieldDescriptor.TYPE_BOOL:
        if field.containing_oneof is not None and not field.containing_oneof.name.startswith("_"):
            yield case("chosen and false", lambda message: setattr(message, field.name, False))
    else:
        raise NotImplementedError(f"no malformed values are known for {field.full_name}")


MakeCase = Callable[..., Case]


def _wrong_string(field: FieldDescriptor, path: str, case: MakeCase) -> Iterator[Case]:
    values = {
        "NUL": "a\0b",
        "too long": "x" * (_BYTES_MAX.get(field.name, 255) + 1),
        "too long in UTF-8": "é" * (_BYTES_MAX.get(field.name, 255) // 2 + 1),
    }
    if field.name not in _NOT_A_NAME:
        values["whitespace only"] = " \t\u00a0 "
    if field.name == "request_key":
        values |= {"a line feed": "a\nb", "an escape": "a\x1bb", "a zero-width space": "a\u200bb"}
    if field.is_repeated:
        values["empty"] = ""
        for title, value in values.items():
            yield case(title, lambda message, value=value: getattr(message, field.name).append(value), f"{path}[0]")
            yield case(
                f"{title}, second",
                lambda message, value=value: getattr(message, field.name).extend(["a", value]),
                f"{path}[1]",
            )
        yield case("too many", lambda message: getattr(message, field.name).extend(str(n) for n in range(1001)))
        return
    for title, value in values.items():
        yield case(title, lambda message, value=value: setattr(message, field.name, value))
    if field.name in required_fields(field.containing_type):
        yield case("empty", lambda message: setattr(message, field.name, ""))


def _wrong_enum(field: FieldDescriptor, path: str, case: MakeCase) -> Iterator[Case]:
    for title, number in {"unknown": 99, "negative": -1}.items():
        if field.is_repeated:
            yield case(title, lambda message, number=number: getattr(message, field.name).append(number), f"{path}[0]")
        else:
            yield case(title, lambda message, number=number: setattr(message, field.name, number))
    if field.is_repeated:
        yield case("unspecified", lambda message: getattr(message, field.name).append(0), f"{path}[0]")
        yield case("too many", lambda message: getattr(message, field.name).extend([1] * 1001))


def _wrong_map(name: str, path: str, case: MakeCase) -> Iterator[Case]:
    for title, text in {"empty": "", "whitespace only": " ", "NUL": "a\0b", "too long": "x" * 256}.items():
        yield case(f"key {title}", lambda message, text=text: getattr(message, name).update({text: "a"}))
        yield case(
            f"value {title}", lambda message, text=text: getattr(message, name).update({"a": text}), f"{path}[a]"
        )
    yield case("too many", lambda message: getattr(message, name).update({str(n): "a" for n in range(1001)}))


def _wrong_message(
    method: MethodDescriptor, field: FieldDescriptor, kind: Descriptor, path: str, place: Place, case: MakeCase
) -> Iterator[Case]:
    def here(message: Any) -> Any:  # noqa: ANN401 - Any message of the contract.
        return getattr(message, field.name)

    match kind.full_name:
        case "google.protobuf.Duration":
            wrong = {
                "negative": (-1, 0),
                "negative nanos": (0, -1),
                "too many nanos": (1, 10**9),
                "huge": (INT64_MAX, 0),
            }
            wrong |= {"the most negative": (-INT64_MAX - 1, 0), "too long": (10**10, 0), "too short": (0, 1)}
            wrong |= {"huge with nanos": (INT64_MAX, 999_999_999)}
            for title, (seconds, nanos) in wrong.items():
                yield case(title, lambda message, s=seconds, n=nanos: _set(here(message), seconds=s, nanos=n))
            yield case("zero", lambda message: here(message).SetInParent())
        case "google.protobuf.Timestamp":
            wrong = {
                "huge": (INT64_MAX, 0),
                "the most negative": (-INT64_MAX - 1, 0),
                "after 9999": (253_402_300_800, 0),
            }
            wrong |= {"before 1": (-62_135_596_801, 0), "negative nanos": (0, -1), "too many nanos": (0, 10**9)}
            for title, (seconds, nanos) in wrong.items():
                yield case(title, lambda message, s=seconds, n=nanos: _set(here(message), seconds=s, nanos=n))
        case "google.protobuf.Struct":
            yield from _wrong_struct(path, here, case)
        case _:
            for inner in kind.fields:
                yield from _wrong_field(method, inner, f"{path}.", lambda request: here(place(request)))
            if kind.name == "TimeRange":
                yield case("ends before it starts", lambda message: _reverse(here(message)), f"{path}.end")


def _wrong_struct(path: str, here: Place, case: MakeCase) -> Iterator[Case]:
    for title, number in {"NaN": float("nan"), "infinite": float("inf"), "negative infinite": float("-inf")}.items():
        yield case(title, lambda message, number=number: here(message).update({"a": number}), f"{path}.a")
    yield case("NUL", lambda message: here(message).update({"a": "b\0"}), f"{path}.a")
    yield case("a key with NUL", lambda message: here(message).update({"a\0": 1}))
    yield case("nested NaN", lambda message: here(message).update({"a": {"b": [1, float("nan")]}}), f"{path}.a.b[1]")
    yield case("no value", lambda message: here(message).fields["a"].SetInParent(), f"{path}.a")


def _unknown_fields(method: MethodDescriptor) -> Iterator[Case]:
    request = valid_request(method)
    request.MergeFromString(UNKNOWN_FIELD)
    yield Case("unknown field", "1023", request)
    for field in method.input_type.fields:
        if field.message_type is not None and not field.is_repeated:
            request = valid_request(method)
            inner = getattr(request, field.name)
            if field.message_type.name == "Duration":
                inner.seconds = 3600
            inner.MergeFromString(UNKNOWN_FIELD)
            yield Case("unknown field within", f"{field.name}.1023", request)


def _set(message: Any, **fields: int) -> None:  # noqa: ANN401 - Any message of the contract.
    for name, value in fields.items():
        setattr(message, name, value)


def _reverse(time_range: Any) -> None:  # noqa: ANN401 - The type of the stubs is not at hand here.
    time_range.start.seconds = 2
    time_range.end.seconds = 1
