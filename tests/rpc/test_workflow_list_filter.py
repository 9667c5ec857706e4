"""ListWorkflows selects exactly what the filter says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from google.protobuf.struct_pb2 import Struct
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from tests.fixtures.dbos_releases import NEWEST, OLDEST
from tests.fixtures.rpc_server import RunningServer, fresh
from tests.rpc.workflow_filters import (
    BASE_MS,
    COLUMN_OF_NAMES,
    COLUMN_OF_RANGE,
    NEWER_FIELDS,
    Row,
    contains,
    filters,
    rows,
    selects,
)
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.types_pb2 import WorkflowFilter
from workflowcontrol.v1.workflow_control_pb2 import ListWorkflowsRequest, ListWorkflowsResponse

MANY_PAGES = 100
FOUND_IN_THE_DATABASE = settings(
    max_examples=60,
    deadline=None,
    # Without the last phase, which explains a failure for minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    # The server is shared by all examples, which each make the table anew.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def insert(server: RunningServer, inserted: Sequence[Row]) -> None:
    """Inserts rows as they are."""
    with server.connection.cursor() as cursor:
        for row in inserted:
            values = [Jsonb(value) if isinstance(value, dict) else value for value in row.values()]
            placeholders = ", ".join(["%s"] * len(values))
            statement = f"INSERT INTO dbos.workflow_status ({', '.join(row)}) VALUES ({placeholders})"
            cursor.execute(statement.encode(), values)


def list_ids(
    server: RunningServer,
    selection: WorkflowFilter,
    order: types.WorkflowOrder.ValueType = types.WORKFLOW_ORDER_UNSPECIFIED,
    page_size: int = 0,
) -> list[str]:
    """Returns the ids that all pages have."""
    ids: list[str] = []
    token = ""
    for _ in range(MANY_PAGES):
        request = ListWorkflowsRequest(filter=selection, order=order, page_size=page_size, page_token=token)
        page = server.call(request).read(ListWorkflowsResponse)
        assert len(page.workflows) <= (page_size or 100)
        ids += [workflow.workflow_id for workflow in page.workflows]
        token = page.next_page_token
        if not token:
            return ids
    raise AssertionError("the pages do not end")


def check_filters(server: RunningServer, inserted: Sequence[Row], selections: Sequence[WorkflowFilter]) -> None:
    server.execute("DELETE FROM dbos.workflow_status")
    insert(server, inserted)
    in_order = sorted(inserted, key=lambda row: (row["created_at"], row["workflow_uuid"]))
    for number, selection in enumerate(selections):
        expected = [row["workflow_uuid"] for row in in_order if selects(selection, row)]
        size = number + 1
        assert list_ids(server, selection, types.WORKFLOW_ORDER_CREATED_ASC, size) == expected, selection
        assert list_ids(server, selection, types.WORKFLOW_ORDER_CREATED_DESC) == expected[::-1], selection


@FOUND_IN_THE_DATABASE
@given(inserted=rows(NEWEST), selections=st.lists(filters(NEWEST), min_size=1, max_size=5))
def test_any_filter_on_any_rows_of_the_newest_schema(
    newest_rpc_server: RunningServer, inserted: Sequence[Row], selections: Sequence[WorkflowFilter]
) -> None:
    check_filters(newest_rpc_server, inserted, selections)


@FOUND_IN_THE_DATABASE
@given(inserted=rows(OLDEST), selections=st.lists(filters(OLDEST), min_size=1, max_size=5))
def test_any_filter_on_any_rows_of_the_oldest_schema(
    oldest_rpc_server: RunningServer, inserted: Sequence[Row], selections: Sequence[WorkflowFilter]
) -> None:
    check_filters(oldest_rpc_server, inserted, selections)


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [
        ({"a": 1, "b": 2}, {"a": 1}, True),
        ({"a": 1}, {"a": True}, False),
        ({"a": [1, 2]}, {"a": [2]}, True),
        ({"a": [1]}, {"a": 1}, False),
        ({"a": {"b": 1}}, {"a": {}}, True),
        ({"a": None}, {"a": None}, True),
        ({"a": "1"}, {"a": 1}, False),
    ],
)
def test_our_own_idea_of_containment(
    newest_rpc_server: RunningServer, whole: object, part: object, expected: bool
) -> None:
    [row] = newest_rpc_server.execute("SELECT %s::jsonb @> %s::jsonb AS contained", Jsonb(whole), Jsonb(part))
    assert contains(whole, part) is row["contained"] is expected


def _range(start_ms: int, end_ms: int) -> types.TimeRange:
    time_range = types.TimeRange()
    time_range.start.FromMilliseconds(start_ms)
    time_range.end.FromMilliseconds(end_ms)
    return time_range


Condition = tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]

CONDITIONS: dict[str, Condition] = {
    **{
        field: ({field: ["wanted", "never"]}, {column: "wanted"}, {column: "WANTED"})
        for field, column in COLUMN_OF_NAMES.items()
        if field != "workflow_ids"
    },
    "workflow_ids": ({"workflow_ids": ["wanted"]}, {"workflow_uuid": "wanted"}, {"workflow_uuid": "wanted "}),
    "workflow_id_prefixes": (
        {"workflow_id_prefixes": ["50%_"]},
        {"workflow_uuid": "50%_off"},
        {"workflow_uuid": "50xy_off"},
    ),
    "states": ({"states": ["WORKFLOW_STATE_DELAYED"]}, {"status": "DELAYED"}, {"status": "ENQUEUED"}),
    "has_parent": ({"has_parent": True}, {"parent_workflow_id": "p"}, {"parent_workflow_id": None}),
    "is_fork": ({"is_fork": False}, {"forked_from": None}, {"forked_from": "f"}),
    "was_forked_from": ({"was_forked_from": True}, {"was_forked_from": True}, {"was_forked_from": False}),
    "queued_only": (
        {"queued_only": True},
        {"queue_name": "q", "status": "PENDING"},
        {"queue_name": "q", "status": "CANCELLED"},
    ),
    "attributes": ({"attributes": {"a": 1}}, {"attributes": {"a": 1, "b": 2}}, {"attributes": {"a": 2, "b": 1}}),
    **{
        field: ({field: _range(BASE_MS, BASE_MS + 1)}, {column: BASE_MS}, {column: BASE_MS + 1})
        for field, column in COLUMN_OF_RANGE.items()
    },
}
"""For each field of the filter: a filter, a row that it selects, and one that it does not; of the rows what counts."""


def test_every_field_of_the_filter_has_its_rows() -> None:
    assert CONDITIONS.keys() == {field.name for field in WorkflowFilter.DESCRIPTOR.fields}


@pytest.mark.parametrize("field", CONDITIONS)
def test_each_field_of_the_filter_selects(newest_rpc_server: RunningServer, field: str) -> None:
    fields, selected, passed_over = CONDITIONS[field]
    newest_rpc_server.execute("DELETE FROM dbos.workflow_status")
    row = {"status": "PENDING", "created_at": BASE_MS, "updated_at": BASE_MS}
    wanted, unwanted = ({**row, "workflow_uuid": fresh("list"), **columns} for columns in (selected, passed_over))
    insert(newest_rpc_server, [wanted, unwanted])
    assert list_ids(newest_rpc_server, WorkflowFilter(**fields)) == [wanted["workflow_uuid"]]


@pytest.mark.parametrize("field", CONDITIONS)
def test_a_field_that_the_schema_lacks_is_refused_and_every_other_works(
    oldest_rpc_server: RunningServer, field: str
) -> None:
    reply = oldest_rpc_server.call(ListWorkflowsRequest(filter=WorkflowFilter(**CONDITIONS[field][0])))
    if field in NEWER_FIELDS:
        refusal = reply.refused("SCHEMA_CAPABILITY_MISSING")
        # The contract's comment names the release, at least in its short form.
        assert tuple(map(int, refusal.metadata["first_release"].split("."))) > OLDEST.number
    else:
        reply.read(ListWorkflowsResponse)


@pytest.mark.parametrize("field", COLUMN_OF_RANGE)
def test_bounds_between_two_milliseconds_select_what_they_say(newest_rpc_server: RunningServer, field: str) -> None:
    newest_rpc_server.execute("DELETE FROM dbos.workflow_status")
    times = (BASE_MS, BASE_MS + 1)
    rows_at = [{"created_at": 1, "updated_at": 1, "workflow_uuid": str(t), COLUMN_OF_RANGE[field]: t} for t in times]
    insert(newest_rpc_server, rows_at)
    first, second = (str(t) for t in times)
    for start_ns, end_ns, expected in (
        (0, 1_000_001, {first, second}),
        (0, 1_000_000, {first}),
        (0, 1, {first}),
        (0, 0, set()),
        (1, 1_000_000, set()),
        (1, 1_000_001, {second}),
        (999_999, 2_000_000, {second}),
        (1_000_001, 2_000_000, set()),
    ):
        bounds = types.TimeRange()
        bounds.start.FromNanoseconds(BASE_MS * 1_000_000 + start_ns)
        bounds.end.FromNanoseconds(BASE_MS * 1_000_000 + end_ns)
        selection: dict[str, Any] = {field: bounds}
        assert set(list_ids(newest_rpc_server, WorkflowFilter(**selection))) == expected, (start_ns, end_ns)


def test_conditions_that_are_none(newest_rpc_server: RunningServer, oldest_rpc_server: RunningServer) -> None:
    # Nothing to contain, and no bounds: no condition, hence no capability needed.
    selection = WorkflowFilter(attributes=Struct(), completed=types.TimeRange())
    for server in (newest_rpc_server, oldest_rpc_server):
        server.execute("DELETE FROM dbos.workflow_status")
        insert(server, [{"workflow_uuid": "one", "created_at": 1, "updated_at": 1}])
        assert list_ids(server, selection) == ["one"]
