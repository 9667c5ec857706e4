"""Checks the fields of a request, and collects every violation into one error.

The checks run on each call of a mutation, so the usual value, a short printable ASCII string, is accepted by a few C
calls.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from google.protobuf.message import Message
from google.protobuf.struct_pb2 import ListValue, Struct, Value
from google.protobuf.unknown_fields import UnknownFieldSet

from workflow_control.domain.errors import FieldViolation, InvalidRequest
from workflow_control.domain.limits import NAME_BYTES, REASON_BYTES, REQUEST_KEY_BYTES

_EXACT_INTEGER_MAX = 2**53
"""Up to here a double names each integer."""


class FieldChecks:
    """The violations found so far in one request. Fields are named by their path in the proto, such as
    `filter.created.end`.
    """

    __slots__ = ("_violations",)

    def __init__(self) -> None:
        self._violations: list[FieldViolation] = []

    def add(self, field: str, description: str) -> None:
        """Note a violation."""
        self._violations.append(FieldViolation(field, description))

    @property
    def count(self) -> int:
        """How many violations were found so far."""
        return len(self._violations)

    @property
    def violations(self) -> Sequence[FieldViolation]:
        """What was noted so far."""
        return self._violations

    def raise_any(self) -> None:
        """Raise InvalidRequest with all violations, if there are any."""
        if self._violations:
            raise InvalidRequest(self._violations)

    def request_key(self, value: str) -> None:
        """Check a request key: printable, so that it can be logged, quoted and typed again."""
        if 0 < len(value) <= REQUEST_KEY_BYTES and value.isascii() and value.isprintable() and not value.isspace():
            return
        if not value.isprintable() and "\0" not in value:
            self.add("request_key", "Must not contain control or other unprintable characters.")
        else:
            self._check_name("request_key", value, REQUEST_KEY_BYTES)

    def name(self, field: str, value: str) -> None:
        """Check a required string that names something."""
        if 0 < len(value) <= NAME_BYTES and value.isascii() and value.isprintable() and not value.isspace():
            return
        self._check_name(field, value, NAME_BYTES)

    def message_key(self, field: str, value: str) -> None:
        """Check the key of a message's id, which is as long as a request key, and as any of DBOS's clients takes it."""
        self._check_name(field, value, REQUEST_KEY_BYTES)

    def optional_name(self, field: str, value: str) -> str | None:
        """Check a string that names something or is unset; return None when it is."""
        if not value:
            return None
        self.name(field, value)
        return value

    def names(self, field: str, values: Iterable[str], max_values: int) -> tuple[str, ...]:
        """Check a repeated field of names, and return them."""
        names = tuple(values)
        if len(names) > max_values:
            self.add(field, f"Has {len(names)} values; at most {max_values} are allowed.")
            return ()
        for index, name in enumerate(names):
            self.name(f"{field}[{index}]", name)
        return names

    def not_negative(self, field: str, value: int) -> int:
        """Check a number that counts or orders, and return it."""
        if value < 0:
            self.add(field, f"Is {value}; must not be negative.")
        return value

    def reason(self, value: str) -> None:
        """Check the reason of a mutation."""
        if not value:
            return
        if "\0" in value:
            self.add("reason", "Must not contain NUL.")
        elif (size := len(value.encode())) > REASON_BYTES:
            self.add("reason", f"Has {size} bytes; at most {REASON_BYTES} are allowed.")

    def struct(self, field: str, value: Struct) -> dict[str, object]:
        """Check a JSON object, and return it with plain Python values; by name, since a Struct has no order of its own
        and what is written is to be the same each time."""
        return {key: self._json(self._member(field, key), value.fields[key]) for key in sorted(value.fields)}

    def value(self, field: str, value: Value) -> object:
        """Check a JSON value, and return it as a plain Python one."""
        return self._json(field, value)

    def values(self, field: str, values: Iterable[Value]) -> list[object]:
        """Check JSON values, and return them as plain Python values."""
        return [self._json(f"{field}[{index}]", value) for index, value in enumerate(values)]

    def known_fields(self, message: Message) -> None:
        """Check that the message has no field, at any depth, that this server does not know."""
        if has_unknown_fields(message):
            self._add_unknown_fields("", message)

    def _check_name(self, field: str, value: str, max_bytes: int) -> None:
        if not value:
            self.add(field, "Is required.")
        elif value.isspace():
            self.add(field, "Must not consist of whitespace only.")
        elif "\0" in value:
            self.add(field, "Must not contain NUL.")
        elif (size := len(value.encode())) > max_bytes:
            self.add(field, f"Has {size} bytes; at most {max_bytes} are allowed.")

    def _member(self, field: str, key: str) -> str:
        if "\0" in key:
            self.add(field, "Has a key that contains NUL.")
        return f"{field}.{key}"

    def _json(self, field: str, value: Value) -> object:
        kind = value.WhichOneof("kind")
        match kind:
            case "null_value":
                return None
            case "bool_value":
                return value.bool_value
            case "string_value":
                if "\0" in value.string_value:
                    self.add(field, "Must not contain NUL.")
                return value.string_value
            case "number_value":
                number = value.number_value
                if not math.isfinite(number):
                    self.add(field, "Must be a finite number.")
                elif number.is_integer() and abs(number) <= _EXACT_INTEGER_MAX:
                    return int(number)
                return number
            case "struct_value":
                return self.struct(field, value.struct_value)
            case "list_value":
                return self._json_list(field, value.list_value)
            case None:
                self.add(field, "Has no value; null is written as null_value.")
                return None

    def _json_list(self, field: str, value: ListValue) -> list[object]:
        return self.values(field, value.values)

    def _add_unknown_fields(self, path: str, message: Message) -> None:
        for unknown in UnknownFieldSet(message):  # type: ignore[attr-defined]  # Iterates by __len__ and __getitem__.
            self.add(f"{path}{unknown.field_number}", "This server does not know a field of this number.")
        for descriptor, value in message.ListFields():
            if descriptor.message_type is None:
                continue
            if descriptor.message_type.GetOptions().map_entry:
                for key in value:
                    if isinstance(value[key], Message):
                        self._add_unknown_fields(f"{path}{descriptor.name}[{key}].", value[key])
            elif descriptor.is_repeated:
                for index, element in enumerate(value):
                    self._add_unknown_fields(f"{path}{descriptor.name}[{index}].", element)
            else:
                self._add_unknown_fields(f"{path}{descriptor.name}.", value)


def has_unknown_fields(message: Message) -> bool:
    """Tell whether the message has a field, at any depth, that this server does not know."""
    known = type(message)()
    known.CopyFrom(message)
    known.DiscardUnknownFields()
    return known.ByteSize() != message.ByteSize()
