"""AggregateWorkflows and AggregateSteps count as DBOS does, in the releases whose open package still counts."""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from google.protobuf.message import Message

from tests.differential.aggregate_cases import AGGREGATE_CASES, EXTREMES, AggregateCase, aggregate_rows
from tests.differential.ours import serve_ours
from tests.differential.seeds import insert
from tests.fixtures.dbos_releases import DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import Databases
from workflowcontrol.v1 import workflow_aggregates_pb2 as messages
from workflowcontrol.v1.workflow_aggregates_pb2 import AggregateWorkflowsRequest
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub

CASES = AGGREGATE_CASES
ALWAYS = (DbosRelease.parse("3.2.0"),)
"""The newest that still counts."""

_PAGE_SIZE = 3
_WORKFLOW_FIGURES: Sequence[str] = ("count", "min_created_at", "max_queue_wait_ms", "max_total_latency_ms")
_STEP_FIGURES: Sequence[str] = ("count", "max_duration_ms")

Group = frozenset[tuple[str, str | None]]
Figures = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Counting:
    """Both sides, connected to the same database."""

    ours: WorkflowControlStub
    theirs: Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="module")
def counting(
    databases: Databases, dbos_template: DbosTemplate, release_process: ReleaseProcesses
) -> Iterator[Callable[[DbosRelease], Counting]]:
    """Connects both sides to a database of a release; at most once for each."""
    with ExitStack() as stack:

        @functools.cache
        def connect(release: DbosRelease) -> Counting:
            url = databases.create(dbos_template(release))
            stack.callback(databases.drop, url)
            with psycopg.connect(url) as connection:
                insert(connection, aggregate_rows())

            def theirs(**options: object) -> list[dict[str, Any]]:
                counted = release_process(release).call("aggregate", database_url=url, **options)
                assert isinstance(counted, list)
                return counted

            stack.callback(release_process(release).call, "disconnect", database_url=url)
            return Counting(stack.enter_context(serve_ours(url)), theirs)

        yield connect


def test_aggregate(dbos_release: DbosRelease, case: AggregateCase, counting: Callable[[DbosRelease], Counting]) -> None:
    sides = counting(dbos_release)
    if isinstance(case.ours, AggregateWorkflowsRequest):
        method, figures = "get_workflow_aggregates", _WORKFLOW_FIGURES
        ours = _read_ours(sides.ours.AggregateWorkflows, case.ours, _WORKFLOW_KEYS, _workflow_figures)
    else:
        method, figures = "get_step_aggregates", _STEP_FIGURES
        ours = _read_ours(sides.ours.AggregateSteps, case.ours, _STEP_KEYS, _step_figures)
    if dbos_release < EXTREMES:
        ours = {group: {"count": found["count"]} for group, found in ours.items()}
    options = {f"select_{figure}": True for figure in figures} if dbos_release >= EXTREMES else {}

    theirs = sides.theirs(method=method, **options, **case.theirs)

    assert ours == {
        frozenset(group["group"].items()): {name: group[name] for name in group if name != "group"} for group in theirs
    }
    assert len(ours) == len(theirs)
    # One group, or none, would prove little.
    assert len(ours) > 1


def _read_ours(
    call: Callable[..., Any],
    conditions: Message,
    keys: Mapping[int, Callable[[Any], tuple[str, str | None]]],
    read_figures: Callable[[Any], Figures],
) -> dict[Group, Figures]:
    """Returns our groups as DBOS tells them."""
    found: dict[Group, Figures] = {}
    request: Any = type(conditions)()
    request.MergeFrom(conditions)
    request.page_size = _PAGE_SIZE
    while True:
        response = call(request, timeout=10)
        for group in response.aggregates:
            key = frozenset(keys[grouping](group) for grouping in request.group_by)
            assert key not in found
            found[key] = read_figures(group)
        request.page_token = response.next_page_token
        if not response.next_page_token:
            return found


def _text(theirs: str, ours: str) -> Callable[[Any], tuple[str, str | None]]:
    return lambda group: (theirs, getattr(group, ours) if group.HasField(ours) else None)


def _bucket(group: Any) -> tuple[str, str | None]:  # noqa: ANN401 - A group of workflows or of steps.
    start = _milliseconds(group, "bucket_start")
    return "time_bucket", None if start is None else str(start)


_WORKFLOW_KEYS: Mapping[int, Callable[[Any], tuple[str, str | None]]] = {
    messages.WORKFLOW_GROUPING_STATE: _text("status", "raw_status"),
    messages.WORKFLOW_GROUPING_NAME: _text("name", "name"),
    messages.WORKFLOW_GROUPING_QUEUE: _text("queue_name", "queue_name"),
    messages.WORKFLOW_GROUPING_VERSION: _text("application_version", "application_version"),
    messages.WORKFLOW_GROUPING_EXECUTOR: _text("executor_id", "executor_id"),
    messages.WORKFLOW_GROUPING_APPLICATION: _text("application_name", "application_name"),
    messages.WORKFLOW_GROUPING_TIME_BUCKET: _bucket,
}
_STEP_KEYS: Mapping[int, Callable[[Any], tuple[str, str | None]]] = {
    messages.STEP_GROUPING_NAME: _text("function_name", "name"),
    messages.STEP_GROUPING_FAILED: lambda group: ("status", "ERROR" if group.failed else "SUCCESS"),
    messages.STEP_GROUPING_TIME_BUCKET: _bucket,
}


def _workflow_figures(group: messages.WorkflowAggregate) -> Figures:
    return {
        "count": group.count,
        "min_created_at": _milliseconds(group, "oldest_create_time"),
        "max_queue_wait_ms": _milliseconds(group, "longest_queue_wait"),
        "max_total_latency_ms": _milliseconds(group, "longest_latency"),
    }


def _step_figures(group: messages.StepAggregate) -> Figures:
    return {"count": group.count, "max_duration_ms": _milliseconds(group, "longest_duration")}


def _milliseconds(group: Any, field: str) -> int | None:  # noqa: ANN401 - A group of workflows or of steps.
    return int(getattr(group, field).ToMilliseconds()) if group.HasField(field) else None
