"""The requests for groups of workflows and of steps, and the groups as messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from workflow_control.domain.aggregates import (
    StepAggregate,
    StepFilter,
    StepGrouping,
    WorkflowAggregate,
    WorkflowGrouping,
)
from workflow_control.domain.limits import FILTER_VALUES_MAX
from workflow_control.rpc.convert_queries import read_choices, read_range
from workflow_control.rpc.convert_responses import state_number
from workflow_control.rpc.convert_times import read_timeout_ms, write_duration, write_milliseconds
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import workflow_aggregates_pb2 as messages

GroupingT = TypeVar("GroupingT", WorkflowGrouping, StepGrouping)

_WORKFLOW_GROUPINGS: Final[dict[int, WorkflowGrouping]] = {
    messages.WorkflowGrouping.Value(f"WORKFLOW_GROUPING_{grouping.name}"): grouping for grouping in WorkflowGrouping
}
_STEP_GROUPINGS: Final[dict[int, StepGrouping]] = {
    messages.StepGrouping.Value(f"STEP_GROUPING_{grouping.name}"): grouping for grouping in StepGrouping
}


def read_workflow_groupings(
    checks: FieldChecks, request: messages.AggregateWorkflowsRequest
) -> tuple[tuple[WorkflowGrouping, ...], int | None]:
    """Return what workflows are grouped by, and the length of a time bucket in milliseconds."""
    group_by = _read_groupings(checks, request.group_by, _WORKFLOW_GROUPINGS)
    return group_by, _read_bucket(checks, request, WorkflowGrouping.TIME_BUCKET in group_by)


def read_step_groupings(
    checks: FieldChecks, request: messages.AggregateStepsRequest
) -> tuple[tuple[StepGrouping, ...], int | None]:
    """Return what steps are grouped by, and the length of a time bucket in milliseconds."""
    group_by = _read_groupings(checks, request.group_by, _STEP_GROUPINGS)
    return group_by, _read_bucket(checks, request, StepGrouping.TIME_BUCKET in group_by)


def read_step_filter(checks: FieldChecks, request: messages.AggregateStepsRequest) -> StepFilter:
    """Return which steps are selected."""
    return StepFilter(
        completed=read_range(checks, "completed", request.completed) if request.HasField("completed") else None,
        names=checks.names("names", request.names, FILTER_VALUES_MAX),
        workflow_id_prefixes=checks.names("workflow_id_prefixes", request.workflow_id_prefixes, FILTER_VALUES_MAX),
        application_names=checks.names("application_names", request.application_names, FILTER_VALUES_MAX),
        failed=request.failed if request.HasField("failed") else None,
    )


def workflow_aggregate(
    group_by: Sequence[WorkflowGrouping], aggregate: WorkflowAggregate
) -> messages.WorkflowAggregate:
    """Return a group of workflows."""
    message = messages.WorkflowAggregate(count=aggregate.size)
    for grouping, value in zip(group_by, aggregate.key, strict=True):
        match grouping, value:
            case WorkflowGrouping.STATE, str():
                message.state = state_number(value)
                message.raw_status = value
            case WorkflowGrouping.NAME, str():
                message.name = value
            case WorkflowGrouping.QUEUE, str():
                message.queue_name = value
            case WorkflowGrouping.VERSION, str():
                message.application_version = value
            case WorkflowGrouping.EXECUTOR, str():
                message.executor_id = value
            case WorkflowGrouping.APPLICATION, str():
                message.application_name = value
            case WorkflowGrouping.TIME_BUCKET, int():
                write_milliseconds(message.bucket_start, value)
    if aggregate.oldest_created_at is not None:
        write_milliseconds(message.oldest_create_time, aggregate.oldest_created_at)
    if aggregate.longest_queue_wait_ms is not None:
        write_duration(message.longest_queue_wait, max(0, aggregate.longest_queue_wait_ms))
    if aggregate.longest_latency_ms is not None:
        write_duration(message.longest_latency, max(0, aggregate.longest_latency_ms))
    return message


def step_aggregate(group_by: Sequence[StepGrouping], aggregate: StepAggregate) -> messages.StepAggregate:
    """Return a group of steps."""
    message = messages.StepAggregate(count=aggregate.size)
    for grouping, value in zip(group_by, aggregate.key, strict=True):
        match grouping, value:
            case StepGrouping.NAME, str():
                message.name = value
            case StepGrouping.FAILED, bool():
                message.failed = value
            case StepGrouping.TIME_BUCKET, int():
                write_milliseconds(message.bucket_start, value)
    if aggregate.longest_duration_ms is not None:
        # The clocks of two workers may have recorded the two times.
        write_duration(message.longest_duration, max(0, aggregate.longest_duration_ms))
    return message


def _read_groupings(
    checks: FieldChecks, numbers: Sequence[int], by_number: dict[int, GroupingT]
) -> tuple[GroupingT, ...]:
    group_by = read_choices(checks, "group_by", numbers, by_number)
    for index, grouping in enumerate(group_by):
        if grouping in group_by[:index]:
            checks.add(f"group_by[{index}]", "Is there twice.")
    return group_by


def _read_bucket(
    checks: FieldChecks,
    request: messages.AggregateWorkflowsRequest | messages.AggregateStepsRequest,
    wanted: bool,
) -> int | None:
    if not request.HasField("bucket"):
        if wanted:
            checks.add("bucket", "Is required with TIME_BUCKET.")
        return None
    bucket_ms = read_timeout_ms(checks, "bucket", request.bucket)
    if bucket_ms is not None and not wanted:
        checks.add("bucket", "Must not be set without TIME_BUCKET.")
    return bucket_ms
