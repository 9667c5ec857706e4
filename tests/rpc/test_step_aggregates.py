"""AggregateSteps: what it says of any recorded steps, in pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pytest
from google.protobuf.duration_pb2 import Duration
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.dbos_releases import NEWEST, OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer
from tests.rpc.test_workflow_list_filter import FOUND_IN_THE_DATABASE
from workflowcontrol.v1 import workflow_aggregates_pb2 as messages
from workflowcontrol.v1.types_pb2 import TimeRange
from workflowcontrol.v1.workflow_aggregates_pb2 import (
    AggregateStepsRequest,
    AggregateStepsResponse,
    StepAggregate,
    StepGrouping,
)

BASE_MS: Final = 1_700_000_000_000
MANY_PAGES = 100
LIMIT_BYTES = 4 * 1024 * 1024
WORKFLOWS = ("a", "a%", "b")
NAME, FAILED, TIME_BUCKET = (
    messages.STEP_GROUPING_NAME,
    messages.STEP_GROUPING_FAILED,
    messages.STEP_GROUPING_TIME_BUCKET,
)

Step = Mapping[str, Any]
"""A row of `operation_outputs`, by column, but for its step id."""

_TIMES = st.none() | st.integers(BASE_MS, BASE_MS + 4)
STEPS = st.lists(
    st.fixed_dictionaries(
        {
            "workflow_uuid": st.sampled_from(WORKFLOWS),
            "function_name": st.sampled_from(["pay", "Pay", "", "é"]),
            "error": st.none() | st.just("error"),
            "started_at_epoch_ms": _TIMES,
            "completed_at_epoch_ms": _TIMES,
            "application_name": st.none() | st.sampled_from(["shop", "bank"]),
        }
    ),
    max_size=10,
)


def milliseconds(length_ms: int) -> Duration:
    duration = Duration()
    duration.FromMilliseconds(length_ms)
    return duration


def _range(start_ms: int | None, end_ms: int | None) -> TimeRange:
    time_range = TimeRange()
    if start_ms is not None:
        time_range.start.FromMilliseconds(start_ms)
    if end_ms is not None:
        time_range.end.FromMilliseconds(max(end_ms, start_ms or 0))
    return time_range


def conditions(release: DbosRelease) -> st.SearchStrategy[dict[str, Any]]:
    """Returns what makes conditions that the release's schema can do."""
    fields: dict[str, st.SearchStrategy[Any]] = {
        "completed": st.tuples(_TIMES, _TIMES).map(lambda bounds: _range(*bounds)),
        "names": st.lists(st.sampled_from(["pay", "é", "none"]), min_size=1, max_size=2),
        "workflow_id_prefixes": st.lists(st.sampled_from(["a", "a%", "c"]), min_size=1, max_size=2),
        "failed": st.booleans(),
    }
    if release != OLDEST:
        fields["application_names"] = st.lists(st.sampled_from(["shop", "none"]), min_size=1, max_size=2)
    return st.fixed_dictionaries({}, optional=fields)


def selects(chosen: Mapping[str, Any], step: Step) -> bool:
    """Tells whether the conditions select the step, by the words of the contract."""
    return all(
        [
            "names" not in chosen or step["function_name"] in chosen["names"],
            "failed" not in chosen or chosen["failed"] is (step["error"] is not None),
            "application_names" not in chosen or step["application_name"] in chosen["application_names"],
            "workflow_id_prefixes" not in chosen
            or step["workflow_uuid"].startswith(tuple(chosen["workflow_id_prefixes"])),
            "completed" not in chosen or _is_within(chosen["completed"], step["completed_at_epoch_ms"]),
        ]
    )


def _is_within(time_range: TimeRange, time_ms: int | None) -> bool:
    has_start, has_end = time_range.HasField("start"), time_range.HasField("end")
    if time_ms is None:
        return not has_start and not has_end
    return (not has_start or time_range.start.ToMilliseconds() <= time_ms) and (
        not has_end or time_ms < time_range.end.ToMilliseconds()
    )


def expected_groups(selected: Sequence[Step], group_by: Sequence[int], bucket_ms: int) -> Sequence[StepAggregate]:
    """Returns the groups by the words of the contract."""
    groups: dict[tuple[Any, ...], list[Step]] = defaultdict(list)
    if not group_by:
        groups[()] = []
    for step in selected:
        groups[tuple(_value(grouping, step, bucket_ms) for grouping in group_by)].append(step)
    # Texts, truths and times never meet: a place of the key is for one grouping.
    in_order = sorted(groups, key=lambda key: [(value is None, 0 if value is None else value) for value in key])
    return [_group(group_by, key, groups[key]) for key in in_order]


def _value(grouping: int, step: Step, bucket_ms: int) -> object:
    if grouping == NAME:
        return step["function_name"]
    if grouping == FAILED:
        return step["error"] is not None
    completed = step["completed_at_epoch_ms"]
    return None if completed is None else completed // bucket_ms * bucket_ms


def _group(group_by: Sequence[int], key: Sequence[Any], members: Sequence[Step]) -> StepAggregate:
    group = StepAggregate(count=len(members))
    for grouping, value in zip(group_by, key, strict=True):
        if grouping == NAME:
            group.name = value
        elif grouping == FAILED:
            group.failed = value
        elif value is not None:
            group.bucket_start.FromMilliseconds(value)
    spans = [
        step["completed_at_epoch_ms"] - step["started_at_epoch_ms"]
        for step in members
        if None not in (step["started_at_epoch_ms"], step["completed_at_epoch_ms"])
    ]
    if spans:
        group.longest_duration.FromMilliseconds(max([0, *spans]))
    return group


def insert_steps(server: RunningServer, steps: Sequence[Step]) -> None:
    """Inserts nothing but these steps, and their workflows."""
    server.execute("DELETE FROM dbos.operation_outputs")
    server.execute("DELETE FROM dbos.workflow_status")
    for workflow_id in WORKFLOWS:
        server.execute("INSERT INTO dbos.workflow_status (workflow_uuid, status) VALUES (%s, 'PENDING')", workflow_id)
    [has] = server.execute(
        "SELECT count(*) = 1 AS applications FROM information_schema.columns WHERE table_schema = 'dbos'"
        " AND table_name = 'operation_outputs' AND column_name = 'application_name'"
    )
    for number, step in enumerate(steps):
        row = {"function_id": number, **step}
        if not has["applications"]:
            row.pop("application_name", None)
        placeholders = ", ".join(["%s"] * len(row))
        server.execute(f"INSERT INTO dbos.operation_outputs ({', '.join(row)}) VALUES ({placeholders})", *row.values())


def read_groups(server: RunningServer, page_size: int = 0, **fields: Any) -> list[StepAggregate]:  # noqa: ANN401 - Any field's type.
    request = AggregateStepsRequest(page_size=page_size, **fields)
    found: list[StepAggregate] = []
    for _ in range(MANY_PAGES):
        page = server.call(request).read(AggregateStepsResponse)
        found += page.aggregates
        request.page_token = page.next_page_token
        if not page.next_page_token:
            return found
    raise AssertionError("the pages do not end")


def check_groups(
    server: RunningServer, steps: Sequence[Step], chosen: Mapping[str, Any], group_by: Sequence[int], bucket_ms: int
) -> None:
    insert_steps(server, steps)
    expected = expected_groups([step for step in steps if selects(chosen, step)], group_by, bucket_ms)
    fields: dict[str, Any] = {**chosen, "group_by": group_by}
    if TIME_BUCKET in group_by:
        fields["bucket"] = milliseconds(bucket_ms)
    for page_size in (0, 1, 3):
        assert read_groups(server, page_size, **fields) == expected, page_size


GROUPINGS = st.lists(st.sampled_from([NAME, FAILED, TIME_BUCKET]), max_size=3, unique=True)


@FOUND_IN_THE_DATABASE
@given(STEPS, conditions(NEWEST), GROUPINGS, st.integers(1, 5))
def test_any_groups_of_any_steps_of_the_newest_schema(
    newest_rpc_server: RunningServer,
    steps: Sequence[Step],
    chosen: Mapping[str, Any],
    group_by: Sequence[int],
    bucket_ms: int,
) -> None:
    check_groups(newest_rpc_server, steps, chosen, group_by, bucket_ms)


@FOUND_IN_THE_DATABASE
@given(STEPS, conditions(OLDEST), GROUPINGS, st.integers(1, 5))
def test_any_groups_of_any_steps_of_the_oldest_schema(
    oldest_rpc_server: RunningServer,
    steps: Sequence[Step],
    chosen: Mapping[str, Any],
    group_by: Sequence[int],
    bucket_ms: int,
) -> None:
    check_groups(oldest_rpc_server, steps, chosen, group_by, bucket_ms)


def test_applications_that_the_schema_lacks_are_refused(oldest_rpc_server: RunningServer) -> None:
    reply = oldest_rpc_server.call(AggregateStepsRequest(application_names=["shop"]))
    refusal = reply.refused("SCHEMA_CAPABILITY_MISSING")
    assert refusal.metadata == {"capability": "application_name", "first_release": "2.30.0"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"group_by": [NAME, NAME]}, "group_by[1]"),
        ({"group_by": [TIME_BUCKET]}, "bucket"),
        ({"bucket": milliseconds(10)}, "bucket"),
    ],
)
def test_groupings_that_make_no_sense(newest_rpc_server: RunningServer, fields: dict[str, Any], wrong: str) -> None:
    assert newest_rpc_server.call(AggregateStepsRequest(**fields)).refused("INVALID_REQUEST").fields == [wrong]


def test_a_token_is_bound_to_conditions_and_grouping(newest_rpc_server: RunningServer) -> None:
    insert_steps(newest_rpc_server, [{"workflow_uuid": "a", "function_name": name} for name in "xyz"])
    first = newest_rpc_server.call(AggregateStepsRequest(group_by=[NAME], page_size=1)).read(AggregateStepsResponse)
    token = first.next_page_token
    rest = newest_rpc_server.call(AggregateStepsRequest(group_by=[NAME], page_token=token)).read(AggregateStepsResponse)
    assert [group.name for group in (*first.aggregates, *rest.aggregates)] == ["x", "y", "z"]
    for other in (
        AggregateStepsRequest(group_by=[NAME], page_token=token, failed=False),
        AggregateStepsRequest(group_by=[NAME, FAILED], page_token=token),
        AggregateStepsRequest(page_token=token),
    ):
        assert newest_rpc_server.call(other).refused("INVALID_REQUEST").fields == ["page_token"]


def test_a_name_that_fits_no_page_is_refused(oldest_rpc_server: RunningServer) -> None:
    # Newer releases have an index on the names, which bounds them.
    insert_steps(oldest_rpc_server, [{"workflow_uuid": "a", "function_name": "x" * LIMIT_BYTES}])
    refusal = oldest_rpc_server.call(AggregateStepsRequest(group_by=[NAME])).refused("RESPONSE_TOO_LARGE")
    assert refusal.metadata["workflow_id"] == ""
    failures = oldest_rpc_server.call(AggregateStepsRequest(group_by=[FAILED])).read(AggregateStepsResponse)
    assert len(failures.aggregates) == 1


def test_every_grouping_is_tested() -> None:
    assert {NAME, FAILED, TIME_BUCKET} == set(StepGrouping.values()) - {messages.STEP_GROUPING_UNSPECIFIED}
