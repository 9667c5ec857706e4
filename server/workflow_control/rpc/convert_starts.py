"""Starts: their requests as commands, and what they came to as messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

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
_RETURN_EXISTING: Final = messages.DUPLICATE_POLICY_RETURN_EXISTING

# What debouncing decides by itself. The fields without presence are set when they have another value than the default.
_NOT_WITH_DEBOUNCE: Final = ("deduplication_id", "duplicate_policy", "priority", "queue_partition_key")


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


def _read_new_workflow(checks: FieldChecks, field: str, message: messages.NewWorkflow, workflow_id: str) -> NewWorkflow:
    def optional(name: str, value: str) -> str | None:
        return checks.optional_name(f"{field}.{name}", value) if value else None

    checks.name(f"{field}.workflow_name", message.workflow_name)
    optional("workflow_id", message.workflow_id)
    if message.priority < 0:
        checks.add(f"{field}.priority", f"Is {message.priority}; must not be negative.")
    has = message.HasField
    if has("timeout") and has("deadline"):
        checks.add(f"{field}.deadline", "Must not be combined with timeout.")
    roles = message.authenticated_roles
    start_after = message.WhichOneof("start_after")
    return NewWorkflow(
        workflow_id=workflow_id,
        name=message.workflow_name,
        args=checks.values(f"{field}.args", message.args) if message.args else (),
        named_args=checks.struct(f"{field}.named_args", message.named_args) if has("named_args") else {},
        class_name=optional("class_name", message.class_name),
        config_name=optional("config_name", message.config_name),
        queue_name=_read_queue_name(checks, f"{field}.queue_name", message.queue_name),
        application_version=optional("application_version", message.application_version),
        application_name=optional("application_name", message.application_name),
        deduplication_id=optional("deduplication_id", message.deduplication_id),
        return_existing=_read_return_existing(checks, field, message) if message.duplicate_policy else False,
        priority=message.priority,
        queue_partition_key=optional("queue_partition_key", message.queue_partition_key),
        timeout_ms=read_timeout_ms(checks, f"{field}.timeout", message.timeout) if has("timeout") else None,
        deadline_ms=read_time_ms(checks, f"{field}.deadline", message.deadline) if has("deadline") else None,
        delay_ms=read_delay_ms(checks, f"{field}.delay", message.delay) if start_after == "delay" else None,
        delay_until_ms=(
            read_time_ms(checks, f"{field}.delay_until", message.delay_until) if start_after == "delay_until" else None
        ),
        authenticated_user=optional("authenticated_user", message.authenticated_user),
        assumed_role=optional("assumed_role", message.assumed_role),
        authenticated_roles=(
            checks.names(f"{field}.authenticated_roles", roles, AUTHENTICATED_ROLES_MAX) if roles else ()
        ),
        attributes=checks.struct(f"{field}.attributes", message.attributes) if has("attributes") else None,
        debounce=_read_debounce(checks, field, message) if has("debounce") else None,
        python_native=message.python_native,
    )


def _read_queue_name(checks: FieldChecks, field: str, value: str) -> str:
    if not value:
        return INTERNAL_QUEUE
    checks.name(field, value)
    if value.startswith(RESERVED_QUEUE_PREFIX) and value != INTERNAL_QUEUE:
        checks.add(field, f"Names that begin with {RESERVED_QUEUE_PREFIX} are reserved: no worker serves such a queue.")
    return value


def _read_return_existing(checks: FieldChecks, field: str, message: messages.NewWorkflow) -> bool:
    if message.duplicate_policy not in _POLICIES:
        checks.add(f"{field}.duplicate_policy", f"{message.duplicate_policy} is no DuplicatePolicy.")
    elif not message.deduplication_id:
        checks.add(f"{field}.duplicate_policy", "Needs a deduplication_id.")
    return message.duplicate_policy == _RETURN_EXISTING


def _read_debounce(checks: FieldChecks, field: str, message: messages.NewWorkflow) -> Debounce:
    debounce = message.debounce
    for name in _NOT_WITH_DEBOUNCE:
        if getattr(message, name):
            checks.add(f"{field}.{name}", "Must not be combined with debounce.")
    if (start_after := message.WhichOneof("start_after")) is not None:
        checks.add(f"{field}.{start_after}", "Must not be combined with debounce.")
    checks.name(f"{field}.debounce.key", debounce.key)
    if not debounce.HasField("period"):
        checks.add(f"{field}.debounce.period", "Is required.")
        return Debounce(debounce.key, 1)
    period_ms = read_timeout_ms(checks, f"{field}.debounce.period", debounce.period)
    timeout_ms = None
    if debounce.HasField("timeout"):
        timeout_ms = read_timeout_ms(checks, f"{field}.debounce.timeout", debounce.timeout)
    return Debounce(debounce.key, period_ms or 1, timeout_ms)
