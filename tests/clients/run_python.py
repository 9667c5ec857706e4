"""The conformance runner of the Python client: calls come in on stdin and outcomes go out on stdout, one a line."""

from __future__ import annotations

import importlib
import inspect
import itertools
import json
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, timedelta
from typing import Any

from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

import workflowcontrol.v1
from workflow_control_client import Pager, TransientError, WorkflowControlClient, WorkflowControlError

_PLAIN = ("google.protobuf.Struct", "google.protobuf.Value")


def contract_methods() -> Iterator[MethodDescriptor]:
    """Yield every RPC of every file of the contract."""
    for module in pkgutil.iter_modules(workflowcontrol.v1.__path__, "workflowcontrol.v1."):
        if module.name.endswith("_pb2"):
            for service in importlib.import_module(module.name).DESCRIPTOR.services_by_name.values():
                yield from service.methods


def argument(field: FieldDescriptor, request: Any) -> object:  # noqa: ANN401 - Any request.
    """Return a field as the client's methods take it."""
    value = getattr(request, field.name)
    if field.message_type is None or field.is_repeated:
        return value
    if not request.HasField(field.name):
        return None
    match field.message_type.full_name:
        case "google.protobuf.Duration":
            delta: timedelta = value.ToTimedelta()
            return delta
        case "google.protobuf.Timestamp":
            return value.ToDatetime(tzinfo=UTC)
        case "workflowcontrol.v1.BulkWorkflowIds":
            return value.workflow_ids
        case name if name in _PLAIN:
            return MessageToDict(value)
        case _:
            return value


def arguments(
    method: MethodDescriptor, request: Message, parameters: Mapping[str, inspect.Parameter]
) -> dict[str, Any]:
    """Return the parameters that say what `request` says: its set fields, and all that have no default."""
    given = {field.name for field, _ in request.ListFields()}
    needed = {name for name, each in parameters.items() if each.default is inspect.Parameter.empty}
    fields = method.input_type.fields_by_name
    return {name: argument(fields[name], request) for name in fields if name in given | needed}


def receive(client: WorkflowControlClient, method: MethodDescriptor, call: dict[str, Any]) -> Iterator[Message]:
    """Call the client's method, and yield each response, or each item of a list."""
    invoke = getattr(client, re.sub(r"(?<=.)([A-Z])", r"_\1", method.name).lower())
    request = ParseDict(call["request"], GetMessageClass(method.input_type)())
    given = arguments(method, request, inspect.signature(invoke).parameters)
    if milliseconds := call.get("timeout_ms"):
        given["call_timeout"] = timedelta(milliseconds=milliseconds)
    answer = invoke(**given)
    if isinstance(answer, Message):
        yield answer
    elif call.get("take"):
        yield from itertools.islice(answer, call["take"])
    elif isinstance(answer, Pager) and not call.get("list"):
        yield next(answer.pages())
    else:
        yield from answer


def outcome(client: WorkflowControlClient, method: MethodDescriptor, call: dict[str, Any]) -> dict[str, Any]:
    responses: list[Any] = []
    try:
        # Those before a failure are kept.
        for message in receive(client, method, call):
            responses += [MessageToDict(message)]
    except WorkflowControlError as error:
        return {
            "responses": responses,
            "error": {
                "code": error.code.name,
                "reason": error.reason or "UNSPECIFIED",
                "metadata": dict(error.metadata),
                "violations": [violation.field for violation in error.violations],
                "request_key": error.request_key or "",
                "transient": isinstance(error, TransientError),
                "retry_after_ms": error.retry_after / timedelta(milliseconds=1) if error.retry_after else 0,
            },
        }
    return {"responses": responses}


def main() -> None:
    methods = {f"{method.containing_service.full_name}/{method.name}": method for method in contract_methods()}
    clients: dict[str, WorkflowControlClient] = {}
    for line in sys.stdin:
        call = json.loads(line)
        address = call["address"]
        if address not in clients:
            clients[address] = WorkflowControlClient(address)
        print(json.dumps(outcome(clients[address], methods[call["rpc"]], call)), flush=True)
    for client in clients.values():
        client.close()


if __name__ == "__main__":
    main()
