"""Events, inbox, streams and export of a workflow that really ran are what DBOS itself says that they are."""

from __future__ import annotations

import base64
import functools
import json
import pickle
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict

from tests.differential.ours import serve_ours
from tests.differential.release_process import ReleaseError, ReleaseProcess
from tests.fixtures.dbos_releases import OLDEST, DbosRelease, ReleaseProcesses
from tests.fixtures.postgres import Databases
from workflowcontrol.v1 import workflow_events_pb2 as events
from workflowcontrol.v1 import workflow_export_pb2 as exports
from workflowcontrol.v1 import workflow_messages_pb2 as inbox
from workflowcontrol.v1.types_pb2 import Payload
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub

_PROGRAM = Path(__file__).with_name("real_communication.py")
_TIMEOUT_S = 120.0
_CALL_TIMEOUT_S = 20.0
_ID = "talk/lamp"


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A read, and the releases that have something to say of it: from `since` to before `until`."""

    name: str
    since: DbosRelease = OLDEST
    until: DbosRelease | None = None

    def __str__(self) -> str:
        return self.name


_2_16 = DbosRelease((2, 16, 0))
_3_3 = DbosRelease((3, 3, 0))
CASES = (
    ReadCase("events"),
    ReadCase("streams"),
    ReadCase("all_streams", since=_2_16, until=_3_3),
    ReadCase("sent_messages"),
    ReadCase("messages", since=_2_16, until=_3_3),
    ReadCase("export", until=_3_3),
    ReadCase("export_children", until=_3_3),
)
ALWAYS = (DbosRelease((3, 2, 0)),)
"""The newest release that has all of it in its open package."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, connected to the same database."""

    ours: WorkflowControlStub
    theirs: ReleaseProcess
    url: str

    def ask(self, command: str, **arguments: object) -> Any:  # noqa: ANN401 - Whatever the release says.
        """Returns what the release's client says."""
        return self.theirs.call(command, database_url=self.url, **arguments)

    def ask_database(self, method: str, **arguments: object) -> Any:  # noqa: ANN401 - Likewise.
        """Returns what the release's system database says."""
        return self.ask("ask_system_database", method=method, **arguments)


@pytest.fixture(scope="module")
def sides(databases: Databases, release_process: ReleaseProcesses) -> Iterator[Callable[[DbosRelease], Sides]]:
    """Connects both sides to a database in which a release has run the program; at most once for each."""
    with ExitStack() as stack:

        @functools.cache
        def connect(release: DbosRelease) -> Sides:
            url = databases.create()
            stack.callback(databases.drop, url)
            release_process(release).call("migrate", database_url=url)
            _run(release, url)
            stack.callback(release_process(release).call, "disconnect", database_url=url)
            return Sides(stack.enter_context(serve_ours(url)), release_process(release), url)

        yield connect


def _run(release: DbosRelease, url: str) -> None:
    process = subprocess.run(
        [release.python(), _PROGRAM, url, _ID], capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
    )
    if not process.stdout.endswith("ready\n"):
        raise RuntimeError(f"The workflow of {release} did not run:\n{process.stderr[-4000:]}")


def test_communication(dbos_release: DbosRelease, case: ReadCase, sides: Callable[[DbosRelease], Sides]) -> None:
    _CHECKS[case.name](sides(dbos_release))


def test_what_a_release_does_not_have_is_not_compared(
    dbos_release: DbosRelease, sides: Callable[[DbosRelease], Sides]
) -> None:
    """The cases of a release are all that it can."""
    for case, method in {"messages": "get_all_notifications", "export": "export_workflow"}.items():
        compared = any(
            each.name == case and each.since <= dbos_release and (each.until is None or dbos_release < each.until)
            for each in CASES
        )
        if not compared:
            with pytest.raises(ReleaseError) as caught:
                sides(dbos_release).ask_database(method, workflow_id=_ID)
            assert caught.value.class_name == "AttributeError"


def _value(payload: Payload) -> object:
    """Returns the value of a payload: what our server has read of it, or else what Python itself reads."""
    if payload.decoded:
        return MessageToDict(payload.value)
    assert payload.serialization in ("", "py_pickle")
    return pickle.loads(base64.b64decode(payload.text))  # noqa: S301 - Written by a program of the tests.


def _check_events(sides: Sides) -> None:
    theirs = sides.ask_database("get_all_events", workflow_id=_ID)

    request = events.ListEventsRequest(workflow_id=_ID, include_value=True, page_size=2)
    ours: dict[str, object] = {}
    while True:
        page = sides.ours.ListEvents(request, timeout=_CALL_TIMEOUT_S)
        ours |= {event.key: _value(event.value) for event in page.events}
        request.page_token = page.next_page_token
        if not request.page_token:
            break

    assert ours == theirs
    assert len(ours) >= 3
    for key, value in theirs.items():
        event = sides.ours.GetEvent(events.GetEventRequest(workflow_id=_ID, key=key), timeout=_CALL_TIMEOUT_S).event
        assert _value(event.value) == sides.ask("get_event", workflow_id=_ID, key=key) == value


def _read_stream(sides: Sides, key: str, from_offset: int = 0) -> tuple[list[object], bool]:
    """Returns the values of a stream, and whether it was closed."""
    request = events.ReadStreamRequest(workflow_id=_ID, key=key, from_offset=from_offset)
    entries = list(sides.ours.ReadStream(request, timeout=_CALL_TIMEOUT_S))
    assert [entry.offset for entry in entries] == list(range(from_offset, from_offset + len(entries)))
    closed = bool(entries) and entries[-1].closed
    return [_value(entry.value) for entry in entries if not entry.closed], closed


def _check_streams(sides: Sides) -> None:
    for key, closed in {"log": True, "open": False}.items():
        values, is_closed = _read_stream(sides, key)
        assert len(values) >= 2
        # Of the open one they would wait for more.
        at_most = 100 if closed else len(values)
        assert values == sides.ask("read_stream", workflow_id=_ID, key=key, at_most=at_most)
        assert is_closed is closed
        assert _read_stream(sides, key, from_offset=1) == (values[1:], closed)


def _check_all_streams(sides: Sides) -> None:
    theirs = sides.ask_database("get_all_stream_entries", workflow_id=_ID)
    assert set(theirs) == {"log", "open", "portable"}
    assert {key: _read_stream(sides, key)[0] for key in theirs} == theirs


def _list_messages(sides: Sides, **conditions: Any) -> list[inbox.WorkflowMessage]:  # noqa: ANN401 - Any field's type.
    request = inbox.ListMessagesRequest(workflow_id=_ID, include_message=True, page_size=2, **conditions)
    found: list[inbox.WorkflowMessage] = []
    while True:
        page = sides.ours.ListMessages(request, timeout=_CALL_TIMEOUT_S)
        found += page.messages
        request.page_token = page.next_page_token
        if not request.page_token:
            return found


def _check_sent_messages(sides: Sides) -> None:
    """Each message is what was sent; the two that were received are told as such, or are gone."""
    sent: dict[str, list[object]] = {"": [{"n": 1}, [2]], "approval": ["yes", "no"], "unread": [None]}
    has_consumed = any(message.consumed for message in _list_messages(sides))
    for topic, values in sent.items():
        found = _list_messages(sides, topic=topic)
        received = topic != "unread"
        assert {message.topic for message in found} == {topic}
        assert [message.consumed for message in found].count(True) == (has_consumed and received)
        assert len(found) == len(values) - (received and not has_consumed)
        assert all(_value(message.message) in values for message in found)


def _check_messages(sides: Sides) -> None:
    theirs = sides.ask_database("get_all_notifications", workflow_id=_ID)
    ours = [
        {
            "topic": message.topic or None,
            "message": _value(message.message),
            "created_at_epoch_ms": message.create_time.ToMilliseconds(),
            "consumed": message.consumed,
        }
        for message in _list_messages(sides)
    ]
    assert len(ours) == 5
    # Those of one millisecond have no order in DBOS.
    assert _sorted(ours) == _sorted(theirs)
    assert [each["created_at_epoch_ms"] for each in ours] == [each["created_at_epoch_ms"] for each in theirs]


def _sorted(rows: Any) -> list[Any]:  # noqa: ANN401 - Rows of any kind.
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def _check_export(sides: Sides, *, children: bool = False) -> None:
    theirs = sides.ask_database("export_workflow", workflow_id=_ID, export_children=children)
    request = exports.ExportWorkflowRequest(workflow_id=_ID, include_children=children)
    exported = sides.ours.ExportWorkflow(request, timeout=_CALL_TIMEOUT_S).exported_workflow

    ours = [_tables(each) for each in (exported, *exported.descendants)]
    assert len(ours) == (3 if children else 1)
    assert len(theirs) == len(ours)
    by_id = {each["workflow_status"]["workflow_uuid"]: each for each in theirs}
    for mine in ours:
        workflow_id = mine["workflow_status"]["workflow_uuid"]
        expected = by_id[workflow_id]
        assert set(expected) <= set(mine)
        assert _only(mine["workflow_status"], expected["workflow_status"]) == expected["workflow_status"]
        for table in set(expected) - {"workflow_status"}:
            rows = _sorted({**row, "workflow_uuid": workflow_id} for row in mine[table])
            stored = _sorted(expected[table])
            assert len(rows) == len(stored)
            assert _sorted(_only(row, stored[0]) for row in rows) == stored
    assert all(
        ours[0][table] for table in ("operation_outputs", "workflow_events", "workflow_events_history", "streams")
    )


def _tables(workflow: exports.ExportedWorkflow) -> dict[str, Any]:
    status = _columns(workflow.workflow_status)
    attributes = status["attributes"]
    tables: dict[str, Any] = {
        "workflow_status": {**status, "attributes": None if attributes is None else json.loads(str(attributes))}
    }
    for table in ("operation_outputs", "workflow_events", "workflow_events_history", "streams"):
        tables[table] = [_columns(row) for row in getattr(workflow, table)]
    return tables


def _columns(row: Any) -> dict[str, object]:  # noqa: ANN401 - Any message of the export.
    """Returns a row by its columns; what is unset is NULL."""
    return {
        field.name: getattr(row, field.name) if not field.has_presence or row.HasField(field.name) else None
        for field in row.DESCRIPTOR.fields
    }


def _only(mine: dict[str, object], theirs: dict[str, object]) -> dict[str, object]:
    """Returns the columns that theirs has: we have more, and a release may lack some."""
    assert set(theirs) <= set(mine)
    return {name: mine[name] for name in theirs}


_CHECKS: dict[str, Callable[[Sides], None]] = {
    "events": _check_events,
    "streams": _check_streams,
    "all_streams": _check_all_streams,
    "sent_messages": _check_sent_messages,
    "messages": _check_messages,
    "export": _check_export,
    "export_children": functools.partial(_check_export, children=True),
}
