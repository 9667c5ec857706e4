"""Imports: exported workflows as the domain has them, after what DBOS or Postgres would choke on is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NoReturn, TypeVar

from google.protobuf.message import Message

from workflow_control.domain.commands import ImportWorkflow
from workflow_control.domain.exports import (
    ExportedEvent,
    ExportedEventHistory,
    ExportedNotification,
    ExportedOperationOutput,
    ExportedStatus,
    ExportedStreamEntry,
    ExportedWorkflow,
)
from workflow_control.domain.limits import LISTED_DESCENDANTS_MAX
from workflow_control.domain.outcomes import ImportOutcome
from workflow_control.domain.states import WorkflowState
from workflow_control.rpc.convert_responses import write_workflow
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import workflow_export_pb2 as messages

_COLUMN_BYTES_MAX: Final = 1024
"""Of a column that is in an index: an entry of two such columns still fits into a page of the index."""
_FUNCTION_PLACE_CHARACTERS_MAX: Final = 255
"""Of the two columns that have a limit of their own."""
_FUNCTION_PLACE: Final = frozenset({"class_name", "config_name"})
_UNBOUNDED: Final = frozenset(
    {"inputs", "output", "error", "value", "message", "request", "attributes", "authenticated_roles"}
)
"""Columns that are in no index, and are limited by the size of the request alone."""
_STATES: Final = frozenset(state.value for state in WorkflowState)
_JSON_NUMBER_CHARACTERS_MAX: Final = 1000
"""Postgres's numbers end at some 131,072 digits, which an exponent writes in a few characters."""
_JSON_EXPONENT_MAX: Final = 1000
_JSON_DEPTH_MAX: Final = 100

RowT = TypeVar("RowT")


def read_import_workflow(checks: FieldChecks, request: messages.ImportWorkflowRequest, scope: str) -> ImportWorkflow:
    """Return the command of an `ImportWorkflow` call."""
    path = "exported_workflow"
    exported = request.exported_workflow
    if not request.HasField("exported_workflow"):
        checks.add(path, "Is required.")
    elif not exported.HasField("workflow_status"):
        checks.add(f"{path}.workflow_status", "Is required.")
    else:
        checks.name(f"{path}.workflow_status.workflow_uuid", exported.workflow_status.workflow_uuid)
    places = {path: exported}
    for index, descendant in enumerate(exported.descendants):
        place = f"{path}.descendants[{index}]"
        places[place] = descendant
        _check_id(checks, f"{place}.workflow_status.workflow_uuid", descendant.workflow_status.workflow_uuid)
        if descendant.descendants:
            checks.add(f"{place}.descendants", "Must be empty: the list of descendants is flat.")
    workflows = {place: _read_workflow(checks, place, message) for place, message in places.items()}
    _check_family(checks, workflows)
    _check_unique_keys(checks, workflows)
    return ImportWorkflow(tuple(workflows.values()))


def write_import(outcome: ImportOutcome) -> messages.ImportWorkflowResponse:
    """Return the response of an `ImportWorkflow` call."""
    response = messages.ImportWorkflowResponse(
        imported_descendant_ids=outcome.descendant_ids[:LISTED_DESCENDANTS_MAX],
        imported_descendant_count=len(outcome.descendant_ids),
        imported_step_count=outcome.step_count,
    )
    write_workflow(response.workflow, outcome.workflow)
    return response


def _read_workflow(checks: FieldChecks, path: str, message: messages.ExportedWorkflow) -> ExportedWorkflow:
    def rows(table: str, make: Callable[[Iterable[Any]], RowT], unique: tuple[str, ...]) -> tuple[RowT, ...]:
        records = []
        places: dict[tuple[Any, ...], int] = {}
        for index, each in enumerate(getattr(message, table)):
            place = f"{path}.{table}[{index}]"
            records.append(make(_read_columns(checks, place, each)))
            key = tuple(getattr(each, column) for column in unique)
            if unique and (first := places.setdefault(key, index)) != index:
                checks.add(f"{place}.{unique[-1]}", f"Is in {table}[{first}] already{_of(unique)}.")
        return tuple(records)

    status = f"{path}.workflow_status"
    _check_status(checks, status, message.workflow_status)
    return ExportedWorkflow(
        ExportedStatus._make(_read_columns(checks, status, message.workflow_status)),
        rows("operation_outputs", ExportedOperationOutput._make, ("function_id",)),
        rows("workflow_events", ExportedEvent._make, ("key",)),
        rows("workflow_events_history", ExportedEventHistory._make, ("function_id", "key")),
        rows("streams", ExportedStreamEntry._make, ("key", "offset")),
        rows("notifications", ExportedNotification._make, ()),
    )


def _of(unique: tuple[str, ...]) -> str:
    return f", with the same {unique[0]}" if len(unique) > 1 else ""


def _read_columns(checks: FieldChecks, path: str, message: Message) -> Iterable[Any]:
    """Return the columns of a row, in the order in which the contract and the domain have them."""
    for field in message.DESCRIPTOR.fields:
        name = field.name
        if field.has_presence and not message.HasField(name):
            yield None
            continue
        value = getattr(message, name)
        if name == "workflow_uuid":
            pass  # Checked by what it names: the first of the workflows, or a descendant.
        elif isinstance(value, str):
            _check_text(checks, f"{path}.{name}", name, value)
        elif value < 0:
            checks.add(f"{path}.{name}", f"Is {value}; must not be negative.")
        yield value


def _check_id(checks: FieldChecks, field: str, value: str) -> None:
    """Check a descendant's id, to which DBOS adds for each generation: it may be longer than a caller may name."""
    if value:
        _check_text(checks, field, "workflow_uuid", value)
    else:
        checks.add(field, "Is required.")


def _check_text(checks: FieldChecks, field: str, column: str, value: str) -> None:
    if "\0" in value:
        checks.add(field, "Must not contain NUL.")
    elif column in _FUNCTION_PLACE and len(value) > _FUNCTION_PLACE_CHARACTERS_MAX:
        checks.add(field, f"Has {len(value)} characters; at most {_FUNCTION_PLACE_CHARACTERS_MAX} are allowed.")
    elif column not in _UNBOUNDED and (size := len(value.encode())) > _COLUMN_BYTES_MAX:
        checks.add(field, f"Has {size} bytes; at most {_COLUMN_BYTES_MAX} are allowed.")


def _check_status(checks: FieldChecks, path: str, status: messages.ExportedWorkflowStatus) -> None:
    if status.HasField("status") and "\0" not in status.status and status.status not in _STATES:
        checks.add(f"{path}.status", f"{status.status!r} is no state of DBOS's.")
    if status.HasField("attributes") and "\0" not in status.attributes:
        _check_json(checks, f"{path}.attributes", status.attributes)
    if status.HasField("authenticated_roles") and "\0" not in status.authenticated_roles:
        # DBOS reads them whenever it lists workflows, and lists nothing if it cannot.
        roles = _check_json(checks, f"{path}.authenticated_roles", status.authenticated_roles)
        if roles is not None and not (isinstance(roles, list) and all(isinstance(role, str) for role in roles)):
            checks.add(f"{path}.authenticated_roles", "Must be a JSON array of strings, or null.")


def _check_json(checks: FieldChecks, field: str, text: str) -> Any:  # noqa: ANN401 - Any JSON.
    """Return the value of a JSON text; None where Postgres would refuse it, which is noted."""
    try:
        value = _DECODER.decode(text)
        _check_depth(value, _JSON_DEPTH_MAX)
        # Escapes can write what no text in Postgres can have.
        texts = json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        checks.add(field, "Must be JSON that Postgres can hold.")
        return None
    if rb"\u0000" in texts:
        checks.add(field, "Must not contain NUL.")
        return None
    return value


def _check_depth(value: object, depth: int) -> None:
    if depth == 0:
        raise ValueError("nested too deeply")
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_depth(member, depth - 1)


def _read_number(text: str) -> float:
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > _JSON_NUMBER_CHARACTERS_MAX or abs(int(exponent[:9] or "0")) > _JSON_EXPONENT_MAX:
        raise ValueError("too large a number")
    return float(text)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant, parse_float=_read_number, parse_int=_read_number)


def _check_family(checks: FieldChecks, workflows: dict[str, ExportedWorkflow]) -> None:
    """Check that every workflow is there once, and belongs to the first."""
    places: dict[str, str] = {}
    for place, workflow in workflows.items():
        status = workflow.workflow_status
        first = places.setdefault(status.workflow_uuid, place)
        if first != place:
            checks.add(f"{place}.workflow_status.workflow_uuid", f"Is that of {first} already.")
    for place, workflow in list(workflows.items())[1:]:
        if workflow.workflow_status.parent_workflow_id not in places:
            checks.add(
                f"{place}.workflow_status.parent_workflow_id", "Must be the id of a workflow that is imported with it."
            )


def _check_unique_keys(checks: FieldChecks, workflows: dict[str, ExportedWorkflow]) -> None:
    """Check what must be unique among workflows: the ids of messages, and deduplication ids within a queue."""
    messages_seen: dict[str, str] = {}
    holders: dict[tuple[str, str], str] = {}
    for place, workflow in workflows.items():
        status = workflow.workflow_status
        if status.queue_name is not None and status.deduplication_id is not None:
            first = holders.setdefault((status.queue_name, status.deduplication_id), place)
            if first != place:
                checks.add(
                    f"{place}.workflow_status.deduplication_id", f"Is held by {first}, which is in the same queue."
                )
        _check_messages(checks, place, workflow.notifications, messages_seen)


def _check_messages(
    checks: FieldChecks, place: str, inbox: Sequence[ExportedNotification], seen: dict[str, str]
) -> None:
    for index, message in enumerate(inbox):
        here = f"{place}.notifications[{index}]"
        if (first := seen.setdefault(message.message_uuid, here)) != here:
            checks.add(f"{here}.message_uuid", f"Is that of {first} already.")
