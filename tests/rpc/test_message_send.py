"""SendMessage and SendMessages: what lies in the inboxes, and what the answer says of it."""

from __future__ import annotations

import base64
import json
import pickle
from typing import Any

import psycopg
import pytest
from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Value

from tests.differential.seeds import Rows, workflow
from tests.fixtures.dbos_releases import NEWEST
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflow_control.domain.limits import LISTED_MESSAGES_MAX, MESSAGES_MAX, SEND_RECIPIENTS_MAX
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.workflow_messages_pb2 import (
    OutgoingMessage,
    SendMessageRequest,
    SendMessageResponse,
    SendMessagesRequest,
    SendMessagesResponse,
    SentMessage,
)

SENT, ALREADY_SENT = SentMessage.OUTCOME_SENT, SentMessage.OUTCOME_ALREADY_SENT
NO_TOPIC = "__null__topic__"


def value(plain: Any) -> Value:  # noqa: ANN401 - Any JSON.
    return ParseDict(plain, Value())


def send(server: RunningServer, destination_id: str, plain: object, **fields: Any) -> SendMessageResponse:  # noqa: ANN401 - The request's.
    fields = {"request_key": fresh("key"), "python_native": True, **fields}
    request = SendMessageRequest(destination_id=destination_id, message=value(plain), **fields)
    return server.call(request).read(SendMessageResponse)


def send_many(server: RunningServer, *outgoing: OutgoingMessage, request_key: str = "") -> SendMessagesResponse:
    request = SendMessagesRequest(request_key=request_key or fresh("key"), messages=outgoing, python_native=True)
    return server.call(request).read(SendMessagesResponse)


def outgoing(destination_id: str, plain: object, **fields: Any) -> OutgoingMessage:  # noqa: ANN401 - The message's.
    return OutgoingMessage(destination_id=destination_id, message=value(plain), **fields)


def seed(server: RunningServer, *, forked_from: str | None = None, state: WorkflowState = WorkflowState.PENDING) -> str:
    workflow_id = fresh("order")
    server.seed(workflow(workflow_id, state, forked_from=forked_from))
    return workflow_id


def inbox(server: RunningServer, workflow_id: str) -> list[tuple[str, str, object]]:
    """Returns the messages in the order in which a worker receives them: id, topic and value."""
    rows = server.execute(
        "SELECT *, to_jsonb(n) ->> 'serialization' AS format FROM dbos.notifications AS n"
        " WHERE destination_uuid = %s ORDER BY created_at_epoch_ms",
        workflow_id,
    )
    return [(row["message_uuid"], row["topic"], read(row["format"], row["message"])) for row in rows]


def read(serialization: str | None, text: str) -> object:
    if serialization == "portable_json":
        return json.loads(text)
    assert serialization is None
    return pickle.loads(base64.b64decode(text))  # noqa: S301 - The server's own, read as a worker of old would.


def outcomes(response: SendMessageResponse | SendMessagesResponse) -> dict[str, SentMessage.Outcome.ValueType]:
    return {message.message_id: message.outcome for message in response.messages}


def test_the_two_responses_are_read_from_the_same_bytes() -> None:
    def fields(message: type[SendMessageResponse | SendMessagesResponse]) -> list[tuple[int, str]]:
        return [(field.number, field.name) for field in message.DESCRIPTOR.fields]

    assert fields(SendMessageResponse) == fields(SendMessagesResponse)


@pytest.mark.parametrize("state", WorkflowState, ids=str)
def test_a_message_lies_in_the_inbox_of_a_workflow_in_any_state(
    rpc_server: RunningServer, state: WorkflowState
) -> None:
    workflow_id = seed(rpc_server, state=state)
    response = send(rpc_server, workflow_id, "yes", request_key="approve", topic="approval")
    message_id = f"approve::{workflow_id}"
    assert outcomes(response) == {message_id: SENT}
    assert (response.sent_count, response.already_sent_count) == (1, 0)
    assert inbox(rpc_server, workflow_id) == [(message_id, "approval", "yes")]
    rpc_server.execute("DELETE FROM workflow_control.request WHERE request_key = 'approve'")


@pytest.mark.parametrize(
    "plain",
    [
        None,
        True,
        "",
        'Grüße, 世界 🎉 " \\ \n',
        0,
        -7,
        2**53,
        0.5,
        1e300,
        [],
        {},
        {"list": [1, None, {"deep": ["", False]}]},
        "x" * 100_000,
    ],
    ids=lambda plain: repr(plain)[:20],
)
def test_any_json_value_arrives(rpc_server: RunningServer, plain: object) -> None:
    workflow_id = seed(rpc_server)
    send(rpc_server, workflow_id, plain)
    [(_, topic, received)] = inbox(rpc_server, workflow_id)
    assert topic == NO_TOPIC
    assert received == plain
    assert type(received) is type(plain)


def test_what_dbos_before_2_14_understands_is_written_only_on_demand(oldest_rpc_server: RunningServer) -> None:
    workflow_id = seed(oldest_rpc_server)
    request = SendMessageRequest(request_key="portable", destination_id=workflow_id, message=value("hello"))
    refusal = oldest_rpc_server.call(request).refused("SCHEMA_CAPABILITY_MISSING")
    assert refusal.metadata == {"capability": "serialization", "first_release": "2.14.0"}
    assert inbox(oldest_rpc_server, workflow_id) == []
    # The key is free: after a migration the same request succeeds.
    assert send(oldest_rpc_server, workflow_id, "hello", request_key="portable").sent_count == 1


def test_newer_releases_get_portable_json_whatever_is_permitted(newest_rpc_server: RunningServer) -> None:
    workflow_id = seed(newest_rpc_server)
    send(newest_rpc_server, workflow_id, {"b": 1, "a": [2.5, None]})
    [row] = newest_rpc_server.execute("SELECT * FROM dbos.notifications WHERE destination_uuid = %s", workflow_id)
    assert row["serialization"] == "portable_json"
    assert json.loads(row["message"]) == {"b": 1, "a": [2.5, None]}
    assert " " not in row["message"]
    assert row["consumed"] is False


def test_a_message_that_is_there_is_not_sent_again_after_its_key_has_expired(rpc_server: RunningServer) -> None:
    workflow_id, key = seed(rpc_server), fresh("key")
    assert outcomes(send(rpc_server, workflow_id, "one", request_key=key)) == {f"{key}::{workflow_id}": SENT}
    rpc_server.execute("DELETE FROM workflow_control.request WHERE request_key = %s", key)
    response = send(rpc_server, workflow_id, "another", request_key=key)
    assert outcomes(response) == {f"{key}::{workflow_id}": ALREADY_SENT}
    assert (response.sent_count, response.already_sent_count) == (0, 1)
    assert [message for *_, message in inbox(rpc_server, workflow_id)] == ["one"]


def test_forks_get_the_message_too_to_every_depth(rpc_server: RunningServer) -> None:
    source = seed(rpc_server)
    fork = seed(rpc_server, forked_from=source)
    fork_of_fork = seed(rpc_server, forked_from=fork)
    other_fork = seed(rpc_server, forked_from=source)
    child = fresh("child")
    rpc_server.seed(workflow(child, WorkflowState.PENDING, parent_workflow_id=source))

    response = send(rpc_server, source, 1, request_key="news", include_forks=True)

    recipients = [source, *sorted([fork, fork_of_fork, other_fork])]
    assert [message.destination_id for message in response.messages] == recipients
    assert outcomes(response) == {f"news::{recipient}": SENT for recipient in recipients}
    for recipient in recipients:
        assert inbox(rpc_server, recipient) == [(f"news::{recipient}", NO_TOPIC, 1)]
    assert inbox(rpc_server, child) == []

    late_fork = seed(rpc_server, forked_from=fork)
    rpc_server.execute("DELETE FROM workflow_control.request WHERE request_key = 'news'")
    response = send(rpc_server, source, 2, request_key="news", include_forks=True)
    assert outcomes(response) == {
        **{f"news::{recipient}": ALREADY_SENT for recipient in recipients},
        f"news::{late_fork}": SENT,
    }
    assert (response.sent_count, response.already_sent_count) == (1, 4)
    rpc_server.execute("DELETE FROM workflow_control.request WHERE request_key = 'news'")


def test_forks_in_a_circle_get_one_message_each(rpc_server: RunningServer) -> None:
    one, other = fresh("circle"), fresh("circle")
    rows = Rows()
    rows.extend(workflow(one, WorkflowState.PENDING, forked_from=other))
    rows.extend(workflow(other, WorkflowState.PENDING, forked_from=one))
    rpc_server.seed(rows)
    assert send(rpc_server, other, 1, include_forks=True).sent_count == 2
    assert len(inbox(rpc_server, one)) == len(inbox(rpc_server, other)) == 1


def test_thousands_of_forks_are_counted_and_a_thousand_listed(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(NEWEST)
    source = seed(server)
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, forked_from)"
        " SELECT 'fork-' || lpad(n::text, 6, '0'), 'SUCCESS', %s FROM generate_series(2, %s) AS n",
        source,
        SEND_RECIPIENTS_MAX,
    )
    response = send(server, source, 1, include_forks=True)
    assert response.sent_count == SEND_RECIPIENTS_MAX
    assert len(response.messages) == LISTED_MESSAGES_MAX
    assert server.execute("SELECT count(*) AS sent FROM dbos.notifications") == [{"sent": SEND_RECIPIENTS_MAX}]

    server.execute("INSERT INTO dbos.workflow_status (workflow_uuid, forked_from) VALUES ('one more', %s)", source)
    request = SendMessageRequest(
        request_key="too many", destination_id=source, message=value(1), include_forks=True, python_native=True
    )
    refusal = server.call(request).refused("INVALID_REQUEST")
    assert refusal.fields == ["include_forks"]
    assert server.execute("SELECT count(*) AS sent FROM dbos.notifications") == [{"sent": SEND_RECIPIENTS_MAX}]


def test_messages_of_one_request_are_received_in_its_order(rpc_server: RunningServer) -> None:
    first, second = seed(rpc_server), seed(rpc_server)
    response = send_many(
        rpc_server, *(outgoing(first if number % 3 else second, number) for number in range(30)), request_key="batch"
    )
    assert response.sent_count == 30
    assert [message.message_id for message in response.messages] == [
        f"batch-{number}::{first if number % 3 else second}" for number in range(30)
    ]
    assert [message for *_, message in inbox(rpc_server, first)] == [n for n in range(30) if n % 3]
    assert [message for *_, message in inbox(rpc_server, second)] == [n for n in range(30) if not n % 3]
    rpc_server.execute("DELETE FROM workflow_control.request WHERE request_key = 'batch'")


def test_messages_have_keys_topics_and_forks_of_their_own(rpc_server: RunningServer) -> None:
    source = seed(rpc_server)
    fork = seed(rpc_server, forked_from=source)
    response = send_many(
        rpc_server,
        outgoing(source, "to all", include_forks=True, message_key="a", topic="news"),
        outgoing(source, "to one", message_key="b"),
        # The fork has this one's id from the first already.
        outgoing(fork, "again", message_key="a"),
    )
    assert [(message.message_id, message.outcome) for message in response.messages] == [
        (f"a::{source}", SENT),
        (f"a::{fork}", SENT),
        (f"b::{source}", SENT),
        (f"a::{fork}", ALREADY_SENT),
    ]
    assert (response.sent_count, response.already_sent_count) == (3, 1)
    assert inbox(rpc_server, source) == [(f"a::{source}", "news", "to all"), (f"b::{source}", NO_TOPIC, "to one")]
    assert inbox(rpc_server, fork) == [(f"a::{fork}", "news", "to all")]


def test_messages_are_sent_all_or_none(rpc_server: RunningServer) -> None:
    destination, missing = seed(rpc_server), fresh("missing")
    messages = [outgoing(destination, 1), outgoing(missing, 2), outgoing(fresh("missing"), 3)]
    request = SendMessagesRequest(request_key=fresh("key"), messages=messages, python_native=True)
    assert rpc_server.call(request).refused("WORKFLOW_NOT_FOUND").metadata == {"workflow_id": missing}
    assert inbox(rpc_server, destination) == []


def test_two_messages_of_one_id_to_one_destination_are_refused(newest_rpc_server: RunningServer) -> None:
    same = [
        outgoing("one", 1, message_key="a"),
        outgoing("other", 2, message_key="a"),
        outgoing("one", 3, message_key="a"),
        # What the next one's key is made of.
        outgoing("one", 4, message_key="key-4"),
        outgoing("one", 5),
    ]
    refusal = newest_rpc_server.call(SendMessagesRequest(request_key="key", messages=same)).refused("INVALID_REQUEST")
    assert refusal.fields == ["messages[2].message_key", "messages[4].message_key"]


def test_a_request_has_one_to_a_thousand_messages(rpc_server: RunningServer) -> None:
    destination = seed(rpc_server)
    none = SendMessagesRequest(request_key=fresh("key"), python_native=True)
    assert rpc_server.call(none).refused("INVALID_REQUEST").fields == ["messages"]
    many = [outgoing(destination, number) for number in range(MESSAGES_MAX)]
    assert send_many(rpc_server, *many).sent_count == MESSAGES_MAX
    assert [message for *_, message in inbox(rpc_server, destination)] == list(range(MESSAGES_MAX))
    too_many = SendMessagesRequest(request_key=fresh("key"), messages=[*many, *many[:1]], python_native=True)
    assert rpc_server.call(too_many).refused("INVALID_REQUEST").fields == ["messages"]


def test_whoever_waits_for_a_message_is_told(rpc_server: RunningServer) -> None:
    workflow_id = seed(rpc_server)
    with psycopg.connect(rpc_server.database_url, autocommit=True) as listener:
        listener.execute("LISTEN dbos_notifications_channel")
        send(rpc_server, workflow_id, 1, topic="approval")
        notified = [notify.payload for notify in listener.notifies(timeout=10, stop_after=1)]
    assert notified == [f"{workflow_id}::approval"]
