"""What the RPCs mean that look at many workflows at once: counts, groups and trees."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from workflow_control.domain.aggregates import (
    StepAggregate,
    StepAggregateQuery,
    WorkflowAggregate,
    WorkflowAggregateQuery,
)
from workflow_control.domain.queries import WorkflowFilter
from workflow_control.domain.trees import WorkflowRelation, WorkflowTree
from workflow_control.operations.ports import AggregateReader, TreeReader
from workflow_control.operations.trees import read_tree


class AnalysisOperations:
    """Reads only: they take no lock, and see what is committed when they run."""

    def __init__(self, aggregates: AggregateReader, trees: TreeReader) -> None:
        self._aggregates = aggregates
        self._trees = trees

    async def count(self, selection: WorkflowFilter) -> int:
        """Return how many workflows the filter selects. Raises SchemaCapabilityMissing."""
        return await self._aggregates.count(selection)

    async def aggregate_workflows(self, query: WorkflowAggregateQuery) -> Sequence[WorkflowAggregate]:
        """Return a page of groups of workflows. Raises SchemaCapabilityMissing."""
        return await self._aggregates.aggregate_workflows(query)

    async def aggregate_steps(self, query: StepAggregateQuery) -> Sequence[StepAggregate]:
        """Return a page of groups of recorded steps. Raises SchemaCapabilityMissing."""
        return await self._aggregates.aggregate_steps(query)

    async def tree(self, workflow_id: str, relations: Collection[WorkflowRelation], max_depth: int) -> WorkflowTree:
        """Return the workflows around one, as of one instant. Raises WorkflowNotFound."""
        return await self._trees.in_snapshot(lambda snapshot: read_tree(snapshot, workflow_id, relations, max_depth))
