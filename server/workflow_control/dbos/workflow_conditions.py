"""Filters and queries of workflows as the conditions and parameters of `_workflow_conditions.sql`."""

from __future__ import annotations

from dataclasses import fields
from json import dumps
from typing import Any, Final

from workflow_control.dbos.dialect import Dialect
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.errors import SchemaCapabilityMissing
from workflow_control.domain.queries import MillisecondRange, WorkflowFilter, WorkflowQuery
from workflow_control.domain.states import WorkflowState

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
    """Return the conditions that the query has, and the parameters of `workflow_list.sql`.

    Raises SchemaCapabilityMissing for a filter on what the installed DBOS schema has not.
    """
    conditions, parameters = conditions_of_filter(query.filter, dialect)
    parameters["limit"] = query.limit
    if query.descending:
        conditions |= {"descending"}
    if query.after is not None:
        conditions |= {"after_descending" if query.descending else "after_ascending"}
        parameters["after_created_at"] = query.after.created_at
        parameters["after_workflow_id"] = query.after.workflow_id
    return conditions, parameters


def conditions_of_filter(selection: WorkflowFilter, dialect: Dialect) -> tuple[frozenset[str], dict[str, Any]]:
    """Return the conditions that the filter has, and their parameters. Raises as `conditions_of`."""
    conditions: set[str] = set()
    parameters: dict[str, Any] = {}
    for field in fields(WorkflowFilter):
        value = getattr(selection, field.name)
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
            case (str(status),) if field.name == "statuses" and (state := WorkflowState.parse(status)) is not None:
                conditions.add(f"status_{state.lower()}")
            case tuple():
                conditions.add(field.name)
                parameters[field.name] = list(value)
            case bool():
                conditions.add(field.name)
            case _:
                conditions.add(field.name)
                parameters[field.name] = dumps(value)
    return frozenset(conditions), parameters
