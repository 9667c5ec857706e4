"""The calls of the service `WorkflowControl` that look at many workflows at once: counts, groups and trees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from workflow_control_client.calls import Call, Listing, duration
from workflowcontrol.v1.types_pb2 import TimeRange, WorkflowFilter
from workflowcontrol.v1.workflow_aggregates_pb2 import (
    AggregateStepsRequest,
    AggregateStepsResponse,
    AggregateWorkflowsRequest,
    AggregateWorkflowsResponse,
    CountWorkflowsRequest,
    CountWorkflowsResponse,
    StepAggregate,
    StepGrouping,
    WorkflowAggregate,
    WorkflowGrouping,
)
from workflowcontrol.v1.workflow_tree_pb2 import (
    GetWorkflowTreeRequest,
    GetWorkflowTreeResponse,
    WorkflowRelation,
)

_SERVICE: Final = "/workflowcontrol.v1.WorkflowControl"


def count_workflows(
    filter: WorkflowFilter | None = None, *, call_timeout: timedelta | None = None
) -> Call[CountWorkflowsResponse]:
    """Count the workflows that a filter selects.

        failed = WorkflowFilter(states=[WorkflowState.WORKFLOW_STATE_ERROR], created=time_range(start=yesterday))
        print(client.count_workflows(failed).count)

    Args:
        filter: Which workflows; None: all.
        call_timeout: The time for the call; None: as the client says.

    Raises:
        SchemaCapabilityMissing: The filter asks for what the installed DBOS schema does not have.
        DeadlineExceeded: There are too many to count in time: narrow the filter, by `created` best.
        WorkflowControlError: Any of its other subclasses.
    """
    request = CountWorkflowsRequest(filter=filter)
    return Call(f"{_SERVICE}/CountWorkflows", request, CountWorkflowsResponse.FromString, call_timeout)


def aggregate_workflows(
    filter: WorkflowFilter | None = None,
    *,
    group_by: Iterable[WorkflowGrouping.ValueType] = (),
    bucket: timedelta | None = None,
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[AggregateWorkflowsResponse, WorkflowAggregate]:
    """Group the workflows that a filter selects: how many, since when, how long they waited and took at most.

        by_queue = [WorkflowGrouping.WORKFLOW_GROUPING_QUEUE, WorkflowGrouping.WORKFLOW_GROUPING_STATE]
        for group in client.aggregate_workflows(group_by=by_queue):
            print(group.queue_name, group.raw_status, group.count)

    Args:
        filter: Which workflows; None: all.
        group_by: What to group by, and in which order the groups come; empty: all in one group.
        bucket: The length of a time bucket, with `WORKFLOW_GROUPING_TIME_BUCKET`.
        page_size: How many groups to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same filter and grouping.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        SchemaCapabilityMissing: Filter or grouping ask for what the installed DBOS schema does not have.
        DeadlineExceeded: There are too many to group in time: narrow the filter, by `created` best.
        WorkflowControlError: Any of its other subclasses.
    """
    conditions = AggregateWorkflowsRequest(
        filter=filter, group_by=group_by, bucket=duration(bucket), page_size=page_size
    )

    def page(token: str) -> Call[AggregateWorkflowsResponse]:
        request = AggregateWorkflowsRequest(page_token=token)
        request.MergeFrom(conditions)
        return Call(f"{_SERVICE}/AggregateWorkflows", request, AggregateWorkflowsResponse.FromString, call_timeout)

    return Listing(page, lambda response: response.aggregates, page_token)


def aggregate_steps(
    *,
    completed: TimeRange | None = None,
    names: Iterable[str] = (),
    workflow_id_prefixes: Iterable[str] = (),
    application_names: Iterable[str] = (),
    failed: bool | None = None,
    group_by: Iterable[StepGrouping.ValueType] = (),
    bucket: timedelta | None = None,
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[AggregateStepsResponse, StepAggregate]:
    """Group the recorded steps of all workflows: how many, and how long they took at most.

        today = time_range(start=midnight)
        for group in client.aggregate_steps(completed=today, group_by=[StepGrouping.STEP_GROUPING_NAME]):
            print(group.name, group.count, group.longest_duration.ToTimedelta())

    Args:
        completed: Only steps completed in this range; see `time_range`.
        names: Only steps of any of these names; empty: all. Likewise the next two.
        workflow_id_prefixes: Only steps of workflows whose id begins with any of these.
        application_names: Only steps owned by any of these applications.
        failed: Only steps that failed (True) or did not (False).
        group_by: What to group by, and in which order the groups come; empty: all in one group.
        bucket: The length of a time bucket, with `STEP_GROUPING_TIME_BUCKET`.
        page_size: How many groups to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same conditions and grouping.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        SchemaCapabilityMissing: The conditions ask for what the installed DBOS schema does not have.
        DeadlineExceeded: There are too many to group in time: narrow the conditions, by `completed` best.
        WorkflowControlError: Any of its other subclasses.
    """
    conditions = AggregateStepsRequest(
        completed=completed,
        names=names,
        workflow_id_prefixes=workflow_id_prefixes,
        application_names=application_names,
        failed=failed,
        group_by=group_by,
        bucket=duration(bucket),
        page_size=page_size,
    )

    def page(token: str) -> Call[AggregateStepsResponse]:
        request = AggregateStepsRequest(page_token=token)
        request.MergeFrom(conditions)
        return Call(f"{_SERVICE}/AggregateSteps", request, AggregateStepsResponse.FromString, call_timeout)

    return Listing(page, lambda response: response.aggregates, page_token)


def get_workflow_tree(
    workflow_id: str,
    *,
    max_depth: int = 0,
    relations: Iterable[WorkflowRelation.ValueType] = (),
    call_timeout: timedelta | None = None,
) -> Call[GetWorkflowTreeResponse]:
    """Read what a workflow comes from and what came of it, at most 1,000 workflows.

        tree = client.get_workflow_tree("order-7")
        print([parent.workflow_id for parent in tree.ancestors], [child.raw_status for child in tree.root.children])

    Args:
        workflow_id: The workflow in the middle.
        max_depth: How many levels to go up, and down; 0: 10. The server goes 30 at most.
        relations: What to follow: parents, children, forks; empty: everything.
        call_timeout: The time for the call; None: as the client says.

    Raises:
        WorkflowNotFound: There is no such workflow.
        ResponseTooLarge: The tree is too large for a message: ask for fewer levels.
        WorkflowControlError: Any of its other subclasses.
    """
    request = GetWorkflowTreeRequest(workflow_id=workflow_id, max_depth=max_depth, relations=relations)
    return Call(f"{_SERVICE}/GetWorkflowTree", request, GetWorkflowTreeResponse.FromString, call_timeout)
