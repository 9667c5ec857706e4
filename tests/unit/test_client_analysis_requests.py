"""What the client asks for counts, groups and trees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from workflow_control_client import StepGrouping, WorkflowFilter, WorkflowGrouping, WorkflowRelation, time_range
from workflow_control_client.analysis_calls import (
    aggregate_steps,
    aggregate_workflows,
    count_workflows,
    get_workflow_tree,
)
from workflowcontrol.v1.workflow_aggregates_pb2 import (
    AggregateStepsRequest,
    AggregateWorkflowsRequest,
    CountWorkflowsRequest,
)
from workflowcontrol.v1.workflow_tree_pb2 import GetWorkflowTreeRequest

ORDERS = WorkflowFilter(names=["order"])
BUCKET = timedelta(hours=1, milliseconds=1)


def test_count_fills_the_request() -> None:
    call = count_workflows(ORDERS, call_timeout=timedelta(seconds=3))
    assert call.request == CountWorkflowsRequest(filter=ORDERS)
    assert (call.timeout, call.request_key) == (timedelta(seconds=3), None)
    assert count_workflows().request == CountWorkflowsRequest()


def test_each_page_of_groups_has_the_conditions_of_the_first() -> None:
    by_hour = [WorkflowGrouping.WORKFLOW_GROUPING_TIME_BUCKET, WorkflowGrouping.WORKFLOW_GROUPING_STATE]
    # An iterator is used up by the first page.
    listing = aggregate_workflows(ORDERS, group_by=iter(by_hour), bucket=BUCKET, page_size=7, page_token="from")
    for token in ("from", "next"):
        expected = AggregateWorkflowsRequest(filter=ORDERS, group_by=by_hour, page_size=7, page_token=token)
        expected.bucket.seconds, expected.bucket.nanos = 3600, 1_000_000
        assert listing.page(token).request == expected
    assert listing.first_page_token == "from"
    assert aggregate_workflows().page("").request == AggregateWorkflowsRequest()


def test_steps_are_grouped_by_condition() -> None:
    completed = time_range(start=datetime(2026, 1, 31, tzinfo=UTC))
    listing = aggregate_steps(
        completed=completed,
        names=["pay"],
        workflow_id_prefixes=["order-"],
        application_names=["shop"],
        failed=False,
        group_by=[StepGrouping.STEP_GROUPING_TIME_BUCKET],
        bucket=BUCKET,
        page_size=7,
    )
    expected = AggregateStepsRequest(
        completed=completed,
        names=["pay"],
        workflow_id_prefixes=["order-"],
        application_names=["shop"],
        failed=False,
        group_by=[StepGrouping.STEP_GROUPING_TIME_BUCKET],
        page_size=7,
        page_token="next",
    )
    expected.bucket.FromTimedelta(BUCKET)
    assert listing.page("next").request == expected
    assert not aggregate_steps().page("").request.ListFields()


def test_tree_fills_the_request() -> None:
    down = [WorkflowRelation.WORKFLOW_RELATION_CHILDREN]
    assert get_workflow_tree("order-7", max_depth=3, relations=down).request == GetWorkflowTreeRequest(
        workflow_id="order-7", max_depth=3, relations=down
    )
