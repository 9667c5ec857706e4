"""Counts and extremes of groups of workflows and of steps: what is asked, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from workflow_control.domain.queries import MillisecondRange, WorkflowFilter


class WorkflowGrouping(Enum):
    """What workflows are grouped by. The order is that of the key's places in `workflow_aggregate.sql`."""

    STATE = "state"
    NAME = "name"
    QUEUE = "queue"
    VERSION = "version"
    EXECUTOR = "executor"
    APPLICATION = "application"
    TIME_BUCKET = "bucket"


class StepGrouping(Enum):
    """What steps are grouped by. The order is that of the key's places in `step_aggregate.sql`."""

    NAME = "name"
    FAILED = "failed"
    TIME_BUCKET = "bucket"


GroupValue = str | bool | int | None
"""What a group has in common: a text, whether its steps failed, or the first millisecond of its time bucket. None: that
they have no such value.
"""

GroupKey = tuple[GroupValue, ...]
"""What names a group: a value for each grouping, in the order of the query's."""


@dataclass(frozen=True, slots=True)
class WorkflowAggregateQuery:
    """A page of groups of workflows, by their keys; None comes last in each place."""

    filter: WorkflowFilter
    group_by: tuple[WorkflowGrouping, ...]
    bucket_ms: int | None
    """The length of a time bucket; None without TIME_BUCKET."""
    limit: int
    after: GroupKey | None = None


class WorkflowAggregate(NamedTuple):
    """A group of workflows. Without groupings there is exactly one, which may be empty."""

    key: GroupKey
    size: int
    """How many there are in it."""
    oldest_created_at: int | None
    """None: the group is empty."""
    longest_queue_wait_ms: int | None
    """From creation until a worker took the workflow; None: none was taken."""
    longest_latency_ms: int | None
    """From creation to completion; None: none has completed, or the schema does not record it."""


@dataclass(frozen=True, slots=True)
class StepFilter:
    """Which recorded steps a read selects: all conditions ANDed, the values of one ORed; empty or None: no
    condition.
    """

    completed: MillisecondRange | None = None
    names: tuple[str, ...] = ()
    workflow_id_prefixes: tuple[str, ...] = ()
    application_names: tuple[str, ...] = ()
    failed: bool | None = None


@dataclass(frozen=True, slots=True)
class StepAggregateQuery:
    """A page of groups of steps, as WorkflowAggregateQuery."""

    filter: StepFilter
    group_by: tuple[StepGrouping, ...]
    bucket_ms: int | None
    limit: int
    after: GroupKey | None = None


class StepAggregate(NamedTuple):
    """A group of steps. Without groupings there is exactly one, which may be empty."""

    key: GroupKey
    size: int
    """How many there are in it."""
    longest_duration_ms: int | None
    """From the step's start to its end; None: none has recorded times."""
