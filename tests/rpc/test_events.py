"""GetEvent and ListEvents: what a workflow has set so far."""

from __future__ import annotations

from typing import Any

import pytest

from tests.differential.seeds import Rows, family, workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.eventually import eventually
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.types_pb2 import Payload
from workflowcontrol.v1.workflow_events_pb2 import (
    GetEventRequest,
    GetEventResponse,
    ListEventsRequest,
    ListEventsResponse,
    WorkflowEvent,
)

MEBIBYTE = 1024 * 1024


def seed_events(server: RunningServer, **values: str) -> str:
    """Returns the id of a new workflow that has set these events, in portable JSON where the schema names formats."""
    workflow_id = fresh("events")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    for key, value in values.items():
        rows.add("workflow_events", workflow_uuid=workflow_id, key=key, value=value, serialization="portable_json")
    server.seed(rows)
    return workflow_id


def read_page(server: RunningServer, workflow_id: str, **fields: Any) -> ListEventsResponse:  # noqa: ANN401 - Any field's type.
    return server.call(ListEventsRequest(workflow_id=workflow_id, **fields)).read(ListEventsResponse)


def keys(page: ListEventsResponse) -> list[str]:
    return [event.key for event in page.events]


def test_an_event_is_told_as_it_is_stored(rpc_server: RunningServer, dbos_release: DbosRelease) -> None:
    workflow_id = fresh("events")
    rpc_server.seed(family(workflow_id, WorkflowState.SUCCESS))
    response = rpc_server.call(GetEventRequest(workflow_id=workflow_id, key="status")).read(GetEventResponse)
    serialization = "" if dbos_release == OLDEST else "py_pickle"
    value = Payload(serialization=serialization, text=f"status 4 of {workflow_id}")
    assert response.event == WorkflowEvent(key="status", value=value)
    assert rpc_line(rpc_server, "GetEvent", workflow_id)["code"] == "OK"


def rpc_line(server: RunningServer, rpc: str, workflow_id: str) -> Any:  # noqa: ANN401 - A line of the log.
    """Returns the line of a call, which is written a moment after it. The server is shared: others call as well."""
    found: list[Any] = []

    def logged() -> bool:
        of_call = {"rpc": f"WorkflowControl/{rpc}", "workflow_id": workflow_id}
        found[:] = [line for line in server.log if of_call.items() <= line.items()]
        return bool(found)

    eventually(logged)
    return found[-1]


def test_portable_values_are_read(newest_rpc_server: RunningServer) -> None:
    workflow_id = seed_events(newest_rpc_server, progress='{"percent": 40}', nothing="null")
    request = GetEventRequest(workflow_id=workflow_id, key="progress")
    value = newest_rpc_server.call(request).read(GetEventResponse).event.value
    assert (value.decoded, value.value.struct_value["percent"]) == (True, 40)
    # An event that is null is an event.
    nothing = newest_rpc_server.call(GetEventRequest(workflow_id=workflow_id, key="nothing")).read(GetEventResponse)
    assert (nothing.event.value.text, nothing.event.value.decoded) == ("null", True)
    assert nothing.event.value.value.HasField("null_value")


def test_a_missing_event_and_a_missing_workflow_are_told_apart(rpc_server: RunningServer) -> None:
    workflow_id = seed_events(rpc_server, progress="1")
    refusal = rpc_server.call(GetEventRequest(workflow_id=workflow_id, key="Progress")).refused("EVENT_NOT_FOUND")
    assert refusal.metadata == {"workflow_id": workflow_id, "key": "Progress"}
    missing = fresh("missing")
    for request in (GetEventRequest(workflow_id=missing, key="progress"), ListEventsRequest(workflow_id=missing)):
        assert rpc_server.call(request).refused("WORKFLOW_NOT_FOUND").metadata == {"workflow_id": missing}


def test_values_are_listed_when_they_are_asked_for(rpc_server: RunningServer) -> None:
    workflow_id = seed_events(rpc_server, b="2", a="1")
    assert read_page(rpc_server, workflow_id) == ListEventsResponse(
        events=[WorkflowEvent(key="a"), WorkflowEvent(key="b")]
    )
    page = read_page(rpc_server, workflow_id, include_value=True)
    assert [(event.key, event.value.text) for event in page.events] == [("a", "1"), ("b", "2")]


@pytest.mark.parametrize("page_size", [1, 2, 5, 100])
def test_pages_are_the_whole_in_order(rpc_server: RunningServer, page_size: int) -> None:
    workflow_id = seed_events(rpc_server, **{f"key-{number:02}": str(number) for number in range(10)})
    found: list[str] = []
    token, pages = "", 0
    while token or not pages:
        page = read_page(rpc_server, workflow_id, page_size=page_size, page_token=token)
        # A page without values goes on with them.
        read_page(rpc_server, workflow_id, page_size=page_size, page_token=token, include_value=True)
        found += keys(page)
        token, pages = page.next_page_token, pages + 1
    assert found == [f"key-{number:02}" for number in range(10)]
    assert pages == -(-10 // page_size)


def test_a_workflow_without_events_is_there(rpc_server: RunningServer) -> None:
    assert read_page(rpc_server, seed_events(rpc_server)) == ListEventsResponse()


def test_a_key_that_no_request_could_name_is_listed_all_the_same(rpc_server: RunningServer) -> None:
    long = "k" * 1000
    workflow_id = seed_events(rpc_server, **{"": "1", " ": "2", long: "3"})
    found: list[str] = []
    token = ""
    for _ in range(3):
        page = read_page(rpc_server, workflow_id, page_size=1, page_token=token)
        found += keys(page)
        token = page.next_page_token
    assert (found, token) == (["", " ", long], "")


def test_a_token_is_bound_to_its_workflow(newest_rpc_server: RunningServer) -> None:
    first, second = (seed_events(newest_rpc_server, a="1", b="2") for _ in range(2))
    token = read_page(newest_rpc_server, first, page_size=1).next_page_token
    for request in (
        ListEventsRequest(workflow_id=second, page_token=token),
        ListEventsRequest(workflow_id=first, page_token=f"{token}AAAA"),
    ):
        assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == ["page_token"]


def test_large_values_end_a_page_early_and_one_that_fits_none_is_named(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    workflow_id = fresh("events")
    rows: Rows = workflow(workflow_id, WorkflowState.PENDING)
    for number in range(1, 8):
        size = 3_000_000 if number == 6 else 900_000 if number < 6 else 1
        rows.add("workflow_events", workflow_uuid=workflow_id, key=f"key-{number}", value="x" * size)
    server.seed(rows)

    request = ListEventsRequest(workflow_id=workflow_id, include_value=True)
    found = []
    for _ in range(3):
        page = server.call(request).read(ListEventsResponse)
        assert page.ByteSize() <= 2 * MEBIBYTE
        found.append(keys(page))
        request.page_token = page.next_page_token
    assert found == [["key-1", "key-2"], ["key-3", "key-4"], ["key-5"]]

    refusal = server.call(request).refused("RESPONSE_TOO_LARGE")
    assert refusal.metadata["workflow_id"] == workflow_id
    assert "event 'key-6'" in refusal.message
    assert "include_value" in refusal.message
    request.include_value = False
    assert keys(server.call(request).read(ListEventsResponse)) == ["key-6", "key-7"]

    refusal = server.call(GetEventRequest(workflow_id=workflow_id, key="key-6")).refused("RESPONSE_TOO_LARGE")
    assert "WORKFLOW_CONTROL_MAX_RESPONSE_BYTES" in refusal.message
