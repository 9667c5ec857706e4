"""ListWorkflows: views, orders and pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

import pytest

from tests.differential.seeds import SEED_TIME_MS, Rows, workflow
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.types_pb2 import WorkflowFilter
from workflowcontrol.v1.workflow_control_pb2 import (
    GetWorkflowRequest,
    GetWorkflowResponse,
    ListWorkflowsRequest,
    ListWorkflowsResponse,
    ListWorkflowStepsRequest,
)

ASCENDING, DESCENDING = types.WORKFLOW_ORDER_CREATED_ASC, types.WORKFLOW_ORDER_CREATED_DESC
DEFAULT_PAGE, LARGEST_PAGE = 100, 1000
MANY_PAGES = 100
MEBIBYTE = 1024 * 1024
_BASE64 = f"{ascii_uppercase}{ascii_lowercase}{digits}-_"


def seed_list(server: RunningServer, times_ms: Sequence[int]) -> tuple[str, WorkflowFilter]:
    """Makes workflows created so long after a beginning; returns the prefix of their ids, and a filter on it."""
    prefix = fresh("list") + "/"
    rows = Rows()
    for number, time_ms in enumerate(times_ms):
        created_at = SEED_TIME_MS + time_ms
        rows.extend(workflow(f"{prefix}{number:03}", WorkflowState.PENDING, created_at=created_at))
    server.seed(rows)
    return prefix, WorkflowFilter(workflow_id_prefixes=[prefix])


def read_page(server: RunningServer, selection: WorkflowFilter, **fields: Any) -> ListWorkflowsResponse:  # noqa: ANN401 - Any field's type.
    return server.call(ListWorkflowsRequest(filter=selection, **fields)).read(ListWorkflowsResponse)


def read_pages(server: RunningServer, selection: WorkflowFilter, **fields: Any) -> Iterator[ListWorkflowsResponse]:  # noqa: ANN401 - Any field's type.
    """Yields all pages; whoever takes them may do something between two."""
    token = ""
    for _ in range(MANY_PAGES):
        page = read_page(server, selection, page_token=token, **fields)
        yield page
        token = page.next_page_token
        if not token:
            return
    raise AssertionError("the pages do not end")


def ids(*pages: ListWorkflowsResponse) -> list[str]:
    return [each.workflow_id for page in pages for each in page.workflows]


@pytest.mark.parametrize("page_size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("order", [ASCENDING, DESCENDING], ids=["ascending", "descending"])
def test_pages_are_the_whole_in_order_whatever_their_size(
    rpc_server: RunningServer, order: types.WorkflowOrder.ValueType, page_size: int
) -> None:
    # Many were created in the same millisecond; the ids decide then.
    prefix, selection = seed_list(rpc_server, [5, 1, 5, 5, 3, 1, 5])
    by_time = [f"{prefix}{number:03}" for number in (1, 5, 4, 0, 2, 3, 6)]
    pages = list(read_pages(rpc_server, selection, order=order, page_size=page_size))
    assert ids(*pages) == (by_time if order == ASCENDING else by_time[::-1])
    assert len(pages) == -(-len(by_time) // page_size)


def test_the_newest_come_first_unless_told_otherwise(rpc_server: RunningServer) -> None:
    prefix, selection = seed_list(rpc_server, [1, 2])
    assert ids(read_page(rpc_server, selection)) == [f"{prefix}001", f"{prefix}000"]


@pytest.mark.parametrize("order", [ASCENDING, DESCENDING], ids=["ascending", "descending"])
def test_what_is_created_or_deleted_between_pages_shifts_none(
    rpc_server: RunningServer, order: types.WorkflowOrder.ValueType
) -> None:
    prefix, selection = seed_list(rpc_server, [10, 20, 20, 20, 30])
    before = [f"{prefix}{number:03}" for number in range(5)]
    seen = []
    for number, page in enumerate(read_pages(rpc_server, selection, order=order, page_size=2)):
        seen += ids(page)
        if number == 0:
            # Earlier, later and in the middle of the page's last millisecond; and the page's own last row goes away.
            for name, time_ms in (("early", 1), ("late", 99), ("000-same", 20), ("999-same", 20)):
                rpc_server.seed(workflow(f"{prefix}{name}", WorkflowState.PENDING, created_at=SEED_TIME_MS + time_ms))
            rpc_server.execute("DELETE FROM dbos.workflow_status WHERE workflow_uuid = %s", seen[-1])
    assert [each for each in seen if each in before] == (before if order == ASCENDING else before[::-1])
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("page_size", "expected"),
    [
        (0, DEFAULT_PAGE),
        (1, 1),
        (LARGEST_PAGE, LARGEST_PAGE),
        (LARGEST_PAGE + 1, LARGEST_PAGE),
        (2**31 - 1, LARGEST_PAGE),
    ],
)
def test_the_size_of_a_page(newest_rpc_server: RunningServer, page_size: int, expected: int) -> None:
    prefix = fresh("list") + "/"
    newest_rpc_server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, created_at, updated_at)"
        " SELECT %s || n, 'SUCCESS', n, n FROM generate_series(1, %s) AS n",
        prefix,
        LARGEST_PAGE + 1,
    )
    page = read_page(newest_rpc_server, WorkflowFilter(workflow_id_prefixes=[prefix]), page_size=page_size)
    assert len(page.workflows) == expected
    assert page.next_page_token
    newest_rpc_server.execute("DELETE FROM dbos.workflow_status WHERE starts_with(workflow_uuid, %s)", prefix)


def test_a_full_last_page_has_no_successor(rpc_server: RunningServer) -> None:
    _, selection = seed_list(rpc_server, [1, 2, 3])
    assert not read_page(rpc_server, selection, page_size=3).next_page_token
    assert read_page(rpc_server, selection, page_size=2).next_page_token


def test_nothing_is_an_empty_page(rpc_server: RunningServer) -> None:
    page = read_page(rpc_server, WorkflowFilter(workflow_ids=[fresh("missing")]))
    assert page == ListWorkflowsResponse()


def refused_fields(server: RunningServer, request: ListWorkflowsRequest) -> list[str]:
    return server.call(request).refused("INVALID_REQUEST").fields


def test_a_negative_size_and_unknown_enums_are_errors(newest_rpc_server: RunningServer) -> None:
    unknown: Any = 99
    request = ListWorkflowsRequest(page_size=-1, view=unknown, order=unknown)
    request.filter.states.append(unknown)
    request.filter.states.append(types.WORKFLOW_STATE_UNSPECIFIED)
    assert refused_fields(newest_rpc_server, request) == [
        "filter.states[0]",
        "filter.states[1]",
        "view",
        "order",
        "page_size",
    ]


def test_a_token_is_bound_to_its_list(newest_rpc_server: RunningServer) -> None:
    prefix, selection = seed_list(newest_rpc_server, [1, 2, 3])
    first = ListWorkflowsRequest(filter=selection, page_size=1)
    token = newest_rpc_server.call(first).read(ListWorkflowsResponse).next_page_token

    # The size of the page and what it shows may change; the order may be said or left out.
    for same in (
        ListWorkflowsRequest(page_size=50, view=types.WORKFLOW_VIEW_FULL),
        ListWorkflowsRequest(order=DESCENDING),
    ):
        same.filter.CopyFrom(selection)
        same.page_token = token
        page = newest_rpc_server.call(same).read(ListWorkflowsResponse)
        assert ids(page) == [f"{prefix}001", f"{prefix}000"]

    other_filter = WorkflowFilter(workflow_id_prefixes=[prefix], has_parent=False)
    for other in (
        ListWorkflowsRequest(page_token=token),
        ListWorkflowsRequest(filter=other_filter, page_token=token),
        ListWorkflowsRequest(filter=selection, order=ASCENDING, page_token=token),
    ):
        assert refused_fields(newest_rpc_server, other) == ["page_token"]
    steps = ListWorkflowStepsRequest(workflow_id=f"{prefix}000", page_token=token)
    assert newest_rpc_server.call(steps).refused("INVALID_REQUEST").fields == ["page_token"]


def test_a_token_that_was_touched_is_refused(newest_rpc_server: RunningServer) -> None:
    _, selection = seed_list(newest_rpc_server, [1, 2, 3])
    token = read_page(newest_rpc_server, selection, page_size=1).next_page_token
    # The highest of a character's six bits: the lowest ones of the last character mean nothing.
    touched = [f"{token[:i]}{_BASE64[_BASE64.index(token[i]) ^ 32]}{token[i + 1 :]}" for i in range(len(token))]
    for bad in (*touched, token[:-2], f"{token}AAAA", token[1:], f" {token}", "x", "\0", "é", "=" * 8):
        request = ListWorkflowsRequest(filter=selection, page_token=bad)
        assert refused_fields(newest_rpc_server, request) == ["page_token"], bad


def test_the_basic_view_has_no_payloads_and_the_full_one_equals_a_read(rpc_server: RunningServer) -> None:
    prefix, selection = seed_list(rpc_server, [1])
    for state in WorkflowState:
        rpc_server.seed(workflow(f"{prefix}{state}", state))
    for view in (types.WORKFLOW_VIEW_UNSPECIFIED, types.WORKFLOW_VIEW_BASIC, types.WORKFLOW_VIEW_FULL):
        page = read_page(rpc_server, selection, view=view)
        assert len(page.workflows) == 1 + len(WorkflowState)
        for listed in page.workflows:
            as_listed = view or types.WORKFLOW_VIEW_BASIC
            request = GetWorkflowRequest(workflow_id=listed.workflow_id, view=as_listed)
            assert listed == rpc_server.call(request).read(GetWorkflowResponse).workflow
            assert listed.HasField("input") == (view == types.WORKFLOW_VIEW_FULL)


def make_large(server: RunningServer, workflow_id: str, size: int) -> None:
    server.execute(
        "UPDATE dbos.workflow_input SET inputs = repeat('x', %s) WHERE workflow_uuid = %s", size, workflow_id
    )


def test_large_payloads_end_a_page_early(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    prefix, selection = seed_list(server, range(30))
    for number in range(0, 30, 2):
        make_large(server, f"{prefix}{number:03}", 700_000)
    full: dict[str, Any] = {"order": ASCENDING, "view": types.WORKFLOW_VIEW_FULL}
    pages = list(read_pages(server, selection, **full))
    assert ids(*pages) == [f"{prefix}{number:03}" for number in range(30)]
    assert all(page.workflows for page in pages)
    assert all(page.ByteSize() <= 2 * MEBIBYTE for page in pages)
    # Two large ones fit, and the small ones beside them.
    assert len(pages) == 8
    assert len(read_page(server, selection, order=ASCENDING).workflows) == 30


def test_a_workflow_that_fits_no_page_is_named(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    prefix, selection = seed_list(server, range(3))
    make_large(server, f"{prefix}001", 3_000_000)
    full: dict[str, Any] = {"order": ASCENDING, "view": types.WORKFLOW_VIEW_FULL}
    page = read_page(server, selection, **full)
    assert ids(page) == [f"{prefix}000"]

    request = ListWorkflowsRequest(filter=selection, page_token=page.next_page_token, **full)
    refusal = server.call(request).refused("RESPONSE_TOO_LARGE")
    assert refusal.metadata["workflow_id"] == f"{prefix}001"
    assert int(refusal.metadata["bytes"]) > 3_000_000
    assert "BASIC" in refusal.message

    # As the message says: without payloads the list goes on from there.
    request.view = types.WORKFLOW_VIEW_BASIC
    rest = server.call(request).read(ListWorkflowsResponse)
    assert ids(rest) == [f"{prefix}001", f"{prefix}002"]


def test_prefixes_are_literal(rpc_server: RunningServer) -> None:
    prefix = fresh("list")
    for name in ("%", "_", "\\", "x"):
        rpc_server.seed(workflow(f"{prefix}{name}1", WorkflowState.PENDING))
    for name in ("%", "_", "\\"):
        page = read_page(rpc_server, WorkflowFilter(workflow_id_prefixes=[f"{prefix}{name}"]))
        assert ids(page) == [f"{prefix}{name}1"]
    both = WorkflowFilter(workflow_id_prefixes=[f"{prefix}%", f"{prefix}x"])
    assert sorted(ids(read_page(rpc_server, both))) == [f"{prefix}%1", f"{prefix}x1"]
