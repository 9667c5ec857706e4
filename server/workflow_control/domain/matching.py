"""Which filters select a workflow: what `dbos/queries/_workflow_conditions.sql` asks of Postgres, asked of a row.

A test compares the two. It is here for watches: a change is read once, and held against every filter that is watched.
"""

from __future__ import annotations

from typing import Any

from workflow_control.domain.queries import MillisecondRange, WorkflowFilter
from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.states import ACTIVE, WorkflowState


def matches(selection: WorkflowFilter, row: WorkflowRow) -> bool:
    """Tell whether the filter selects the workflow. A condition on what the row does not have is not met."""
    return (
        _is_one_of(row.status, selection.statuses)
        and _is_one_of(row.name, selection.names)
        and _is_one_of(row.workflow_id, selection.workflow_ids)
        and (not selection.workflow_id_prefixes or row.workflow_id.startswith(selection.workflow_id_prefixes))
        and _is_one_of(row.queue_name, selection.queue_names)
        and _is_one_of(row.class_name, selection.class_names)
        and _is_one_of(row.config_name, selection.config_names)
        and _is_one_of(row.application_version, selection.application_versions)
        and _is_one_of(row.application_name, selection.application_names)
        and _is_one_of(row.executor_id, selection.executor_ids)
        and _is_one_of(row.authenticated_user, selection.authenticated_users)
        and _is_one_of(row.schedule_name, selection.schedule_names)
        and _is_one_of(row.deduplication_id, selection.deduplication_ids)
        and _is_one_of(row.parent_workflow_id, selection.parent_workflow_ids)
        and _is_one_of(row.forked_from, selection.forked_from)
        and selection.has_parent in (None, row.parent_workflow_id is not None)
        and selection.is_fork in (None, row.forked_from is not None)
        and (selection.was_forked_from is None or selection.was_forked_from == row.was_forked_from)
        and (not selection.queued_only or _is_queued(row))
        and (selection.attributes is None or contains(row.attributes, selection.attributes))
        and _is_within(row.created_at, selection.created)
        and _is_within(row.started_at, selection.started)
        and _is_within(row.completed_at, selection.completed)
    )


def contains(whole: Any, part: Any) -> bool:  # noqa: ANN401 - Any JSON value.
    """Tell whether a JSON value contains another one, as Postgres's `@>` does for objects."""
    match whole, part:
        case dict(), dict():
            return all(key in whole and contains(whole[key], value) for key, value in part.items())
        case list(), list():
            return all(any(contains(element, value) for element in whole) for value in part)
        case (dict() | list(), _) | (_, dict() | list()):
            return False
        case _:
            # Python takes True for 1.
            return isinstance(whole, bool) == isinstance(part, bool) and whole == part


def _is_one_of(value: str | None, values: tuple[str, ...]) -> bool:
    return not values or value in values


def _is_queued(row: WorkflowRow) -> bool:
    return row.queue_name is not None and WorkflowState.parse(row.status) in ACTIVE


def _is_within(time: int | None, span: MillisecondRange | None) -> bool:
    if span is None:
        return True
    if time is None:
        return False
    return (span.start is None or time >= span.start) and (span.end is None or time < span.end)
