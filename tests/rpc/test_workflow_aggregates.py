"""CountWorkflows and AggregateWorkflows: what they say of any rows, in pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

import pytest
from google.protobuf.duration_pb2 import Duration
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.dbos_releases import NEWEST, OLDEST
from tests.fixtures.rpc_server import RunningServer, StartRpcServer
from tests.rpc.test_workflow_list_filter import FOUND_IN_THE_DATABASE, insert
from tests.rpc.workflow_filters import BASE_MS, STATES, Row, filters, rows, selects
from workflowcontrol.v1 import workflow_aggregates_pb2 as messages
from workflowcontrol.v1.types_pb2 import WorkflowFilter, WorkflowState
from workflowcontrol.v1.workflow_aggregates_pb2 import (
    AggregateWorkflowsRequest,
    AggregateWorkflowsResponse,
    CountWorkflowsRequest,
    CountWorkflowsResponse,
    WorkflowAggregate,
    WorkflowGrouping,
)

MANY_PAGES = 200
MEBIBYTE = 1024 * 1024
STATE = messages.WORKFLOW_GROUPING_STATE
NAME = messages.WORKFLOW_GROUPING_NAME
QUEUE = messages.WORKFLOW_GROUPING_QUEUE
APPLICATION = messages.WORKFLOW_GROUPING_APPLICATION
TIME_BUCKET = messages.WORKFLOW_GROUPING_TIME_BUCKET

TEXTS: Final[dict[int, tuple[str, str]]] = {
    STATE: ("status", "raw_status"),
    NAME: ("name", "name"),
    QUEUE: ("queue_name", "queue_name"),
    messages.WORKFLOW_GROUPING_VERSION: ("application_version", "application_version"),
    messages.WORKFLOW_GROUPING_EXECUTOR: ("executor_id", "executor_id"),
    APPLICATION: ("application_name", "application_name"),
}
"""The groupings by text: the column, and the field of a group."""
GROUPINGS: Final = (*TEXTS, TIME_BUCKET)


def milliseconds(length_ms: int) -> Duration:
    duration = Duration()
    duration.FromMilliseconds(length_ms)
    return duration


def read_pages(server: RunningServer, request: AggregateWorkflowsRequest) -> Iterator[AggregateWorkflowsResponse]:
    """Yields all pages."""
    for _ in range(MANY_PAGES):
        page = server.call(request).read(AggregateWorkflowsResponse)
        yield page
        request.page_token = page.next_page_token
        if not page.next_page_token:
            return
    raise AssertionError("the pages do not end")


def read_groups(server: RunningServer, page_size: int = 0, **fields: Any) -> list[WorkflowAggregate]:  # noqa: ANN401 - Any field's type.
    request = AggregateWorkflowsRequest(page_size=page_size, **fields)
    return [each for page in read_pages(server, request) for each in page.aggregates]


def expected_groups(
    selected: Sequence[Row], group_by: Sequence[int], bucket_ms: int | None
) -> Sequence[WorkflowAggregate]:
    """Returns the groups by the words of the contract."""
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    if not group_by:
        groups[()] = []
    for row in selected:
        groups[tuple(_value(grouping, row, bucket_ms) for grouping in group_by)].append(row)
    in_order = sorted(groups, key=lambda key: [(value is None, value or "") for value in key])
    return [_group(group_by, key, groups[key]) for key in in_order]


def _value(grouping: int, row: Row, bucket_ms: int | None) -> object:
    if grouping == TIME_BUCKET:
        assert bucket_ms is not None
        return row["created_at"] // bucket_ms * bucket_ms
    return row[TEXTS[grouping][0]]


def _group(group_by: Sequence[int], key: Sequence[Any], members: Sequence[Row]) -> WorkflowAggregate:
    group = WorkflowAggregate(count=len(members))
    for grouping, value in zip(group_by, key, strict=True):
        if grouping == TIME_BUCKET:
            group.bucket_start.FromMilliseconds(value)
        elif value is not None:
            setattr(group, TEXTS[grouping][1], value)
        if grouping == STATE and f"WORKFLOW_STATE_{value}" in STATES:
            group.state = WorkflowState.Value(f"WORKFLOW_STATE_{value}")
    if members:
        group.oldest_create_time.FromMilliseconds(min(row["created_at"] for row in members))
    for field, column in (("longest_queue_wait", "started_at_epoch_ms"), ("longest_latency", "completed_at")):
        # Times that two clocks have recorded may be in the wrong order; nothing takes less than no time.
        spans = [row[column] - row["created_at"] for row in members if row.get(column) is not None]
        if spans:
            getattr(group, field).FromMilliseconds(max([0, *spans]))
    return group


def groupings(available: Sequence[int]) -> st.SearchStrategy[list[int]]:
    return st.lists(st.sampled_from(available), max_size=4, unique=True)


def check_groups(
    server: RunningServer, inserted: Sequence[Row], selection: WorkflowFilter, group_by: Sequence[int], bucket_ms: int
) -> None:
    server.execute("DELETE FROM dbos.workflow_status")
    insert(server, inserted)
    selected = [row for row in inserted if selects(selection, row)]
    bucket = bucket_ms if TIME_BUCKET in group_by else None
    expected = expected_groups(selected, group_by, bucket)
    fields = {
        "filter": selection,
        "group_by": group_by,
        "bucket": None if bucket is None else milliseconds(bucket),
    }
    for page_size in (0, 1, 3):
        assert read_groups(server, page_size, **fields) == expected, page_size
    count = server.call(CountWorkflowsRequest(filter=selection)).read(CountWorkflowsResponse)
    assert count.count == len(selected) == sum(group.count for group in expected)


@FOUND_IN_THE_DATABASE
@given(rows(NEWEST), filters(NEWEST), groupings(GROUPINGS), st.integers(1, 5))
def test_any_groups_of_any_rows_of_the_newest_schema(
    newest_rpc_server: RunningServer,
    inserted: Sequence[Row],
    selection: WorkflowFilter,
    group_by: Sequence[int],
    bucket_ms: int,
) -> None:
    check_groups(newest_rpc_server, inserted, selection, group_by, bucket_ms)


@FOUND_IN_THE_DATABASE
@given(rows(OLDEST), filters(OLDEST), groupings([each for each in GROUPINGS if each != APPLICATION]), st.integers(1, 5))
def test_any_groups_of_any_rows_of_the_oldest_schema(
    oldest_rpc_server: RunningServer,
    inserted: Sequence[Row],
    selection: WorkflowFilter,
    group_by: Sequence[int],
    bucket_ms: int,
) -> None:
    check_groups(oldest_rpc_server, inserted, selection, group_by, bucket_ms)


def insert_workflows(server: RunningServer, *columns: Row) -> None:
    """Inserts nothing but these workflows."""
    server.execute("DELETE FROM dbos.workflow_status")
    defaults = {"status": "PENDING", "created_at": BASE_MS, "updated_at": BASE_MS}
    insert(server, [{"workflow_uuid": f"w{n}", **defaults, **each} for n, each in enumerate(columns)])


def test_a_state_that_we_do_not_know_and_none_at_all(rpc_server: RunningServer) -> None:
    insert_workflows(rpc_server, {"status": "PAUSED"}, {"status": None}, {"status": "SUCCESS"}, {"status": "PAUSED"})
    found = [
        (group.state, group.raw_status, group.HasField("raw_status"), group.count)
        for group in read_groups(rpc_server, group_by=[STATE])
    ]
    assert found == [
        (WorkflowState.WORKFLOW_STATE_UNSPECIFIED, "PAUSED", True, 2),
        (WorkflowState.WORKFLOW_STATE_SUCCESS, "SUCCESS", True, 1),
        (WorkflowState.WORKFLOW_STATE_UNSPECIFIED, "", False, 1),
    ]


def test_an_empty_text_is_another_group_than_none(rpc_server: RunningServer) -> None:
    insert_workflows(rpc_server, {"queue_name": ""}, {"queue_name": None}, {"queue_name": "q"})
    queues = [(group.HasField("queue_name"), group.queue_name) for group in read_groups(rpc_server, group_by=[QUEUE])]
    assert queues == [(True, ""), (True, "q"), (False, "")]


def test_buckets_begin_at_the_epoch_before_it_and_far_after(rpc_server: RunningServer) -> None:
    hour = 3_600_000
    times = [-1, -hour, 0, hour - 1, hour, 10**14]
    insert_workflows(rpc_server, *({"created_at": time} for time in times))
    found = read_groups(rpc_server, 1, group_by=[TIME_BUCKET], bucket=milliseconds(hour))
    starts = [(group.bucket_start.ToMilliseconds(), group.count) for group in found]
    assert starts == [(-hour, 2), (0, 2), (hour, 1), (10**14 // hour * hour, 1)]


def test_times_that_no_clock_tells_break_nothing(rpc_server: RunningServer) -> None:
    times = [-(2**63), 2**63 - 1]
    insert_workflows(rpc_server, *({"created_at": time, "started_at_epoch_ms": -time - 1} for time in times))
    [group] = read_groups(rpc_server, 1, group_by=[])
    assert (group.count, group.HasField("longest_queue_wait")) == (2, False)
    found = read_groups(rpc_server, 1, group_by=[TIME_BUCKET], bucket=milliseconds(3_600_000))
    assert [group.count for group in found] == [1, 1]


def test_nothing_is_one_empty_group_or_none(rpc_server: RunningServer) -> None:
    insert_workflows(rpc_server)
    assert read_groups(rpc_server) == [WorkflowAggregate()]
    assert read_groups(rpc_server, group_by=[NAME]) == []


def test_latency_is_unset_where_dbos_does_not_record_completion(
    oldest_rpc_server: RunningServer, newest_rpc_server: RunningServer
) -> None:
    insert_workflows(oldest_rpc_server, {"started_at_epoch_ms": BASE_MS + 1500})
    [group] = read_groups(oldest_rpc_server)
    assert not group.HasField("longest_latency")
    assert group.longest_queue_wait == milliseconds(1500)
    insert_workflows(newest_rpc_server, {"completed_at": BASE_MS + 2001})
    [group] = read_groups(newest_rpc_server)
    assert group.longest_latency == milliseconds(2001)
    assert not group.HasField("longest_queue_wait")


@pytest.mark.parametrize("condition", ["group_by", "filter"])
def test_what_the_schema_lacks_is_refused(oldest_rpc_server: RunningServer, condition: str) -> None:
    request = {
        "group_by": AggregateWorkflowsRequest(group_by=[APPLICATION]),
        "filter": AggregateWorkflowsRequest(filter=WorkflowFilter(application_names=["shop"])),
    }[condition]
    refusal = oldest_rpc_server.call(request).refused("SCHEMA_CAPABILITY_MISSING")
    assert refusal.metadata == {"capability": "application_name", "first_release": "2.30.0"}


def test_a_count_by_what_the_schema_lacks_is_refused(oldest_rpc_server: RunningServer) -> None:
    request = CountWorkflowsRequest(filter=WorkflowFilter(was_forked_from=True))
    oldest_rpc_server.call(request).refused("SCHEMA_CAPABILITY_MISSING")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"group_by": [NAME, STATE, NAME]}, "group_by[2]"),
        ({"group_by": [TIME_BUCKET]}, "bucket"),
        ({"bucket": milliseconds(10)}, "bucket"),
        ({"group_by": [TIME_BUCKET], "bucket": Duration(nanos=1_500_000)}, "bucket"),
        ({"group_by": [TIME_BUCKET], "bucket": Duration()}, "bucket"),
        ({"group_by": [TIME_BUCKET], "bucket": Duration(seconds=-1)}, "bucket"),
    ],
)
def test_groupings_that_make_no_sense(newest_rpc_server: RunningServer, fields: dict[str, Any], wrong: str) -> None:
    reply = newest_rpc_server.call(AggregateWorkflowsRequest(**fields))
    assert reply.refused("INVALID_REQUEST").fields == [wrong]


def test_a_token_is_bound_to_filter_grouping_and_bucket(newest_rpc_server: RunningServer) -> None:
    insert_workflows(newest_rpc_server, {"name": "a"}, {"name": "b"})
    request = AggregateWorkflowsRequest(group_by=[NAME, TIME_BUCKET], bucket=milliseconds(10), page_size=1)
    token = newest_rpc_server.call(request).read(AggregateWorkflowsResponse).next_page_token
    request.page_token = token
    request.page_size = 7
    [group] = newest_rpc_server.call(request).read(AggregateWorkflowsResponse).aggregates
    assert group.name == "b"
    for other in (
        AggregateWorkflowsRequest(group_by=[TIME_BUCKET, NAME], bucket=milliseconds(10)),
        AggregateWorkflowsRequest(group_by=[NAME, TIME_BUCKET], bucket=milliseconds(11)),
        AggregateWorkflowsRequest(group_by=[NAME]),
        AggregateWorkflowsRequest(
            group_by=[NAME, TIME_BUCKET], bucket=milliseconds(10), filter=WorkflowFilter(names=["b"])
        ),
        messages.AggregateStepsRequest(group_by=[messages.STEP_GROUPING_NAME]),
    ):
        other.page_token = token
        assert newest_rpc_server.call(other).refused("INVALID_REQUEST").fields == ["page_token"]


@pytest.mark.parametrize(("page_size", "expected"), [(0, 100), (1000, 1000), (1001, 1000)])
def test_the_size_of_a_page(newest_rpc_server: RunningServer, page_size: int, expected: int) -> None:
    insert_workflows(newest_rpc_server)
    newest_rpc_server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, name)"
        " SELECT n, 'PENDING', n FROM generate_series(0, 1000) AS n"
    )
    request = AggregateWorkflowsRequest(group_by=[NAME], page_size=page_size)
    first, second = list(read_pages(newest_rpc_server, request))[:2]
    assert len(first.aggregates) == expected
    assert first.aggregates[-1].name < second.aggregates[0].name


@pytest.mark.parametrize("own_sessions", [True, False])
def test_what_takes_too_long_is_given_up(start_rpc_server: StartRpcServer, own_sessions: bool) -> None:
    """Also behind a pooler of transactions, where the limit cannot be the session's."""
    server = start_rpc_server(statement_timeout_ms=100, lock_timeout_ms=50, prepared_statements=own_sessions)
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status)"
        " SELECT n, 'PENDING' FROM generate_series(1, 50000) AS n"
    )
    # Each row is compared with each prefix: many seconds of work.
    endless = WorkflowFilter(workflow_id_prefixes=[f"no-{n}" for n in range(1000)])
    for request in (CountWorkflowsRequest(filter=endless), AggregateWorkflowsRequest(filter=endless)):
        server.call(request).refused("DEADLINE_EXCEEDED")
    # The connections are as good as before.
    two = WorkflowFilter(workflow_ids=["1", "2", "no such"])
    assert server.call(CountWorkflowsRequest(filter=two)).read(CountWorkflowsResponse).count == 2


def test_long_names_end_a_page_early_and_one_that_fits_none_is_refused(start_rpc_server: StartRpcServer) -> None:
    """A name is in its group, and in the token of the next page again."""
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    names = [letter * (MEBIBYTE // 2) for letter in "abcde"]
    insert(server, [{"workflow_uuid": name[0], "name": name} for name in names])
    by_name = AggregateWorkflowsRequest(group_by=[NAME])
    pages = list(read_pages(server, by_name))
    assert [group.name for page in pages for group in page.aggregates] == names
    assert all(page.ByteSize() <= 2 * MEBIBYTE for page in pages)
    assert len(pages) > 2

    insert(server, [{"workflow_uuid": "long", "name": "b" * (2 * MEBIBYTE)}])
    refusal = server.call(AggregateWorkflowsRequest(group_by=[NAME], page_size=1, page_token=pages[0].next_page_token))
    assert "group by less" in refusal.refused("RESPONSE_TOO_LARGE").message
    assert server.call(AggregateWorkflowsRequest(group_by=[STATE])).read(AggregateWorkflowsResponse).aggregates


def test_every_grouping_is_tested() -> None:
    assert set(GROUPINGS) == set(WorkflowGrouping.values()) - {messages.WORKFLOW_GROUPING_UNSPECIFIED}
