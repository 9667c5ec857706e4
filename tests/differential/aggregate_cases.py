"""The groupings that are compared, and rows that make several groups in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.seeds import SEED_TIME_MS, Rows, workflow
from tests.fixtures.dbos_releases import DbosRelease
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import workflow_aggregates_pb2 as messages
from workflowcontrol.v1.types_pb2 import TimeRange, WorkflowFilter
from workflowcontrol.v1.types_pb2 import WorkflowState as State
from workflowcontrol.v1.workflow_aggregates_pb2 import AggregateStepsRequest, AggregateWorkflowsRequest

FIRST = DbosRelease.parse("2.16.0")
"""The first release that groups workflows."""
EXTREMES = DbosRelease.parse("2.24.0")
"""The first of our releases that tells more than how many they are, and that groups steps."""
APPLICATIONS = DbosRelease.parse("2.31.1")
LATER_FILTERS = DbosRelease.parse("2.28.0")
CLOSED = DbosRelease.parse("3.3.0")
"""From here on DBOS has none of it in its open package."""

WORKFLOWS = 60
STEPS = 4


@dataclass(frozen=True, slots=True)
class AggregateCase:
    """One request, in DBOS's words and in ours, and the releases that can answer it."""

    name: str
    theirs: Mapping[str, object]
    ours: AggregateWorkflowsRequest | AggregateStepsRequest
    since: DbosRelease = FIRST
    until: DbosRelease = CLOSED

    def __str__(self) -> str:
        return self.name


def aggregate_rows() -> Rows:
    """Returns workflows whose columns repeat in different rhythms, each with steps."""
    rows = Rows()
    states = [state for state in WorkflowState if state is not WorkflowState.DELAYED]
    for number in range(WORKFLOWS):
        created_at = SEED_TIME_MS + 777 * number
        workflow_id = f"{'odd' if number % 2 else 'even'}-{number}"
        columns: dict[str, Any] = {
            "created_at": created_at,
            "name": ("order", "refund", "Order")[number % 3],
            "queue_name": ("orders", None)[number % 2],
            "executor_id": f"executor-{number % 4}" if number % 5 else None,
            "application_version": f"version-{number % 2}" if number % 7 else None,
            "application_name": ("shop", "bank", None)[number % 3],
            "started_at_epoch_ms": created_at + 13 * number if number % 4 else None,
            "completed_at": created_at + 1300 * number if number % 5 else None,
            "parent_workflow_id": None if number % 4 else "even-0",
        }
        rows.extend(workflow(workflow_id, states[number % len(states)], **columns))
        for step in range(STEPS):
            ended_at = None if (number + step) % 9 == 0 else created_at + 17 * number + 100 * step
            rows.add(
                "operation_outputs",
                workflow_uuid=workflow_id,
                function_id=step,
                function_name=f"step-{(number + step) % 3}",
                error="error" if (number + step) % 4 == 0 else None,
                started_at_epoch_ms=None if ended_at is None or step == 2 else ended_at - 7 * number,
                completed_at_epoch_ms=ended_at,
                application_name=("shop", None)[step % 2],
            )
    return rows


def _time(offset_ms: int) -> str:
    return datetime.fromtimestamp((SEED_TIME_MS + offset_ms) / 1000, UTC).isoformat()


def _range(start_ms: int, end_ms: int) -> TimeRange:
    start, end = Timestamp(), Timestamp()
    start.FromMilliseconds(SEED_TIME_MS + start_ms)
    # DBOS's ranges include their end, ours do not.
    end.FromMilliseconds(SEED_TIME_MS + end_ms + 1)
    return TimeRange(start=start, end=end)


def _milliseconds(length_ms: int) -> Duration:
    duration = Duration()
    duration.FromMilliseconds(length_ms)
    return duration


_STATE = messages.WORKFLOW_GROUPING_STATE
_NAME = messages.WORKFLOW_GROUPING_NAME
_QUEUE = messages.WORKFLOW_GROUPING_QUEUE
_VERSION = messages.WORKFLOW_GROUPING_VERSION
_EXECUTOR = messages.WORKFLOW_GROUPING_EXECUTOR
_APPLICATION = messages.WORKFLOW_GROUPING_APPLICATION
_BUCKET = messages.WORKFLOW_GROUPING_TIME_BUCKET
_STEP_NAME = messages.STEP_GROUPING_NAME
_STEP_FAILED = messages.STEP_GROUPING_FAILED
_STEP_BUCKET = messages.STEP_GROUPING_TIME_BUCKET

AGGREGATE_CASES = (
    AggregateCase("state", {"group_by_status": True}, AggregateWorkflowsRequest(group_by=[_STATE])),
    AggregateCase("name", {"group_by_name": True}, AggregateWorkflowsRequest(group_by=[_NAME])),
    AggregateCase("queue", {"group_by_queue_name": True}, AggregateWorkflowsRequest(group_by=[_QUEUE])),
    AggregateCase("version", {"group_by_application_version": True}, AggregateWorkflowsRequest(group_by=[_VERSION])),
    AggregateCase("executor", {"group_by_executor_id": True}, AggregateWorkflowsRequest(group_by=[_EXECUTOR])),
    AggregateCase(
        "many-of-some",
        {
            "group_by_status": True,
            "group_by_name": True,
            "group_by_queue_name": True,
            "status": ["SUCCESS", "ERROR", "PENDING"],
            "name": ["order", "refund"],
            "start_time": _time(777 * 5),
            "end_time": _time(777 * 50),
            "workflow_id_prefix": ["even", "odd-1"],
        },
        AggregateWorkflowsRequest(
            group_by=[_STATE, _NAME, _QUEUE],
            filter=WorkflowFilter(
                states=[State.WORKFLOW_STATE_SUCCESS, State.WORKFLOW_STATE_ERROR, State.WORKFLOW_STATE_PENDING],
                names=["order", "refund"],
                created=_range(777 * 5, 777 * 50),
                workflow_id_prefixes=["even", "odd-1"],
            ),
        ),
    ),
    AggregateCase(
        "bucket",
        {"time_bucket_size_ms": 10_000},
        AggregateWorkflowsRequest(group_by=[_BUCKET], bucket=_milliseconds(10_000)),
        since=EXTREMES,
    ),
    AggregateCase(
        "bucket-and-executor",
        {
            "time_bucket_size_ms": 7_001,
            "group_by_executor_id": True,
            "completed_after": _time(20_000),
            "dequeued_before": _time(40_000),
        },
        AggregateWorkflowsRequest(
            group_by=[_EXECUTOR, _BUCKET],
            bucket=_milliseconds(7_001),
            filter=WorkflowFilter(completed=_range(20_000, 10**9), started=_range(0, 40_000)),
        ),
        since=EXTREMES,
    ),
    AggregateCase(
        "children",
        {"group_by_name": True, "parent_workflow_id": ["even-0"]},
        AggregateWorkflowsRequest(group_by=[_NAME], filter=WorkflowFilter(parent_workflow_ids=["even-0"])),
        since=LATER_FILTERS,
    ),
    AggregateCase(
        "application",
        {"group_by_application_name": True, "group_by_name": True},
        AggregateWorkflowsRequest(group_by=[_APPLICATION, _NAME]),
        since=APPLICATIONS,
    ),
    AggregateCase(
        "steps-by-name",
        {"group_by_function_name": True},
        AggregateStepsRequest(group_by=[_STEP_NAME]),
        since=EXTREMES,
    ),
    AggregateCase(
        "steps-by-outcome",
        {"group_by_status": True, "group_by_function_name": True, "workflow_id_prefix": ["odd"]},
        AggregateStepsRequest(group_by=[_STEP_FAILED, _STEP_NAME], workflow_id_prefixes=["odd"]),
        since=EXTREMES,
    ),
    AggregateCase(
        "steps-by-time",
        {"time_bucket_size_ms": 5_000},
        AggregateStepsRequest(group_by=[_STEP_BUCKET], bucket=_milliseconds(5_000)),
        since=EXTREMES,
    ),
    AggregateCase(
        "failed-steps",
        {
            "group_by_function_name": True,
            "status": ["ERROR"],
            "function_name": ["step-1", "step-2"],
            "completed_after": _time(1_000),
            "completed_before": _time(30_000),
        },
        AggregateStepsRequest(
            group_by=[_STEP_NAME], failed=True, names=["step-1", "step-2"], completed=_range(1_000, 30_000)
        ),
        since=EXTREMES,
    ),
)
