"""SendMessage and SendMessages leave the rows that DBOS's own client leaves."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import grpc
import psycopg
from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Value

from tests.differential.ours import serve_ours
from tests.differential.release_process import ReleaseError, ReleaseProcess
from tests.differential.seeds import Rows, family, workflow
from tests.differential.table_diff import describe
from tests.differential.twin_runs import twin_databases
from tests.fixtures.dbos_releases import DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import Databases
from tests.fixtures.rpc_errors import read_refusal
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub
from workflowcontrol.v1.workflow_messages_pb2 import OutgoingMessage, SendMessageRequest, SendMessagesRequest

_CALL_TIMEOUT_S: Final = 10.0
_PORTABLE: Final = DbosRelease.parse("2.14.0")
_DESTINATION_IN_ID: Final = DbosRelease.parse("2.24.0")
"""From here on clients put the destination into a message's id, send to forks, and send several at once."""

_VALUE: Final = {"empty": {}, "list": [1, None, True, 0.5, 1e300], "text": 'Grüße "\\\n'}


@dataclass(frozen=True, slots=True)
class Message:
    destination_id: str
    value: Any
    key: str
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """Messages that are sent together; several at once and to forks from some release on."""

    name: str
    messages: Sequence[Message]
    to_forks: bool = False


SENDS: Final = (
    Send("to-pending", [Message("pending", _VALUE, "key-1", "approval")]),
    Send("to-success", [Message("success", "no topic", "key-2")]),
    Send("null", [Message("pending", None, "key-3")]),
    Send("again", [Message("pending", "another", "key-1", "another topic")]),
    Send("missing", [Message("nobody", 1, "key-4")]),
)
LATER_SENDS: Final = (
    *SENDS,
    Send("to-forks", [Message("source", [1, 2], "key-5", "news")], to_forks=True),
    Send("to-forks-again", [Message("source", [3], "key-5", "news")], to_forks=True),
    Send("several", [Message("pending", 1, "a"), Message("success", 2, "b", "topic"), Message("pending", 3, "c")]),
    Send("several-to-forks", [Message("source", 1, "d"), Message("source/fork", 2, "e")], to_forks=True),
    Send("none", [Message("pending", 1, "f"), Message("nobody", 2, "g")]),
)
REFUSED: Final = {"missing", "none"}


def _rows() -> Rows:
    rows = Rows()
    rows.extend(family("pending", WorkflowState.PENDING))
    rows.extend(workflow("success", WorkflowState.SUCCESS))
    forks = {"source": None, "source/fork": "source", "source/fork/fork": "source/fork", "source/b": "source"}
    for workflow_id, source in forks.items():
        rows.extend(workflow(workflow_id, WorkflowState.ENQUEUED, forked_from=source))
    return rows


def test_send(
    dbos_release: DbosRelease,
    databases: Databases,
    dbos_template: DbosTemplate,
    release_process: ReleaseProcesses,
) -> None:
    sends = LATER_SENDS if dbos_release >= _DESTINATION_IN_ID else SENDS
    refused: dict[str, dict[str, str]] = {"ours": {}, "theirs": {}}

    def ours(url: str) -> None:
        with serve_ours(url) as stub:
            for send in sends:
                try:
                    _send_ours(stub, send)
                except grpc.RpcError as error:
                    # The error that a call raises is the call itself.
                    refused["ours"][send.name] = read_refusal(cast("grpc.Call", error)).reason
                _forget_requests(url)

    def theirs(url: str) -> None:
        for send in sends:
            try:
                _send_theirs(release_process(dbos_release), url, send, dbos_release)
            except ReleaseError as error:
                refused["theirs"][send.name] = error.class_name
        release_process(dbos_release).call("disconnect", database_url=url)

    with twin_databases(databases, dbos_template(dbos_release), _rows()) as twins:
        if dbos_release < _PORTABLE:
            ours(twins.ours)
            theirs(twins.theirs)
            assert _inboxes(twins.ours) == _inboxes(twins.theirs)
        else:
            differences = twins.differences(ours, theirs)
            assert not differences, describe(differences)
    refusals = REFUSED & {send.name for send in sends}
    assert refused["ours"] == dict.fromkeys(refusals, "WORKFLOW_NOT_FOUND")
    assert refused["theirs"] == dict.fromkeys(refusals, "DBOSNonExistentWorkflowError")


def _send_ours(stub: WorkflowControlStub, send: Send) -> None:
    if len(send.messages) == 1:
        [message] = send.messages
        request = SendMessageRequest(
            request_key=message.key,
            destination_id=message.destination_id,
            message=ParseDict(message.value, Value()),
            topic=message.topic or "",
            include_forks=send.to_forks,
            python_native=True,
        )
        stub.SendMessage(request, timeout=_CALL_TIMEOUT_S)
        return
    messages = [
        OutgoingMessage(
            destination_id=message.destination_id,
            message=ParseDict(message.value, Value()),
            topic=message.topic or "",
            include_forks=send.to_forks,
            message_key=message.key,
        )
        for message in send.messages
    ]
    stub.SendMessages(
        SendMessagesRequest(request_key=send.name, messages=messages, python_native=True), timeout=_CALL_TIMEOUT_S
    )


def _forget_requests(url: str) -> None:
    """Lets keys expire: then the message's own id is what keeps it from being sent again."""
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM workflow_control.request")


def _send_theirs(process: ReleaseProcess, url: str, send: Send, release: DbosRelease) -> None:
    # Before it, a key was a message's id as it was.
    own_id = _PORTABLE <= release < _DESTINATION_IN_ID
    messages = [
        {
            "destination_id": message.destination_id,
            "message": message.value,
            "topic": message.topic,
            "idempotency_key": f"{message.key}::{message.destination_id}" if own_id else message.key,
        }
        for message in send.messages
    ]
    process.call("send_all", database_url=url, messages=messages, portable=release >= _PORTABLE, to_forks=send.to_forks)


def _inboxes(url: str) -> list[tuple[str, str, object]]:
    """Returns destination, topic and value of all messages; the ids of old releases' clients are random."""
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT destination_uuid, topic, message FROM dbos.notifications").fetchall()
    return sorted(((destination, topic, _read(text)) for destination, topic, text in rows), key=repr)


def _read(text: str) -> object:
    if not text.startswith("gA"):
        return text  # Of the rows that both began with.
    return pickle.loads(base64.b64decode(text))  # noqa: S301 - Written by the two sides of this very test.
