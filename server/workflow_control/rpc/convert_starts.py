"""Starts: their requests as commands, and what they came to as messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from workflow_control.domain.commands import StartWorkflow, StartWorkflows
from workflow_control.domain.limits import (
    AUTHENTICATED_ROLES_MAX,
    LISTED_WARNINGS_MAX,
    NEWEST_WORKFLOWS,
    STARTED_WORKFLOWS_MAX,
)
from workflow_control.domain.new_workflows import RESERVED_QUEUE_PREFIX, Debounce, Name, NameKind, NewWorkflow
from workflow_control.domain.outcomes import StartManyOutcome, StartOutcome, StartResult
from workflow_control.domain.records import INTERNAL_QUEUE
from workflow_control.idempotency.derived_ids import derive_workflow_id
from workflow_control.rpc.convert_responses import state_number, write_workflow
from workflow_control.rpc.convert_times import read_delay_ms, read_time_ms, read_timeout_ms
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import workflow_start_pb2 as messages

_RESULTS: Final = {
    result: messages.StartWorkflowResponse.Outcome.Value(f"OUTCOME_{result.name}") for result in StartResult
}
_WARNING_CODES: Final[dict[NameKind, messages.StartWarning.Code.ValueType]] = {
    NameKind.WORKFLOW: messages.StartWarning.CODE_UNKNOWN_WORKFLOW_NAME,
    NameKind.QUEUE: messages.StartWarning.CODE_UNKNOWN_QUEUE,
    NameKind.APPLICATION_VERSION: messages.StartWarning.CODE_UNKNOWN_APPLICATION_VERSION,
    NameKind.APPLICATION: messages.StartWarning.CODE_UNKNOWN_APPLICATION,
}
_WARNING_TEXTS: Final = {
    NameKind.WORKFLOW: "None of the newest {newest} workflows is of the function {name!r}.",
    NameKind.QUEUE: "The queue {name!r} is not registered, and none of the newest {newest} workflows is in it.",
    NameKind.APPLICATION_VERSION: (
        "The application version {name!r} is not registered, and none of the newest {newest} workflows ran with it."
    ),
    NameKind.APPLICATION: (
        "No registered queue or version, and none of the newest {newest} workflows, is of the application {name!r}."
    ),
}
_POLICIES: Final = frozenset(messages.DuplicatePolicy.values())

_NOT_WITH_DEBOUNCE: Final = frozenset(
    {"deduplication_id", "duplicate_policy", "priority", "queue_partition_key", "delay", "delay_until"}
)
"""What debouncing decides by itself."""


def read_start_workflow(checks: FieldChecks, request: messages.StartWorkflowRequest, scope: str) -> StartWorkflow:
    """Return the command of a `StartWorkflow` call; the id derives from scope and key where the caller names none."""
    workflow = request.workflow
    workflow_id = workflow.workflow_id or derive_workflow_id(scope, request.request_key)
    if not request.HasField("workflow"):
        checks.add("workflow", "Is required.")
        return StartWorkflow(NewWorkflow(workflow_id, ""))
    return StartWorkflow(_read_new_workflow(checks, "workflow", workflow, workflow_id))


def read_start_workflows(checks: FieldChecks, request: messages.StartWorkflowsRequest, scope: str) -> StartWorkflows:
    """Return the command of a `StartWorkflows` call; an id that is not given derives from scope, key and place."""
    count = len(request.workflows)
    if not 1 <= count <= STARTED_WORKFLOWS_MAX:
        checks.add("workflows", f"Has {count} workflows; 1 to {STARTED_WORKFLOWS_MAX} are allowed.")
        return StartWorkflows(())
    places: dict[str, int] = {}
    new_workflows = []
    for index, workflow in enumerate(request.workflows):
        field = f"workflows[{index}]"
        workflow_id = workflow.workflow_id or derive_workflow_id(scope, request.request_key, index)
        if (first := places.setdefault(workflow_id, index)) != index:
            checks.add(f"{field}.workflow_id", f"Is that of workflows[{first}] already.")
        if workflow.HasField("debounce"):
            checks.add(f"{field}.debounce", "Must not be set here; debounce calls one by one, with StartWorkflow.")
        else:
            new_workflows.append(_read_new_workflow(checks, field, workflow, workflow_id))
    return StartWorkflows(new_workflows)


def write_start(outcome: StartOutcome) -> messages.StartWorkflowResponse:
    """Return the response of a `StartWorkflow` call."""
    response = messages.StartWorkflowResponse(outcome=_RESULTS[outcome.result])
    write_workflow(response.workflow, outcome.workflow)
    _write_warnings(response, outcome.unknown_names)
    return response


def write_start_many(outcome: StartManyOutcome) -> messages.StartWorkflowsResponse:
    """Return the response of a `StartWorkflows` call."""
    response = messages.StartWorkflowsResponse()
    for start in outcome.starts:
        started = response.workflows.add()
        started.workflow_id = start.workflow.workflow_id
        started.outcome = _RESULTS[start.result]
        started.state = state_number(start.workflow.status)
    # In the order in which they were met, each once.
    _write_warnings(response, dict.fromkeys(name for start in outcome.starts for name in start.unknown_names))
    return response


def _write_warnings(
    response: messages.StartWorkflowResponse | messages.StartWorkflowsResponse, names: Iterable[Name]
) -> None:
    for kind, name in list(names)[:LISTED_WARNINGS_MAX]:
        warning = response.warnings.add()
        warning.code = _WARNING_CODES[kind]
        warning.value = name
        warning.message = _WARNING_TEXTS[kind].format(name=name, newest=NEWEST_WORKFLOWS)


def _read_new_workflow(checks: FieldChecks, path: str, message: messages.NewWorkflow, workflow_id: str) -> NewWorkflow:
    """Return a workflow to start. Only what is set is looked at: a workflow has many fields, and uses few."""
    given = {field.name: value for field, value in message.ListFields()}
    checks.name(f"{path}.workflow_name", message.workflow_name)
    if "timeout" in given and "deadline" in given:
        checks.add(f"{path}.deadline", "Must not be combined with timeout.")
    if "duplicate_policy" in given and "deduplication_id" not in given:
        checks.add(f"{path}.duplicate_policy", "Needs a deduplication_id.")
    if "debounce" in given:
        for name in _NOT_WITH_DEBOUNCE.intersection(given):
            checks.add(f"{path}.{name}", "Must not be combined with debounce.")
    attributes: dict[str, Any] = {}
    for name, value in given.items():
        attribute, read = _FIELDS[name]
        attributes[attribute] = read(checks, f"{path}.{name}", value)
    return NewWorkflow(**{**attributes, "workflow_id": workflow_id, "name": message.workflow_name})


def _read_name(checks: FieldChecks, field: str, value: str) -> str:
    checks.name(field, value)
    return value


def _read_queue_name(checks: FieldChecks, field: str, value: str) -> str:
    checks.name(field, value)
    if value.startswith(RESERVED_QUEUE_PREFIX) and value != INTERNAL_QUEUE:
        checks.add(field, f"Names that begin with {RESERVED_QUEUE_PREFIX} are reserved: no worker serves such a queue.")
    return value


def _read_return_existing(checks: FieldChecks, field: str, value: int) -> bool:
    if value not in _POLICIES:
        checks.add(field, f"{value} is no DuplicatePolicy.")
    return value == messages.DUPLICATE_POLICY_RETURN_EXISTING


def _read_priority(checks: FieldChecks, field: str, value: int) -> int:
    if value < 0:
        checks.add(field, f"Is {value}; must not be negative.")
    return value


def _read_roles(checks: FieldChecks, field: str, value: Iterable[str]) -> Sequence[str]:
    return checks.names(field, value, AUTHENTICATED_ROLES_MAX)


def _read_debounce(checks: FieldChecks, field: str, value: messages.Debounce) -> Debounce:
    checks.name(f"{field}.key", value.key)
    if not value.HasField("period"):
        checks.add(f"{field}.period", "Is required.")
        return Debounce(value.key, 1)
    period_ms = read_timeout_ms(checks, f"{field}.period", value.period)
    timeout_ms = read_timeout_ms(checks, f"{field}.timeout", value.timeout) if value.HasField("timeout") else None
    return Debounce(value.key, period_ms or 1, timeout_ms)


_Read = Callable[[FieldChecks, str, Any], object]

_FIELDS: Final[Mapping[str, tuple[str, _Read]]] = {
    "workflow_name": ("name", lambda checks, field, value: value),
    "class_name": ("class_name", _read_name),
    "config_name": ("config_name", _read_name),
    "queue_name": ("queue_name", _read_queue_name),
    "workflow_id": ("workflow_id", _read_name),
    "args": ("args", FieldChecks.values),
    "named_args": ("named_args", FieldChecks.struct),
    "application_version": ("application_version", _read_name),
    "application_name": ("application_name", _read_name),
    "deduplication_id": ("deduplication_id", _read_name),
    "duplicate_policy": ("return_existing", _read_return_existing),
    "priority": ("priority", _read_priority),
    "queue_partition_key": ("queue_partition_key", _read_name),
    "timeout": ("timeout_ms", read_timeout_ms),
    "deadline": ("deadline_ms", read_time_ms),
    "delay": ("delay_ms", read_delay_ms),
    "delay_until": ("delay_until_ms", read_time_ms),
    "authenticated_user": ("authenticated_user", _read_name),
    "assumed_role": ("assumed_role", _read_name),
    "authenticated_roles": ("authenticated_roles", _read_roles),
    "attributes": ("attributes", FieldChecks.struct),
    "debounce": ("debounce", _read_debounce),
    "python_native": ("python_native", lambda checks, field, value: value),
}
"""By field of the contract: the attribute of `NewWorkflow` that it becomes, and how it is read where it is set."""
