"""Events, messages and streams are read in pages that skip nothing and tell nothing twice, on real schemas."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from tests.differential.seeds import Rows, past, workflow
from tests.fixtures.communication import (
    STREAM_CLOSED_TEXTS,
    Communication,
    message,
    open_communication,
    seed,
    seed_more,
    stream,
)
from tests.fixtures.control import fetch
from tests.fixtures.dbos_releases import OLDEST, DbosRelease, DbosTemplate
from tests.fixtures.postgres import CreateDatabase
from workflow_control.domain.communication import (
    NULL_TOPIC,
    EventRow,
    MessageCursor,
    MessageQuery,
    MessageRow,
    StreamEntry,
    StreamQuery,
)
from workflow_control.domain.errors import EventNotFound, SchemaCapabilityMissing, WorkflowNotFound
from workflow_control.domain.states import WorkflowState

ID = "order-1"


@pytest.fixture
def url(create_database: CreateDatabase, dbos_template: DbosTemplate, dbos_release: DbosRelease) -> str:
    """A database with the release's schema and two workflows, of which one has nothing."""
    url = create_database(dbos_template(dbos_release))
    seed(url, workflow(ID, WorkflowState.PENDING), workflow("order-2", WorkflowState.PENDING))
    return url


@pytest.fixture
async def communication(url: str) -> AsyncIterator[Communication]:
    async with open_communication(url) as opened:
        yield opened


async def test_an_event_is_told_as_it_is_stored(url: str, communication: Communication) -> None:
    seed_past(url, ID)
    event = await communication.operations.get_event(ID, "status")
    serialization = "py_pickle" if "workflow_events.serialization" in communication.has else None
    assert event == EventRow("status", serialization, f"status 4 of {ID}")


async def test_what_is_not_there_is_told_apart(communication: Communication) -> None:
    operations = communication.operations
    with pytest.raises(EventNotFound):
        await operations.get_event(ID, "status")
    assert await operations.list_events(ID, after=None, limit=5, values=True) == []
    assert await operations.list_messages(MessageQuery(ID, 5)) == []
    assert [entry async for entry in operations.read_stream(ID, "log", from_offset=0, max_value_bytes=9)] == []
    with pytest.raises(WorkflowNotFound):
        await operations.get_event("nobody", "status")
    with pytest.raises(WorkflowNotFound):
        await operations.list_events("nobody", after=None, limit=5, values=True)
    with pytest.raises(WorkflowNotFound):
        await operations.list_messages(MessageQuery("nobody", 5))
    with pytest.raises(WorkflowNotFound):
        [entry async for entry in operations.read_stream("nobody", "log", from_offset=0, max_value_bytes=9)]


@pytest.mark.parametrize("limit", [1, 2, 7, 100])
@pytest.mark.parametrize("values", [False, True])
async def test_events_are_paged_by_key(url: str, communication: Communication, limit: int, values: bool) -> None:
    keys = ["", "a", "a b", "A", "b", "é", "Ω", "z" * 300]
    rows = Rows()
    for key in keys:
        rows.add("workflow_events", workflow_uuid=ID, key=key, value=f"value of {key}")
        rows.add("workflow_events", workflow_uuid="order-2", key=key, value="another's")
    seed_more(url, rows)
    found: list[EventRow] = []
    while True:
        after = found[-1].key if found else None
        page = await communication.operations.list_events(ID, after=after, limit=limit, values=values)
        assert len(page) <= limit
        found += page
        if len(page) < limit:
            break
    assert sorted(event.key for event in found) == sorted(keys)
    assert all(event.value == (f"value of {event.key}" if values else None) for event in found)


async def read_messages(communication: Communication, query: MessageQuery) -> list[MessageRow]:
    found: list[MessageRow] = []
    while True:
        page = await communication.operations.list_messages(query)
        assert len(page) <= query.limit
        found += page
        if len(page) < query.limit:
            return found
        last = page[-1]
        query = replace(query, after=MessageCursor(last.created_at, last.message_id, last.place))


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
async def test_messages_of_one_instant_are_told_once_each(
    url: str, communication: Communication, dbos_release: DbosRelease, limit: int
) -> None:
    """Before DBOS 2.13 even their ids may be the same."""
    twins = 4 if dbos_release == OLDEST else 1
    parts = [message(ID, f"message-{number}", 1000) for number in range(5)]
    parts += [message(ID, "twin", 1000, message=f"twin {number}") for number in range(twins)]
    parts += [message(ID, "early", 999), message(ID, "late", 1001), message("order-2", "another's", 1000)]
    seed_more(url, *parts)

    found = await read_messages(communication, MessageQuery(ID, limit, texts=True))

    ids = ["early", *(f"message-{number}" for number in range(5)), *["twin"] * twins, "late"]
    assert [row.message_id for row in found] == ids
    texts = {row.message for row in found}
    assert texts == {f"text of {id_}" for id_ in ids if id_ != "twin"} | {f"twin {number}" for number in range(twins)}


async def test_a_message_that_is_received_between_two_pages_is_told_once(
    url: str, communication: Communication, dbos_release: DbosRelease
) -> None:
    """Receiving moves the row, or deletes it."""
    seed_more(url, *(message(ID, f"message-{number}", 1000) for number in range(3)))
    [first] = await communication.operations.list_messages(MessageQuery(ID, 1))
    column = "SET consumed = TRUE" if dbos_release != OLDEST else ""
    statement = f"UPDATE dbos.notifications {column}" if column else "DELETE FROM dbos.notifications"
    fetch(url, f"{statement} WHERE message_uuid = 'message-0'")
    query = MessageQuery(ID, 10, after=MessageCursor(first.created_at, first.message_id, first.place))
    rest = await communication.operations.list_messages(query)
    assert [row.message_id for row in rest] == ["message-1", "message-2"]


async def test_messages_by_topic(url: str, communication: Communication) -> None:
    seed_more(
        url,
        message(ID, "none", 1),
        message(ID, "a", 2, topic="a"),
        message(ID, "foreign", 3, topic=None),
        message(ID, "b", 4, topic="b"),
        message(ID, "empty", 5, topic=""),
    )
    expected = {None: ["none", "a", "foreign", "b", "empty"], "a": ["a"], NULL_TOPIC: ["none", "foreign"], "c": []}
    for topic, ids in expected.items():
        for limit in (1, 10):
            found = await read_messages(communication, MessageQuery(ID, limit, topic))
            assert [row.message_id for row in found] == ids
            assert all(row.message is None for row in found)


async def test_messages_by_whether_they_were_received(url: str, communication: Communication) -> None:
    seed_more(
        url,
        message(ID, "waits", 1),
        message(ID, "received", 2, consumed=True, consumed_by_function_id=7),
    )
    everything = await read_messages(communication, MessageQuery(ID, 10))
    if "notifications.consumed" not in communication.has:
        assert [row.consumed for row in everything] == [False, False]
        with pytest.raises(SchemaCapabilityMissing):
            await communication.operations.list_messages(MessageQuery(ID, 10, consumed=False))
        return
    assert [(row.message_id, row.consumed) for row in everything] == [("waits", False), ("received", True)]
    step = 7 if "notifications.consumed_by_function_id" in communication.has else None
    assert [row.consumed_by_step for row in everything] == [None, step]
    for consumed, ids in {False: ["waits"], True: ["received"]}.items():
        found = await read_messages(communication, MessageQuery(ID, 10, consumed=consumed))
        assert [row.message_id for row in found] == ids


async def read_stream(
    communication: Communication, key: str = "log", from_offset: int = 0, max_value_bytes: int = 10**9
) -> list[StreamEntry]:
    entries = communication.operations.read_stream(ID, key, from_offset=from_offset, max_value_bytes=max_value_bytes)
    return [entry async for entry in entries]


async def test_a_stream_is_told_from_an_offset_on(url: str, communication: Communication) -> None:
    seed_more(url, stream(ID, "log", "a", "bé", "c"), stream(ID, "other", "x"), stream("order-2", "log", "y"))
    entries = await read_stream(communication)
    assert entries == [
        StreamEntry(0, 0, None, 1, "a"),
        StreamEntry(1, 10, None, 3, "bé"),
        StreamEntry(2, 20, None, 1, "c"),
    ]
    assert await read_stream(communication, from_offset=1) == entries[1:]
    assert await read_stream(communication, from_offset=3) == []
    assert await read_stream(communication, from_offset=2**31 - 1) == []
    assert await read_stream(communication, key="nothing") == []


@pytest.mark.parametrize("text", STREAM_CLOSED_TEXTS)
async def test_a_stream_ends_where_it_was_closed(url: str, communication: Communication, text: str) -> None:
    seed_more(url, stream(ID, "log", "a", text, "after"))
    entries = await read_stream(communication)
    assert [(entry.value, entry.closes) for entry in entries] == [("a", False), (text, True)]
    # Who goes on behind the end reads what is there.
    assert [entry.value for entry in await read_stream(communication, from_offset=2)] == ["after"]


async def test_a_long_stream_is_read_in_pages(url: str, communication: Communication) -> None:
    fetch(
        url,
        'INSERT INTO dbos.streams (workflow_uuid, key, value, "offset")'
        " SELECT %(id)s, 'log', n::text, n FROM generate_series(0, 1702) AS n",
        {"id": ID},
    )
    assert [entry.value for entry in await read_stream(communication)] == [str(n) for n in range(1703)]


@pytest.mark.parametrize(
    ("sizes", "pages"),
    [
        ([4, 4, 4, 4], [2, 2]),
        ([10, 4], [1, 1]),
        ([4, 10, 4], [1, 1, 1]),
        ([30, 1, 1], [1, 2]),
        ([1] * 7, [3, 3, 1]),
        ([0, 0, 10, 0], [3, 1]),
    ],
)
async def test_a_page_of_a_stream_holds_what_fits(
    url: str, communication: Communication, sizes: list[int], pages: list[int]
) -> None:
    """Three entries and ten bytes, or one entry."""
    seed_more(url, stream(ID, "log", *("x" * size for size in sizes)))
    query = StreamQuery(ID, "log", 0, 3, 10, 20)
    found = []
    while page := await communication.reader.read_stream(query):
        found.append(len(page))
        for entry in page:
            assert entry.size == sizes[entry.offset]
            assert entry.value == ("x" * entry.size if entry.size <= 20 else None)
        query = replace(query, from_offset=page[-1].offset + 1)
    assert found == pages


async def test_a_stream_holds_no_connection_between_its_pages(url: str, communication: Communication) -> None:
    """There are two connections, and more readers than those that all stop in the middle."""
    seed_more(url, stream(ID, "log", "a", "b"))
    streams = [communication.operations.read_stream(ID, "log", from_offset=0, max_value_bytes=9) for _ in range(5)]
    try:
        assert [(await anext(entries)).value for entries in streams] == ["a"] * 5
        assert [(await anext(entries)).value for entries in streams] == ["b"] * 5
    finally:
        for entries in streams:
            await entries.aclose()


def seed_past(url: str, workflow_id: str) -> None:
    """Gives a workflow that is there a past."""
    seed_more(url, past(workflow_id))
