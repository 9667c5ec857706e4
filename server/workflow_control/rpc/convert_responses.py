"""Workflows and steps as messages.

A Workflow is made for every mutation, under load thousands of times a second: plain attribute writes, no reflection.
"""

from __future__ import annotations

import json
from typing import Final

from workflow_control.domain.payloads import JsonReading, read_error, read_payload
from workflow_control.domain.records import StepRow, StoredPayloads, StoredWorkflow, WorkflowRow
from workflow_control.idempotency.requests import MutationReply
from workflow_control.rpc.convert_queries import STATE_BY_NUMBER
from workflow_control.rpc.convert_times import write_datetime, write_duration, write_milliseconds
from workflow_control.rpc.json_values import write_struct, write_value
from workflowcontrol.v1.types_pb2 import Idempotency, Payload, Workflow, WorkflowState, WorkflowStep

# Looked up once: an enum's members are found by a Python function each time.
_UNSPECIFIED: Final = WorkflowState.WORKFLOW_STATE_UNSPECIFIED
_STATE_NUMBERS: Final[dict[str | None, WorkflowState.ValueType]] = {
    state.value: number for number, state in STATE_BY_NUMBER.items()
}


def write_idempotency(target: Idempotency, request_key: str, reply: MutationReply) -> None:
    """Set what became of the request key."""
    target.request_key = request_key
    if reply.replayed:
        target.replayed = True
    if reply.executed_at is not None:
        write_datetime(target.executed_at, reply.executed_at)
    if reply.expires_at is not None:
        write_datetime(target.expires_at, reply.expires_at)


def workflow(stored: StoredWorkflow) -> Workflow:
    """Return a workflow, in the FULL view where its payloads were read."""
    message = Workflow()
    write_workflow(message, stored.row)
    if stored.payloads is not None:
        _write_payloads(message, stored.payloads)
    return message


def step(row: StepRow, include_output: bool) -> WorkflowStep:
    """Return a recorded step."""
    message = WorkflowStep(step_id=row.step_id, name=row.name, failed=row.failed)
    if row.child_workflow_id is not None:
        message.child_workflow_id = row.child_workflow_id
    if row.started_at is not None:
        write_milliseconds(message.start_time, row.started_at)
    if row.completed_at is not None:
        write_milliseconds(message.complete_time, row.completed_at)
    if include_output:
        if row.output is not None:
            write_payload(message.output, row.serialization, row.output)
        if row.error is not None:
            _write_error(message.error, row.serialization, row.error)
    return message


def write_workflow(message: Workflow, row: WorkflowRow) -> None:
    """Set everything but the payloads."""
    message.workflow_id = row.workflow_id
    status = row.status
    if status is not None:
        message.state = _STATE_NUMBERS.get(status, _UNSPECIFIED)
        message.raw_status = status
    _write_function(message, row)
    _write_ownership(message, row)
    _write_relations(message, row)
    _write_times(message, row)


def _write_function(message: Workflow, row: WorkflowRow) -> None:
    if row.name is not None:
        message.name = row.name
    if row.class_name is not None:
        message.class_name = row.class_name
    if row.config_name is not None:
        message.config_name = row.config_name
    if row.queue_name is not None:
        message.queue_name = row.queue_name
    if row.queue_partition_key is not None:
        message.queue_partition_key = row.queue_partition_key
    message.priority = row.priority
    if row.deduplication_id is not None:
        message.deduplication_id = row.deduplication_id
    # An attributes column may hold any JSON that a foreign client wrote; only an object can be a Struct.
    if isinstance(row.attributes, dict):
        write_struct(message.attributes, row.attributes)


def _write_ownership(message: Workflow, row: WorkflowRow) -> None:
    if row.authenticated_user is not None:
        message.authenticated_user = row.authenticated_user
    if row.assumed_role is not None:
        message.assumed_role = row.assumed_role
    if row.authenticated_roles is not None:
        message.authenticated_roles.extend(_read_roles(row.authenticated_roles))
    if row.application_id is not None:
        message.application_id = row.application_id
    if row.application_version is not None:
        message.application_version = row.application_version
    if row.application_name is not None:
        message.application_name = row.application_name
    if row.executor_id is not None:
        message.executor_id = row.executor_id
    if row.recovery_attempts is not None:
        message.recovery_attempts = row.recovery_attempts


def _write_relations(message: Workflow, row: WorkflowRow) -> None:
    if row.parent_workflow_id is not None:
        message.parent_workflow_id = row.parent_workflow_id
    if row.forked_from is not None:
        message.forked_from = row.forked_from
    if row.was_forked_from:
        message.was_forked_from = True
    if row.schedule_name is not None:
        message.schedule_name = row.schedule_name


def _write_times(message: Workflow, row: WorkflowRow) -> None:
    write_milliseconds(message.create_time, row.created_at)
    write_milliseconds(message.update_time, row.updated_at)
    if row.started_at is not None:
        write_milliseconds(message.start_time, row.started_at)
    if row.completed_at is not None:
        write_milliseconds(message.complete_time, row.completed_at)
    if row.delay_until is not None:
        write_milliseconds(message.delay_until, row.delay_until)
    if row.timeout_ms is not None:
        write_duration(message.timeout, row.timeout_ms)
    if row.deadline is not None:
        write_milliseconds(message.deadline, row.deadline)


def _write_payloads(message: Workflow, payloads: StoredPayloads) -> None:
    serialization = payloads.serialization
    if payloads.input is not None:
        write_payload(message.input, serialization, payloads.input)
    if payloads.output is not None:
        write_payload(message.output, serialization, payloads.output)
    if payloads.error is not None:
        _write_error(message.error, serialization, payloads.error)


def write_payload(message: Payload, serialization: str | None, text: str) -> None:
    """Set a stored text, and its reading where there is one."""
    _write_text(message, serialization, text, read_payload(serialization, text))


def _write_error(message: Payload, serialization: str | None, text: str) -> None:
    """Set the stored text of an error, and its reading where there is one."""
    _write_text(message, serialization, text, read_error(serialization, text))


def _write_text(message: Payload, serialization: str | None, text: str, reading: JsonReading | None) -> None:
    message.text = text
    if serialization is not None:
        message.serialization = serialization
    if reading is not None and write_value(message.value, reading.value):
        message.decoded = True
    else:
        message.ClearField("value")


def _read_roles(text: str) -> list[str]:
    """Return the roles of a JSON array of strings; none where the text is something else, such as `null`."""
    if text in ("[]", "null", ""):
        return []
    try:
        roles = json.loads(text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(roles, list):
        return []
    # A lone surrogate, which JSON can write, is not text that protobuf carries.
    return [role for role in roles if isinstance(role, str) and role.encode(errors="replace").decode() == role]


def state_number(status: str | None) -> WorkflowState.ValueType:
    """Return the contract's state for DBOS's word; UNSPECIFIED for one that it does not know."""
    return _STATE_NUMBERS.get(status, _UNSPECIFIED)
