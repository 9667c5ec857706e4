"""The requests of the reads, as the domain's queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

from workflow_control.domain.limits import FILTER_VALUES_MAX
from workflow_control.domain.queries import MillisecondRange, WorkflowFilter
from workflow_control.domain.states import WorkflowState
from workflow_control.rpc.convert_times import read_millisecond_range
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import types_pb2 as types

ChoiceT = TypeVar("ChoiceT")

STATE_BY_NUMBER: Final = {types.WorkflowState.Value(f"WORKFLOW_STATE_{state.name}"): state for state in WorkflowState}
"""The proto's states without UNSPECIFIED, which names none."""


def read_view(checks: FieldChecks, view: int, default: types.WorkflowView.ValueType) -> bool:
    """Return whether payloads are asked for."""
    if view == types.WORKFLOW_VIEW_UNSPECIFIED:
        view = default
    elif view not in (types.WORKFLOW_VIEW_BASIC, types.WORKFLOW_VIEW_FULL):
        checks.add("view", f"Is {view}, which names no view.")
    return view == types.WORKFLOW_VIEW_FULL


def read_descending(checks: FieldChecks, order: int) -> bool:
    """Return whether the newest workflows come first."""
    if order not in (
        types.WORKFLOW_ORDER_UNSPECIFIED,
        types.WORKFLOW_ORDER_CREATED_ASC,
        types.WORKFLOW_ORDER_CREATED_DESC,
    ):
        checks.add("order", f"Is {order}, which names no order.")
    return order != types.WORKFLOW_ORDER_CREATED_ASC


def read_filter(checks: FieldChecks, message: types.WorkflowFilter) -> WorkflowFilter:
    """Return a filter of workflows."""

    def names(field: str, values: Sequence[str]) -> tuple[str, ...]:
        return checks.names(f"filter.{field}", values, FILTER_VALUES_MAX) if values else ()

    return WorkflowFilter(
        workflow_ids=names("workflow_ids", message.workflow_ids),
        workflow_id_prefixes=names("workflow_id_prefixes", message.workflow_id_prefixes),
        statuses=_read_states(checks, message.states),
        names=names("names", message.names),
        class_names=names("class_names", message.class_names),
        config_names=names("config_names", message.config_names),
        queue_names=names("queue_names", message.queue_names),
        application_versions=names("application_versions", message.application_versions),
        application_names=names("application_names", message.application_names),
        executor_ids=names("executor_ids", message.executor_ids),
        authenticated_users=names("authenticated_users", message.authenticated_users),
        schedule_names=names("schedule_names", message.schedule_names),
        deduplication_ids=names("deduplication_ids", message.deduplication_ids),
        parent_workflow_ids=names("parent_workflow_ids", message.parent_workflow_ids),
        forked_from=names("forked_from", message.forked_from),
        has_parent=message.has_parent if message.HasField("has_parent") else None,
        is_fork=message.is_fork if message.HasField("is_fork") else None,
        was_forked_from=message.was_forked_from if message.HasField("was_forked_from") else None,
        queued_only=message.queued_only,
        # No attributes are contained in all, so an empty object is no condition.
        attributes=checks.struct("filter.attributes", message.attributes) or None,
        created=read_range(checks, "filter.created", message.created) if message.HasField("created") else None,
        started=read_range(checks, "filter.started", message.started) if message.HasField("started") else None,
        completed=read_range(checks, "filter.completed", message.completed) if message.HasField("completed") else None,
    )


def read_choices(
    checks: FieldChecks, field: str, numbers: Sequence[int], by_number: Mapping[int, ChoiceT]
) -> tuple[ChoiceT, ...]:
    """Return the values of a repeated enum that chooses from a few, by their numbers; UNSPECIFIED is none of them."""
    if len(numbers) > len(by_number):
        checks.add(field, f"Has {len(numbers)} values; at most {len(by_number)} are allowed.")
        return ()
    for index, number in enumerate(numbers):
        if number not in by_number:
            checks.add(f"{field}[{index}]", f"Is {number}, which names nothing to choose.")
    return tuple(by_number[number] for number in numbers if number in by_number)


def read_range(checks: FieldChecks, field: str, value: types.TimeRange) -> MillisecondRange | None:
    """Return a range of DBOS's times; None where it has no bounds."""
    bounds = read_millisecond_range(checks, field, value)
    return None if bounds == MillisecondRange() else bounds


def _read_states(checks: FieldChecks, numbers: Sequence[int]) -> tuple[str, ...]:
    if len(numbers) > FILTER_VALUES_MAX:
        checks.add("filter.states", f"Has {len(numbers)} values; at most {FILTER_VALUES_MAX} are allowed.")
        return ()
    statuses = []
    for index, number in enumerate(numbers):
        state = STATE_BY_NUMBER.get(types.WorkflowState.ValueType(number))
        if state is None:
            checks.add(f"filter.states[{index}]", f"Is {number}, which names no state.")
        else:
            statuses.append(state.value)
    return tuple(statuses)
