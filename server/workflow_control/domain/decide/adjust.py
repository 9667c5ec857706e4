"""What becomes of a workflow whose delay, priority or attributes are to be other ones; its state stays."""

from __future__ import annotations

from typing import Final

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import AttributesChange, DelayChange, PriorityChange
from workflow_control.domain.commands import SetWorkflowDelay, SetWorkflowPriority, UpdateWorkflowAttributes
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import WorkflowNotDelayed, WorkflowNotFound, WorkflowNotQueued
from workflow_control.domain.facts import Facts
from workflow_control.domain.outcomes import AttributesOutcome, DelayOutcome, PriorityOutcome
from workflow_control.domain.states import WorkflowState

_WAITING: Final = frozenset({WorkflowState.ENQUEUED, WorkflowState.DELAYED})


def decide_delay(command: SetWorkflowDelay, facts: Facts) -> Decision:
    """As DBOS does it, which ignores other states where this refuses them. Raises SchemaCapabilityMissing."""
    facts.require(Capability.DELAY)
    row = facts.row
    if row is None:
        return Decision(WorkflowNotFound(command.workflow_id))
    if WorkflowState.parse(row.status) is not WorkflowState.DELAYED:
        return Decision(WorkflowNotDelayed(row.workflow_id, row.status or ""))
    if command.delay_until_ms is not None:
        delay_until = max(facts.now_ms, command.delay_until_ms)
    else:
        delay_until = facts.now_ms + command.delay_ms
    after = row._replace(delay_until=delay_until, updated_at=facts.now_ms)
    return Decision(DelayOutcome(after, row.delay_until), DelayChange(row.workflow_id, delay_until))


def decide_priority(command: SetWorkflowPriority, facts: Facts) -> Decision:
    """As DBOS for TypeScript does it (5.3.0 `system_database.js:setWorkflowPriority`), which ignores other states."""
    row = facts.row
    if row is None:
        return Decision(WorkflowNotFound(command.workflow_id))
    if WorkflowState.parse(row.status) not in _WAITING:
        return Decision(WorkflowNotQueued(row.workflow_id, row.status or ""))
    after = row._replace(priority=command.priority, updated_at=facts.now_ms)
    return Decision(PriorityOutcome(after, row.priority), PriorityChange(row.workflow_id, command.priority))


def decide_attributes(command: UpdateWorkflowAttributes, facts: Facts) -> Decision:
    """As DBOS does it (3.4.0 `_sys_db.py:update_workflow_attributes`): what is no object is merged with as if it was
    empty.

    Raises SchemaCapabilityMissing.
    """
    facts.require(Capability.ATTRIBUTES)
    row = facts.row
    if row is None:
        return Decision(WorkflowNotFound(command.workflow_id))
    attributes = command.attributes
    if command.merge:
        existing = row.attributes if isinstance(row.attributes, dict) else {}
        attributes = {**existing, **(command.attributes or {})}
    after = row._replace(attributes=attributes, updated_at=facts.now_ms)
    return Decision(AttributesOutcome(after), AttributesChange(row.workflow_id, command.attributes, command.merge))
