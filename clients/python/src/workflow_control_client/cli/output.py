"""What commands print: tables and records for people, JSON for programs.

All that comes from a workflow is untrusted here: a name with terminal escapes must not reach the terminal as such.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final, Generic, TypeVar

import click
from google.protobuf import descriptor_pool
from google.protobuf.any_pb2 import Any as AnyMessage
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.json_format import MessageToDict, MessageToJson
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.protobuf.struct_pb2 import Struct, Value
from google.protobuf.timestamp_pb2 import Timestamp
from rich.console import Console
from rich.table import Table
from rich.text import Text

from workflowcontrol.v1.types_pb2 import Idempotency, Payload, Workflow, WorkflowState

ItemT = TypeVar("ItemT", bound=Message)

_PIPE_WIDTH: Final = 10_000
"""Columns of a table that is not for a terminal, which nobody wants cut to 80."""
_LISTED_AT_MOST: Final = 20
"""Members of a repeated field in a record; JSON has all."""

_STATE_STYLES: Final = {
    "SUCCESS": "green",
    "ERROR": "red",
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": "red",
    "CANCELLED": "yellow",
    "PENDING": "cyan",
}


def printable(text: str) -> str:
    """Return the text with every control character, and all that reorders a line, replaced by a visible escape."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )


def state_name(state: WorkflowState.ValueType, raw_status: str = "") -> str:
    """Return a state's short name; of one that this client does not know, DBOS's own word."""
    if state in WorkflowState.values() and state != WorkflowState.WORKFLOW_STATE_UNSPECIFIED:
        return WorkflowState.Name(state).removeprefix("WORKFLOW_STATE_")
    return raw_status


def styled_state(state: WorkflowState.ValueType, raw_status: str = "") -> Text:
    """Return a state in its colour."""
    name = state_name(state, raw_status)
    return Text(printable(name), style=_STATE_STYLES.get(name, ""))


def local_time(message: Message, field: str) -> str:
    """Return a timestamp field in local time to the second, or the empty string where it is unset."""
    if not message.HasField(field):
        return ""
    instant: Timestamp = getattr(message, field)
    return instant.ToDatetime(UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def short_duration(delta: timedelta) -> str:
    """Return a duration in its two largest units, such as `1h 05m` or `2.5s`."""
    seconds = delta.total_seconds()
    if seconds < 0:
        return f"-{short_duration(-delta)}"
    if seconds < 1:
        return f"{seconds * 1000:.0f}ms"
    if seconds < 60:
        return f"{seconds:.1f}s"
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return f"{days}d {hour:02}h"
    return f"{hours}h {minute:02}m" if hours else f"{minute}m {second:02}s"


def duration_text(message: Message, field: str) -> str:
    """Return a duration field for people, or the empty string where it is unset."""
    if not message.HasField(field):
        return ""
    delta: Duration = getattr(message, field)
    return short_duration(delta.ToTimedelta())


def age(message: Message, field: str) -> str:
    """Return how long ago a timestamp field is, or the empty string where it is unset."""
    passed = time_between(message, field, "")
    return "" if passed is None else short_duration(passed)


def time_between(message: Message, start: str, end: str) -> timedelta | None:
    """Return the time between two timestamp fields, up to now where the second is unset; None without the first."""
    if not message.HasField(start):
        return None
    begun: datetime = getattr(message, start).ToDatetime(UTC)
    ended = getattr(message, end).ToDatetime(UTC) if end and message.HasField(end) else datetime.now(UTC)
    return ended - begun


def payload_text(payload: Payload) -> str:
    """Return a payload for people: its reading as JSON where there is one, else its text, marked with its format."""
    if payload.decoded:
        return _json_text(payload.value)
    return printable(f"{payload.serialization or 'unknown format'}: {payload.text}") if payload.text else ""


@dataclass(frozen=True, slots=True)
class Column(Generic[ItemT]):
    """A column of a list."""

    header: str
    cell: Callable[[ItemT], str | Text]
    whole: bool = False
    """Neither wrapped nor cut while there is room: ids, which people copy, and times."""
    right: bool = False


class Output:
    """Where a command prints. `as_json`: for programs, one JSON document per line, so that streams can be read too."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self.console = Console(highlight=False, markup=False, emoji=False)
        if not self.console.is_terminal:
            self.console.width = _PIPE_WIDTH

    def document(self, message: Message) -> None:
        """Print a message as JSON on one line, by the contract's own names."""
        click.echo(MessageToJson(message, preserving_proto_field_name=True, indent=None, ensure_ascii=False))

    def items(self, items: Iterable[ItemT], columns: Sequence[Column[ItemT]], limit: int | None) -> None:
        """Print a list, `limit` items of it at most. Says so on standard error when there are more."""
        remaining: Iterator[ItemT] = iter(items)
        shown = islice(remaining, limit)
        if self.as_json:
            for item in shown:
                self.document(item)
        else:
            # A table's columns are as wide as its widest cells: it is printed when all of it is there.
            self.console.print(table(columns, shown))
        if limit is not None and next(remaining, None) is not None:
            click.echo(f"There are more than {limit}: --limit or --all shows them.", err=True)

    def progress(self, message: Message, summary: str) -> None:
        """Print a step of something longer, as soon as it is done: JSON, or its summary on a line."""
        if self.as_json:
            self.document(message)
        else:
            click.echo(printable(summary))

    def record(self, message: Message) -> None:
        """Print one message: JSON, or its fields that are set, a line each."""
        if self.as_json:
            self.document(message)
            return
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim", no_wrap=True)
        grid.add_column(overflow="fold")
        for label, value in fields(message):
            grid.add_row(label, value)
        self.console.print(grid)


def table(columns: Sequence[Column[ItemT]], items: Iterable[ItemT]) -> Table:
    """Return the items as a table that fits the terminal."""
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        # Where the terminal is too narrow, columns that may wrap give way first.
        shown.add_column(
            column.header,
            no_wrap=column.whole,
            overflow="fold" if column.whole else "ellipsis",
            justify="right" if column.right else "left",
        )
    for item in items:
        cells = (column.cell(item) for column in columns)
        shown.add_row(*(cell if isinstance(cell, Text) else Text(printable(cell)) for cell in cells))
    return shown


def fields(message: Message, prefix: str = "") -> Iterator[tuple[str, Text]]:
    """Yield label and text of each field that is set, in the contract's order; those of nested messages with a dot.

    The key of a mutation comes last, where the eye falls.
    """
    last: list[tuple[str, Text]] = []
    for field, value in message.ListFields():
        if field.name == "raw_status" and state_name(message.state):  # type: ignore[attr-defined]  # Who has one has both.
            continue
        label = prefix + field.name.replace("_", " ")
        if isinstance(value, Idempotency):
            last.append(("request key", Text(printable(value.request_key))))
            if value.replayed:
                last.append(("replayed", Text(f"yes: executed {local_time(value, 'executed_at')}", style="yellow")))
        elif isinstance(value, Workflow):
            yield from fields(value)
        elif isinstance(value, Timestamp):
            yield label, Text(local_time(message, field.name))
        elif isinstance(value, Duration):
            yield label, Text(short_duration(value.ToTimedelta()))
        elif isinstance(value, Payload):
            yield label, Text(payload_text(value))
        elif isinstance(value, Struct | Value):
            yield label, Text(_json_text(value))
        elif isinstance(value, AnyMessage):
            yield from _packed(label, value)
        elif field.is_repeated:
            yield from _members(label, field, value)
        elif isinstance(value, Message):
            yield from fields(value, f"{label}.")
        else:
            yield label, _scalar(field, value, message)
    yield from last


def _packed(label: str, packed: AnyMessage) -> Iterator[tuple[str, Text]]:
    """Yield the fields of a stored response; of one that a newer server has stored, its type."""
    try:
        message = GetMessageClass(descriptor_pool.Default().FindMessageTypeByName(packed.TypeName()))()
    except KeyError:
        yield label, Text(printable(packed.TypeName()))
        return
    packed.Unpack(message)
    yield from fields(message, f"{label}.")


def _json_text(value: Struct | Value) -> str:
    return printable(json.dumps(_whole_numbers(MessageToDict(value)), ensure_ascii=False))


def _whole_numbers(value: object) -> object:
    """Return a JSON value with 5 in place of 5.0: all its numbers have travelled as doubles."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case list():
            return [_whole_numbers(item) for item in value]
        case dict():
            return {key: _whole_numbers(item) for key, item in value.items()}
    return value


def _members(label: str, field: FieldDescriptor, values: Any) -> Iterator[tuple[str, Text]]:
    members = [f"{key}: {values[key]}" for key in values] if _is_map(field) else list(values)
    for number, member in enumerate(islice(members, _LISTED_AT_MOST)):
        if isinstance(member, Message):
            inner = ", ".join(f"{name} {text.plain}" for name, text in fields(member))
            yield label if number == 0 else "", Text(inner)
        else:
            yield label if number == 0 else "", _scalar(field, member, None)
    if len(members) > _LISTED_AT_MOST:
        yield "", Text(f"… and {len(members) - _LISTED_AT_MOST} more: -o json has all", style="dim")


def _scalar(field: FieldDescriptor, value: Any, message: Message | None) -> Text:
    enum = field.enum_type
    if enum is None:
        return Text(("yes" if value else "no") if isinstance(value, bool) else printable(str(value)))
    if enum is WorkflowState.DESCRIPTOR:
        return styled_state(value, getattr(message, "raw_status", ""))
    name = enum.values_by_number[value].name if value in enum.values_by_number else str(value)
    return Text(name.removeprefix("OUTCOME_").removeprefix("CODE_"))


def _is_map(field: FieldDescriptor) -> bool:
    entry = field.message_type
    return entry is not None and entry.GetOptions().map_entry
