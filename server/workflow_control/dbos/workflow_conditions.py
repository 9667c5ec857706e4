"""A WorkflowQuery as the conditions and parameters of `workflow_list.sql`."""

from __future__ import annotations

from dataclasses import fields
from json import dumps
from typing import Any, Final

from workflow_control.dbos.dialect import Dialect
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.errors import SchemaCapabilityMissing
from workflow_control.domain.queries import MillisecondRange, WorkflowFilter, WorkflowQuery

_NEEDS: Final = {
    "application_names": Capability.APPLICATION_NAME,
    "schedule_names": Capability.SCHEDULE_NAME,
    "was_forked_from": Capability.WAS_FORKED_FROM,
    "attributes": Capability.ATTRIBUTES,
    "completed": Capability.COMPLETED_AT,
}
_FLAGS: Final = {
    "has_parent": ("has_no_parent", "has_parent"),
    "is_fork": ("is_no_fork", "is_fork"),
    "was_forked_from": ("was_not_forked_from", "was_forked_from"),
}


def conditions_of(query: WorkflowQuery, dialect: Dialect) -> tuple[frozenset[str], dict[str, Any]]:
    """Return the conditions that the query has, and the statement's parameters.

    Raises SchemaCapabilityMissing for a filter on what the installed DBOS schema has not.
    """
    conditions = {"descending"} if query.descending else set()
    parameters: dict[str, Any] = {"limit": query.limit}
    for field in fields(WorkflowFilter):
        value = getattr(query.filter, field.name)
        if value is None or value == () or (value is False and field.name == "queued_only"):
            continue
        need = _NEEDS.get(field.name)
        if need is not None and need not in dialect.capabilities:
            raise SchemaCapabilityMissing(need.label, need.first_release)
        match value:
            case bool() if field.name in _FLAGS:
                conditions.add(_FLAGS[field.name][value])
            case MillisecondRange(start, end):
                for bound, name in ((start, f"{field.name}_start"), (end, f"{field.name}_end")):
                    if bound is not None:
                        conditions.add(name)
                        parameters[name] = bound
            case tuple():
                conditions.add(field.name)
                parameters[field.name] = list(value)
            case bool():
                conditions.add(field.name)
            case _:
                conditions.add(field.name)
                parameters[field.name] = dumps(value)
    if query.after is not None:
        conditions.add("after_descending" if query.descending else "after_ascending")
        parameters["after_created_at"] = query.after.created_at
        parameters["after_workflow_id"] = query.after.workflow_id
    return frozenset(conditions), parameters
