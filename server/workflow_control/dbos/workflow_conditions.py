"""Filters and queries of workflows as the conditions and parameters of `_workflow_conditions.sql`."""

from __future__ import annotations

from json import dumps
from typing import Any, Final

from workflow_control.dbos.dialect import Dialect
from workflow_control.domain.errors import SchemaCapabilityMissing
from workflow_control.domain.queries import (
    MillisecondRange,
    WorkflowFilter,
    WorkflowQuery,
    conditions_in,
    needed_capabilities,
)
from workflow_control.domain.states import WorkflowState

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
    for need in needed_capabilities(selection):
        if need not in dialect.capabilities:
            raise SchemaCapabilityMissing(need.label, need.first_release)
    for field, value in conditions_in(selection):
        match value:
            case bool() if field in _FLAGS:
                conditions.add(_FLAGS[field][value])
            case MillisecondRange(start, end):
                for bound, name in ((start, f"{field}_start"), (end, f"{field}_end")):
                    if bound is not None:
                        conditions.add(name)
                        parameters[name] = bound
            case (str(status),) if field == "statuses" and (state := WorkflowState.parse(status)) is not None:
                conditions.add(f"status_{state.lower()}")
            case tuple():
                conditions.add(field)
                parameters[field] = list(value)
            case bool():
                conditions.add(field)
            case _:
                conditions.add(field)
                parameters[field] = dumps(value)
    return frozenset(conditions), parameters
