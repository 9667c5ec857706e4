"""A valid request of every RPC: what its contract says is required, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from workflowcontrol.v1.workflow_changes_pb2 import UpdateWorkflowAttributesRequest

_PROTO_FOLDER = Path(__file__).parents[2] / "proto" / "workflowcontrol" / "v1"
_REQUIRED = re.compile(
    r"// Required:[^\n]*\n(?:\s*//[^\n]*\n)*\s*(?:(?:repeated )?[\w.<>, ]+ (\w+) = \d+;|oneof (\w+) {)"
)

COMPANIONS: Final[Mapping[str, Mapping[str, object]]] = {
    "NewWorkflow.duplicate_policy": {"deduplication_id": "some-deduplication"},
    "PreviewScheduleRequest.time_zone": {"cron": "0 0 12 * * *"},
}
"""What a field needs beside it, by `Message.field`."""

_VALUES: Final[Mapping[str, object]] = {
    "NewSchedule.cron": "0 0 12 * * *",
    "RateLimit.max_starts": 5,
    "UpdateWorkflowAttributesRequest.mode": UpdateWorkflowAttributesRequest.MODE_REPLACE,
}
"""Valid values of required fields for which that of their type will not do, by `Message.field`."""


def valid_request(method: MethodDescriptor) -> Message:
    """Return a request that has what is required."""
    request: Message = GetMessageClass(method.input_type)()
    fill(request)
    return request


def fill(message: Any, distinction: str = "") -> None:  # noqa: ANN401 - Any message, whose fields are known by name.
    """Set what is required of a message; names end in `distinction`."""
    descriptor: Descriptor = message.DESCRIPTOR
    match descriptor.full_name:
        case "google.protobuf.Duration" | "google.protobuf.Timestamp":
            message.seconds = 3600
        case "google.protobuf.Value":
            message.string_value = "some value"
        case _:
            names = required_names(descriptor)
            for field in descriptor.fields:
                oneof = field.containing_oneof
                is_chosen = oneof is not None and oneof.name in names and oneof.fields[0] is field
                if is_chosen or field.name in names:
                    _fill_field(message, field, distinction)


def _fill_field(message: Any, field: FieldDescriptor, distinction: str) -> None:  # noqa: ANN401 - As above.
    name = field.name
    value: object
    if field.message_type is not None:
        inner = getattr(message, name).add() if field.is_repeated else getattr(message, name)
        # Set even if nothing is required within.
        inner.SetInParent()
        fill(inner, distinction)
        return
    if (known := _VALUES.get(f"{owner(field).name}.{name}")) is not None:
        value = known
    elif field.enum_type is not None:
        value = field.enum_type.values[-1].number
    else:
        value = f"some-{name}{distinction}"
    if field.is_repeated:
        getattr(message, name).append(value)
    else:
        setattr(message, name, value)


def required(field: FieldDescriptor) -> frozenset[str]:
    """Return the required fields and oneofs of the message that has this field."""
    return required_names(owner(field))


def owner(field: FieldDescriptor) -> Descriptor:
    """Return the message that has this field."""
    message = field.containing_type
    assert message is not None, "an extension"
    return message


@cache
def required_names(message: Descriptor) -> frozenset[str]:
    """Return the fields and oneofs whose comment in the contract begins with `Required:`."""
    if not message.full_name.startswith("workflowcontrol."):
        return frozenset()
    text = (_PROTO_FOLDER / Path(message.file.name).name).read_text()
    body = re.search(rf"^message {message.name} {{(.*?)^}}", text, re.MULTILINE | re.DOTALL)
    assert body is not None, message.full_name
    if message.full_name in _REQUIRED_BEYOND_COMMENTS:
        return _REQUIRED_BEYOND_COMMENTS[message.full_name]
    return frozenset(field or oneof for field, oneof in _REQUIRED.findall(body[1]))


_REQUIRED_BEYOND_COMMENTS: Final = {
    # Required unless what nobody owns is adopted.
    "workflowcontrol.v1.RenameApplicationRequest": frozenset(
        {"request_key", "application_name", "new_application_name"}
    ),
    # Required unless workflows are kept by their number, or a collection goes on.
    "workflowcontrol.v1.CollectGarbageRequest": frozenset({"request_key", "age"}),
    # An export's comments describe what it says, not what an import needs.
    "workflowcontrol.v1.ExportedWorkflow": frozenset({"workflow_status"}),
    "workflowcontrol.v1.ExportedWorkflowStatus": frozenset({"workflow_uuid"}),
}
