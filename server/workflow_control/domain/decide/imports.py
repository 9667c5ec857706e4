"""What becomes of exported workflows that are to be imported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, TypeVar

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import ImportChange
from workflow_control.domain.commands import ImportWorkflow
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import Deduplicated, FieldViolation, InvalidRequest, WorkflowExists
from workflow_control.domain.exports import ExportedStatus, ExportedWorkflow
from workflow_control.domain.facts import Facts, ImportFindings
from workflow_control.domain.outcomes import ImportOutcome
from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.states import WorkflowState
from workflow_control.domain.written_values import PY_PICKLE

_NOTHING_FOUND: Final = ImportFindings()
_JSON_NULL: Final = "null"

ValueT = TypeVar("ValueT")


def decide_import(command: ImportWorkflow, facts: Facts) -> Decision:
    """Write everything as it was, or nothing.

    Raises SchemaCapabilityMissing for what the installed schema would lose, and InvalidRequest for a message whose id
    another workflow's has.
    """
    for needed in _needed_capabilities(command):
        facts.require(needed)
    found = facts.findings if isinstance(facts.findings, ImportFindings) else _NOTHING_FOUND
    for workflow in command.workflows:
        status = workflow.workflow_status
        if status.workflow_uuid in found.taken_ids:
            return Decision(WorkflowExists(status.workflow_uuid))
        held = (status.queue_name or "", status.deduplication_id or "")
        if held in found.holders:
            return Decision(Deduplicated(*held, found.holders[held].workflow_id))
        for message in workflow.notifications:
            if message.message_uuid in found.taken_message_ids:
                # Nothing is stored, and nothing that anybody does but deletes the other message will help.
                raise InvalidRequest(
                    [
                        FieldViolation(
                            "exported_workflow.notifications",
                            f"Another workflow has a message of the id {message.message_uuid!r}.",
                        )
                    ]
                )
    root, *descendants = command.workflows
    return Decision(
        ImportOutcome(
            _row(root.workflow_status, facts),
            tuple(sorted(each.workflow_status.workflow_uuid for each in descendants)),
            sum(len(each.operation_outputs) for each in command.workflows),
        ),
        ImportChange(command.workflows),
    )


def _needed_capabilities(command: ImportWorkflow) -> Iterator[Capability]:
    """Yield what the schema must have to keep all that is set; the oldest schema can keep everything else.

    What every schema says by saying nothing is not lost: no, and that a Python pickle is one.
    """
    for workflow in command.workflows:
        status = workflow.workflow_status
        if any(name not in (None, PY_PICKLE) for name in _serializations(workflow)):
            yield Capability.SERIALIZATION
        if status.status == WorkflowState.DELAYED or status.delay_until_epoch_ms is not None:
            yield Capability.DELAY
        if status.was_forked_from:
            yield Capability.WAS_FORKED_FROM
        if status.rate_limited:
            yield Capability.REGISTERED_QUEUES
        if status.completed_at is not None:
            yield Capability.COMPLETED_AT
        if status.attributes not in (None, _JSON_NULL):
            yield Capability.ATTRIBUTES
        if status.schedule_name is not None:
            yield Capability.SCHEDULE_NAME
        if status.is_debounced or status.debounce_deadline_epoch_ms is not None:
            yield Capability.DEBOUNCE
        if status.application_name is not None or any(s.application_name for s in workflow.operation_outputs):
            yield Capability.APPLICATION_NAME
        if any(message.consumed for message in workflow.notifications):
            yield Capability.NOTIFICATION_CONSUMED
        if any(message.consumed_by_function_id is not None for message in workflow.notifications):
            yield Capability.REWIND


def _serializations(workflow: ExportedWorkflow) -> Iterator[str | None]:
    yield workflow.workflow_status.serialization
    for table in (
        workflow.operation_outputs,
        workflow.workflow_events,
        workflow.workflow_events_history,
        workflow.streams,
        workflow.notifications,
    ):
        for record in table:
            yield record.serialization


def _row(status: ExportedStatus, facts: Facts) -> WorkflowRow:
    """Return the row as a read will find it."""

    def where(capability: Capability, value: ValueT) -> ValueT | None:
        return value if capability in facts.capabilities else None

    return WorkflowRow(
        workflow_id=status.workflow_uuid,
        status=status.status,
        name=status.name,
        class_name=status.class_name,
        config_name=status.config_name,
        queue_name=status.queue_name,
        queue_partition_key=status.queue_partition_key,
        priority=status.priority,
        deduplication_id=status.deduplication_id,
        authenticated_user=status.authenticated_user,
        assumed_role=status.assumed_role,
        authenticated_roles=status.authenticated_roles,
        application_id=status.application_id,
        application_version=status.application_version,
        application_name=status.application_name,
        executor_id=status.executor_id,
        recovery_attempts=status.recovery_attempts,
        parent_workflow_id=status.parent_workflow_id,
        forked_from=status.forked_from,
        was_forked_from=where(Capability.WAS_FORKED_FROM, bool(status.was_forked_from)),
        schedule_name=status.schedule_name,
        attributes=None if status.attributes is None else json.loads(status.attributes),
        created_at=status.created_at,
        updated_at=status.updated_at,
        started_at=status.started_at_epoch_ms,
        completed_at=status.completed_at,
        delay_until=status.delay_until_epoch_ms,
        timeout_ms=status.workflow_timeout_ms,
        deadline=status.workflow_deadline_epoch_ms,
    )
