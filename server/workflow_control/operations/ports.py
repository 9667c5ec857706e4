"""What the operations need of the layers below, as Protocols:

the layers below implement them without importing this.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import Protocol, TypeVar

from workflow_control.domain.aggregates import (
    StepAggregate,
    StepAggregateQuery,
    WorkflowAggregate,
    WorkflowAggregateQuery,
)
from workflow_control.domain.bulk import BulkItemQuery, BulkItemRow, BulkOperationQuery, BulkOperationRow
from workflow_control.domain.queries import RequestQuery, WorkflowFilter, WorkflowQuery
from workflow_control.domain.queues import Queue, QueueQuery, VersionQuery, VersionRow
from workflow_control.domain.records import StepRow, StoredRequest, StoredWorkflow
from workflow_control.domain.schedules import ScheduleQuery, StoredSchedule
from workflow_control.domain.server_info import DatabaseInfo, ReadinessCheck
from workflow_control.domain.trees import TreeRow, WorkflowRelation
from workflow_control.idempotency.requests import MutationReply, MutationRequest

ResultT = TypeVar("ResultT")


class MutationExecutor(Protocol):
    """Applies keyed mutations exactly once."""

    async def execute(self, request: MutationRequest) -> MutationReply:
        """Apply the mutation or replay its stored outcome. Raises any ControlError."""
        ...

    async def preview(self, request: MutationRequest) -> MutationReply:
        """Answer what `execute` would, without writing anything or taking the key. Raises any ControlError."""
        ...


class WorkflowReader(Protocol):
    """Reads DBOS's tables. All raise TransientError when the database does not answer."""

    async def get(self, workflow_id: str, *, payloads: bool) -> StoredWorkflow | None:
        """Return the workflow, or None."""
        ...

    async def list(self, query: WorkflowQuery) -> Sequence[StoredWorkflow]:
        """Return at most `query.limit` workflows after `query.after`.

        Raises SchemaCapabilityMissing for a filter on what is not there.
        """
        ...

    async def list_steps(
        self, workflow_id: str, *, after: int | None, limit: int, payloads: bool
    ) -> Sequence[StepRow] | None:
        """Return at most `limit` steps with ids above `after`, by id; None: there is no such workflow."""
        ...


class RequestReader(Protocol):
    """Reads the journal."""

    async def get(self, scope: str, request_key: str) -> StoredRequest | None:
        """Return the unexpired request of that key, or None."""
        ...

    async def list(self, query: RequestQuery) -> Sequence[StoredRequest]:
        """Return at most `query.limit` unexpired requests after `query.after`, newest first, without responses."""
        ...


class DatabaseInspector(Protocol):
    """Tells about the database."""

    async def info(self) -> DatabaseInfo:
        """Return what is installed. Raises TransientError when the database does not answer."""
        ...

    async def readiness(self) -> Sequence[ReadinessCheck]:
        """Check everything that serving needs, in the order that the checks build on each other; raise nothing."""
        ...


class BulkReader(Protocol):
    """Reads bulk operations. All raise TransientError when the database does not answer."""

    async def get(self, scope: str, operation_id: str) -> BulkOperationRow | None:
        """Return the operation, or None."""
        ...

    async def list(self, query: BulkOperationQuery) -> Sequence[BulkOperationRow]:
        """Return at most `query.limit` operations after `query.after`, the newest first."""
        ...

    async def list_items(self, query: BulkItemQuery) -> Sequence[BulkItemRow] | None:
        """Return at most `query.limit` items after `query.after`, by number; None: there is no such operation."""
        ...


class MemberCounter(Protocol):
    """Counts the workflows of a bulk operation that is to be."""

    async def count(self, selection: WorkflowFilter, limit: int) -> int:
        """Return how many workflows the filter selects, or the limit if there are more.

        Raises TransientError when the database does not answer in time, SchemaCapabilityMissing.
        """
        ...


class AggregateReader(Protocol):
    """Counts and groups rows of DBOS's tables. All raise TransientError when the database does not answer in time, and
    SchemaCapabilityMissing for a filter or a grouping by what is not there.
    """

    async def count(self, selection: WorkflowFilter) -> int:
        """Return how many workflows the filter selects."""
        ...

    async def aggregate_workflows(self, query: WorkflowAggregateQuery) -> Sequence[WorkflowAggregate]:
        """Return at most `query.limit` groups after `query.after`."""
        ...

    async def aggregate_steps(self, query: StepAggregateQuery) -> Sequence[StepAggregate]:
        """Return at most `query.limit` groups after `query.after`."""
        ...


class TreeReader(Protocol):
    """Reads how workflows belong together."""

    async def in_snapshot(self, gather: Callable[[TreeSnapshot], Awaitable[ResultT]]) -> ResultT:
        """Return what `gather` makes of one state of the database; it may be called a second time.

        Raises TransientError when the database does not answer.
        """
        ...


class TreeSnapshot(Protocol):
    """How workflows belonged together at one instant."""

    async def ancestors(self, workflow_id: str, max_distance: int) -> Sequence[TreeRow]:
        """Return the workflow and at most so many of its ancestors, nearest first; nothing where it is not there."""
        ...

    async def relatives(
        self, workflow_ids: Collection[str], relations: Collection[WorkflowRelation], known: Collection[str], limit: int
    ) -> Sequence[TreeRow]:
        """Return at most `limit` children and forks of the workflows, without the known ones, oldest first."""
        ...

    async def truncated(
        self, workflow_ids: Collection[str], relations: Collection[WorkflowRelation], known: Collection[str]
    ) -> frozenset[str]:
        """Return which of the workflows have children or forks beside the known ones."""
        ...


class QueueReader(Protocol):
    """Reads queues and application versions. All raise TransientError when the database does not answer in time, and
    SchemaCapabilityMissing for what is not there.
    """

    async def get(self, queue_name: str) -> Queue:
        """Return the queue; one that is neither registered nor has workflows has nothing of both."""
        ...

    async def list(self, query: QueueQuery) -> Sequence[Queue]:
        """Return at most `query.limit` queues after `query.after`, by name."""
        ...

    async def list_versions(self, query: VersionQuery) -> Sequence[VersionRow]:
        """Return at most `query.limit` application versions after `query.after`, the latest first."""
        ...


class ScheduleReader(Protocol):
    """Reads schedules. Raises TransientError when the database does not answer, and SchemaCapabilityMissing for what is
    not there.
    """

    async def list(self, query: ScheduleQuery) -> Sequence[StoredSchedule]:
        """Return at most `query.limit` schedules after `query.after`, by name."""
        ...
