"""ListMessages: what waits in a workflow's inbox, and what was received from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.differential.seeds import workflow
from tests.fixtures.communication import message
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.workflow_messages_pb2 import ListMessagesRequest, ListMessagesResponse, WorkflowMessage

MEBIBYTE = 1024 * 1024


def seed_messages(server: RunningServer, *messages: dict[str, Any]) -> tuple[str, Sequence[str]]:
    """Returns the id of a new workflow, and those of the messages to it, a millisecond apart."""
    workflow_id = fresh("inbox")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    ids = [f"{workflow_id}/{number}" for number in range(len(messages))]
    for number, columns in enumerate(messages):
        rows.extend(message(workflow_id, ids[number], 1000 + number, **columns))
    server.seed(rows)
    return workflow_id, ids


def read_page(server: RunningServer, workflow_id: str, **fields: Any) -> ListMessagesResponse:  # noqa: ANN401 - Any field's type.
    return server.call(ListMessagesRequest(workflow_id=workflow_id, **fields)).read(ListMessagesResponse)


def ids_of(page: ListMessagesResponse) -> list[str]:
    return [each.message_id for each in page.messages]


@pytest.mark.parametrize("include_message", [False, True])
def test_each_message_is_told_as_it_is_stored(
    rpc_server: RunningServer, dbos_release: DbosRelease, include_message: bool
) -> None:
    workflow_id, ids = seed_messages(
        rpc_server,
        {"message": "gASV", "serialization": "py_pickle", "consumed": True, "consumed_by_function_id": 3},
        {"topic": "approval", "message": '{"by":"ann"}', "serialization": "portable_json"},
    )
    page = read_page(rpc_server, workflow_id, include_message=include_message)
    assert not page.next_page_token
    first, second = WorkflowMessage(message_id=ids[0]), WorkflowMessage(message_id=ids[1], topic="approval")
    first.create_time.FromMilliseconds(1000)
    second.create_time.FromMilliseconds(1001)
    is_newest = dbos_release != OLDEST
    if is_newest:
        first.consumed = True
        first.consumed_by_step = 3
    if include_message:
        first.message.text, second.message.text = "gASV", '{"by":"ann"}'
        if is_newest:
            first.message.serialization, second.message.serialization = "py_pickle", "portable_json"
        # Without a name of its format too, since it can be nothing else.
        second.message.decoded = True
        second.message.value.struct_value["by"] = "ann"
    assert list(page.messages) == [first, second]


def test_no_topic_is_no_topic(rpc_server: RunningServer) -> None:
    workflow_id, ids = seed_messages(rpc_server, {}, {"topic": "a"}, {"topic": "b"}, {"topic": None})
    page = read_page(rpc_server, workflow_id)
    assert [each.topic for each in page.messages] == ["", "a", "b", ""]
    assert ids_of(read_page(rpc_server, workflow_id, topic="a")) == [ids[1]]
    assert ids_of(read_page(rpc_server, workflow_id, topic="c")) == []
    # Set and empty: those without one.
    assert ids_of(read_page(rpc_server, workflow_id, topic="")) == [ids[0], ids[3]]
    # DBOS's own word for none is no topic of anybody's.
    assert ids_of(read_page(rpc_server, workflow_id, topic="__null__topic__")) == [ids[0], ids[3]]


def test_what_was_received(newest_rpc_server: RunningServer) -> None:
    workflow_id, ids = seed_messages(newest_rpc_server, {"consumed": True}, {}, {"consumed": True, "topic": "a"})
    assert ids_of(read_page(newest_rpc_server, workflow_id, consumed=True)) == [ids[0], ids[2]]
    assert ids_of(read_page(newest_rpc_server, workflow_id, consumed=False)) == [ids[1]]
    assert ids_of(read_page(newest_rpc_server, workflow_id, consumed=True, topic="a")) == [ids[2]]
    assert ids_of(read_page(newest_rpc_server, workflow_id, consumed=False, topic="a")) == []


@pytest.mark.parametrize("consumed", [False, True])
def test_an_old_schema_cannot_tell_what_was_received(oldest_rpc_server: RunningServer, consumed: bool) -> None:
    workflow_id, _ = seed_messages(oldest_rpc_server, {})
    request = ListMessagesRequest(workflow_id=workflow_id, consumed=consumed)
    refusal = oldest_rpc_server.call(request).refused("SCHEMA_CAPABILITY_MISSING")
    assert refusal.metadata == {"capability": "notification_consumed", "first_release": "2.14.0"}
    [waiting] = read_page(oldest_rpc_server, workflow_id).messages
    assert not waiting.consumed


@pytest.mark.parametrize("page_size", [1, 2, 5, 100])
def test_pages_are_the_whole_in_order(rpc_server: RunningServer, page_size: int) -> None:
    workflow_id = fresh("inbox")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    ids = [f"{workflow_id}/{number}" for number in range(10)]
    for number, message_id in enumerate(ids):
        # Three of them in one millisecond each.
        rows.extend(message(workflow_id, message_id, 1000 + number // 3))
    rpc_server.seed(rows)
    found: list[str] = []
    token, pages = "", 0
    while token or not pages:
        page = read_page(rpc_server, workflow_id, page_size=page_size, page_token=token)
        read_page(rpc_server, workflow_id, page_size=page_size, page_token=token, include_message=True)
        found += ids_of(page)
        token, pages = page.next_page_token, pages + 1
    assert found == ids
    assert pages == -(-10 // page_size)


def test_twins_of_the_oldest_schema_are_told_once_each(oldest_rpc_server: RunningServer) -> None:
    """Nothing makes ids unique there."""
    workflow_id = fresh("inbox")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    for number in range(5):
        rows.extend(message(workflow_id, f"{workflow_id}/twin", 1000, message=f"twin {number}"))
    oldest_rpc_server.seed(rows)
    found: list[str] = []
    token = ""
    for _ in range(5):
        page = read_page(oldest_rpc_server, workflow_id, page_size=1, page_token=token, include_message=True)
        found += [each.message.text for each in page.messages]
        token = page.next_page_token
    assert (sorted(found), token) == ([f"twin {number}" for number in range(5)], "")


def test_an_empty_inbox_is_there_and_a_missing_workflow_is_not(rpc_server: RunningServer) -> None:
    workflow_id, _ = seed_messages(rpc_server)
    assert read_page(rpc_server, workflow_id) == ListMessagesResponse()
    missing = fresh("missing")
    refusal = rpc_server.call(ListMessagesRequest(workflow_id=missing)).refused("WORKFLOW_NOT_FOUND")
    assert refusal.metadata == {"workflow_id": missing}


def test_a_token_is_bound_to_its_conditions(newest_rpc_server: RunningServer) -> None:
    workflow_id, ids = seed_messages(newest_rpc_server, {}, {}, {})
    other, _ = seed_messages(newest_rpc_server, {}, {})
    token = read_page(newest_rpc_server, workflow_id, page_size=1, topic="").next_page_token
    same = ListMessagesRequest(workflow_id=workflow_id, topic="", page_token=token, include_message=True)
    assert ids_of(newest_rpc_server.call(same).read(ListMessagesResponse)) == ids[1:]
    for request in (
        ListMessagesRequest(workflow_id=other, topic="", page_token=token),
        ListMessagesRequest(workflow_id=workflow_id, page_token=token),
        ListMessagesRequest(workflow_id=workflow_id, topic="a", page_token=token),
        ListMessagesRequest(workflow_id=workflow_id, topic="", consumed=False, page_token=token),
    ):
        assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == ["page_token"]


def test_large_messages_end_a_page_early_and_one_that_fits_none_is_named(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    sizes = [900_000] * 3 + [3_000_000, 1]
    workflow_id, ids = seed_messages(server, *({"message": "x" * size} for size in sizes))
    request = ListMessagesRequest(workflow_id=workflow_id, include_message=True)
    for expected in (ids[:2], ids[2:3]):
        page = server.call(request).read(ListMessagesResponse)
        assert ids_of(page) == expected
        request.page_token = page.next_page_token
    refusal = server.call(request).refused("RESPONSE_TOO_LARGE")
    assert repr(ids[3]) in refusal.message
    assert "include_message" in refusal.message
    request.include_message = False
    assert ids_of(server.call(request).read(ListMessagesResponse)) == ids[3:]
