"""The reads of WorkflowControl that look at many workflows at once: counts, groups and trees."""

from __future__ import annotations

from typing import TypeVar

from workflow_control.domain.aggregates import StepAggregateQuery, WorkflowAggregateQuery
from workflow_control.domain.errors import ResponseTooLarge
from workflow_control.operations.analysis import AnalysisOperations
from workflow_control.rpc.call import CURRENT_CALL
from workflow_control.rpc.convert_aggregates import (
    read_step_filter,
    read_step_groupings,
    read_workflow_groupings,
    step_aggregate,
    workflow_aggregate,
)
from workflow_control.rpc.convert_queries import read_filter
from workflow_control.rpc.convert_requests import read_page_size
from workflow_control.rpc.convert_trees import read_max_depth, read_relations, workflow_tree
from workflow_control.rpc.field_checks import FieldChecks
from workflow_control.rpc.page_tokens import PageTokens
from workflow_control.rpc.paging import ItemTooLarge, fill_page
from workflowcontrol.v1 import workflow_aggregates_pb2 as aggregates
from workflowcontrol.v1 import workflow_tree_pb2 as trees


class AnalysisReads:
    """Checks and converts, as the servicer does; each method serves the RPC of its name."""

    def __init__(self, operations: AnalysisOperations, max_response_bytes: int) -> None:
        self._operations = operations
        self._max_response_bytes = max_response_bytes

    async def count_workflows(self, request: aggregates.CountWorkflowsRequest) -> aggregates.CountWorkflowsResponse:
        """Raises InvalidRequest, SchemaCapabilityMissing, TransientError."""
        checks = FieldChecks()
        selection = read_filter(checks, request.filter)
        checks.raise_any()
        return aggregates.CountWorkflowsResponse(count=await self._operations.count(selection))

    async def aggregate_workflows(
        self, request: aggregates.AggregateWorkflowsRequest
    ) -> aggregates.AggregateWorkflowsResponse:
        """Raises InvalidRequest, SchemaCapabilityMissing, ResponseTooLarge, TransientError."""
        checks = FieldChecks()
        selection = read_filter(checks, request.filter)
        group_by, bucket_ms = read_workflow_groupings(checks, request)
        page_size = read_page_size(checks, request.page_size)
        tokens = PageTokens("AggregateWorkflows", _without_page(request))
        after = tokens.read_group(checks, request.page_token)
        checks.raise_any()
        try:
            page = await fill_page(
                lambda after, limit: self._operations.aggregate_workflows(
                    WorkflowAggregateQuery(selection, group_by, bucket_ms, limit, after)
                ),
                lambda aggregate: workflow_aggregate(group_by, aggregate),
                lambda aggregate: aggregate.key,
                after=after,
                page_size=page_size,
                max_response_bytes=self._max_response_bytes,
                large_items=False,
                token_bytes=lambda key: len(tokens.write_group(key)),
            )
        except ItemTooLarge as error:
            raise self._group_too_large(error) from None
        token = "" if page.next is None else tokens.write_group(page.next)
        return aggregates.AggregateWorkflowsResponse(aggregates=page.items, next_page_token=token)

    async def aggregate_steps(self, request: aggregates.AggregateStepsRequest) -> aggregates.AggregateStepsResponse:
        """Raises InvalidRequest, SchemaCapabilityMissing, ResponseTooLarge, TransientError."""
        checks = FieldChecks()
        selection = read_step_filter(checks, request)
        group_by, bucket_ms = read_step_groupings(checks, request)
        page_size = read_page_size(checks, request.page_size)
        tokens = PageTokens("AggregateSteps", _without_page(request))
        after = tokens.read_group(checks, request.page_token)
        checks.raise_any()
        try:
            page = await fill_page(
                lambda after, limit: self._operations.aggregate_steps(
                    StepAggregateQuery(selection, group_by, bucket_ms, limit, after)
                ),
                lambda aggregate: step_aggregate(group_by, aggregate),
                lambda aggregate: aggregate.key,
                after=after,
                page_size=page_size,
                max_response_bytes=self._max_response_bytes,
                large_items=False,
                token_bytes=lambda key: len(tokens.write_group(key)),
            )
        except ItemTooLarge as error:
            raise self._group_too_large(error) from None
        token = "" if page.next is None else tokens.write_group(page.next)
        return aggregates.AggregateStepsResponse(aggregates=page.items, next_page_token=token)

    async def get_workflow_tree(self, request: trees.GetWorkflowTreeRequest) -> trees.GetWorkflowTreeResponse:
        """Raises InvalidRequest, WorkflowNotFound, ResponseTooLarge, TransientError."""
        workflow_id = CURRENT_CALL.get().workflow_id = request.workflow_id
        checks = FieldChecks()
        checks.name("workflow_id", workflow_id)
        relations = read_relations(checks, request)
        max_depth = read_max_depth(checks, request.max_depth)
        checks.raise_any()
        response = workflow_tree(await self._operations.tree(workflow_id, relations, max_depth))
        if (size := response.ByteSize()) > self._max_response_bytes:
            advice = "Ask for fewer levels, or for fewer relations."
            raise ResponseTooLarge(workflow_id, size, self._max_response_bytes, advice)
        return response

    def _group_too_large(self, error: ItemTooLarge) -> ResponseTooLarge:
        advice = "That is one group, whose name is too long: group by less, or filter it out."
        return ResponseTooLarge("", error.size, self._max_response_bytes, advice)


RequestT = TypeVar("RequestT", aggregates.AggregateWorkflowsRequest, aggregates.AggregateStepsRequest)


def _without_page(request: RequestT) -> RequestT:
    """Return what a page token is bound to: everything that selects and orders the groups."""
    conditions = type(request)()
    conditions.MergeFrom(request)
    conditions.ClearField("page_size")
    conditions.ClearField("page_token")
    return conditions
