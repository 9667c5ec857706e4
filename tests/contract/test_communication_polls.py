"""One poll finds all that callers wait for, and reads no more of it than the limits allow; on real schemas."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence

import pytest

from tests.differential.seeds import Rows, workflow
from tests.fixtures.communication import (
    STREAM_CLOSED_TEXTS,
    Communication,
    open_communication,
    seed,
    seed_more,
    stream,
)
from tests.fixtures.control import fetch
from tests.fixtures.dbos_releases import DbosRelease, DbosTemplate
from tests.fixtures.postgres import CreateDatabase
from workflow_control.dbos.communication_polls import PostgresEventPoll, PostgresStreamPoll
from workflow_control.domain.awaited import AwaitedEvent, EventState, FollowedStream, PollLimits, StreamState
from workflow_control.domain.communication import EventRow, StreamEntry
from workflow_control.domain.states import ACTIVE, COMPLETE, TERMINAL, WorkflowState
from workflow_control.watching.ports import GONE, UNKNOWN, KeyT, Observation, StateT

ROOMY = PollLimits(max_entries=1000, max_bytes=10**6, max_bytes_each=10**6, max_value_bytes=10**6)
NOT_SET = EventState(None, 0, False)
NEVER_SET = EventState(None, 0, True)

ACTIVE_ID = "order-PENDING"
COMPLETE_ID = "order-SUCCESS"

_POLLS_MAX = 200
"""Who is told within the limits is drawn by lot: that somebody is left out so often is out of the question."""


def id_of(state: WorkflowState) -> str:
    return f"order-{state.value}"


@pytest.fixture
def url(create_database: CreateDatabase, dbos_template: DbosTemplate, dbos_release: DbosRelease) -> str:
    """A database with the release's schema and a workflow in each state."""
    url = create_database(dbos_template(dbos_release))
    seed(url, *(workflow(id_of(state), state) for state in WorkflowState))
    return url


@pytest.fixture
async def opened(url: str) -> AsyncIterator[Communication]:
    """What reads from the database."""
    async with open_communication(url) as opened:
        yield opened


MakeEventPoll = Callable[[PollLimits], PostgresEventPoll]
MakeStreamPoll = Callable[[PollLimits], PostgresStreamPoll]


@pytest.fixture
def event_poll(opened: Communication) -> MakeEventPoll:
    return lambda limits: PostgresEventPoll(opened.reads, opened.dialects, limits)


@pytest.fixture
def stream_poll(opened: Communication) -> MakeStreamPoll:
    return lambda limits: PostgresStreamPoll(opened.reads, opened.dialects, limits)


def unknown(keys: Iterable[KeyT]) -> list[tuple[KeyT, str]]:
    return [(key, UNKNOWN) for key in keys]


def states(observations: Sequence[Observation[KeyT, StateT]]) -> Mapping[KeyT, StateT | None]:
    """Returns what was found, each key once."""
    found = {each.key: each.state for each in observations}
    assert len(found) == len(observations)
    assert all((each.version == GONE) is (each.state is None) for each in observations)
    return found


def event(workflow_id: str, key: str, value: str) -> Rows:
    rows = Rows()
    rows.add("workflow_events", workflow_uuid=workflow_id, key=key, value=value)
    return rows


async def test_an_event_is_news_when_it_is_set_or_its_workflow_is_complete(url: str, event_poll: MakeEventPoll) -> None:
    poll = event_poll(ROOMY)
    complete = {id_of(state) for state in COMPLETE}
    awaited = [AwaitedEvent(id_of(state), key) for state in WorkflowState for key in ("progress", "other")]
    nobodys = AwaitedEvent("nobody", "progress")

    first = await poll(unknown([*awaited, nobodys]))
    assert states(first) == {
        **{each: NEVER_SET if each.workflow_id in complete else NOT_SET for each in awaited},
        nobodys: None,
    }
    # What is known is not told again.
    known = [(each.key, each.version) for each in first]
    assert await poll(known) == []

    seed_more(url, *(event(id_of(state), "progress", f"née {state.value}") for state in WorkflowState))
    news = states(await poll(known))
    assert set(news) == {each for each in awaited if each.key == "progress" and each.workflow_id not in complete}
    found = states(await poll(unknown(awaited)))
    for state in WorkflowState:
        value = f"née {state.value}"
        told = found[AwaitedEvent(id_of(state), "progress")]
        assert told == EventState(EventRow("progress", None, value), len(value) + 1, state in COMPLETE)
        assert found[AwaitedEvent(id_of(state), "other")] == (NEVER_SET if state in COMPLETE else NOT_SET)


async def test_the_values_of_events_that_are_read_at_once_are_limited(url: str, event_poll: MakeEventPoll) -> None:
    """Ten bytes, or one value; what has none takes no room."""
    sizes = {"a": 30, "b": 4, "c": 6, "d": 1, "e": 0}
    seed_more(url, *(event(ACTIVE_ID, key, "x" * size) for key, size in sizes.items()))
    poll = event_poll(PollLimits(max_entries=1, max_bytes=10, max_bytes_each=10, max_value_bytes=20))
    never = AwaitedEvent(COMPLETE_ID, "never")
    asked = [AwaitedEvent(ACTIVE_ID, key) for key in sizes]

    left = set(sizes)
    for _ in range(_POLLS_MAX):
        found = states(await poll(unknown([*asked, never])))
        assert found[never] == NEVER_SET
        told = {each.key for each in found} - {never.key}
        assert told <= {"a", "e"} or sum(sizes[key] for key in told) <= 10
        for key in told:
            state = found[AwaitedEvent(ACTIVE_ID, key)]
            assert state is not None
            assert state.event is not None
            assert state.size == sizes[key]
            assert state.event.value == ("x" * state.size if state.size <= 20 else None)
        left -= told
        if not left:
            break
    # Nobody is left out for ever.
    assert not left


async def test_a_stream_is_followed_from_where_its_reader_is(url: str, stream_poll: MakeStreamPoll) -> None:
    poll = stream_poll(ROOMY)
    seed_more(url, stream(ACTIVE_ID, "log", "a", "bé", "c"), stream(ACTIVE_ID, "other", "x"))
    entries = [StreamEntry(0, 0, None, 1, "a"), StreamEntry(1, 10, None, 3, "bé"), StreamEntry(2, 20, None, 1, "c")]
    for offset in (0, 1, 2):
        [(_, state)] = states(await poll(unknown([FollowedStream(ACTIVE_ID, "log", offset)]))).items()
        assert state == StreamState(entries[offset:], False, False)
    for key, offset in (("log", 3), ("log", 2**31 - 1), ("nothing", 0)):
        position = FollowedStream(ACTIVE_ID, key, offset)
        [observation] = await poll(unknown([position]))
        assert observation.state == StreamState([], False, False)
        assert await poll([(position, observation.version)]) == []
    [(_, state)] = states(await poll(unknown([FollowedStream(COMPLETE_ID, "log", 0)]))).items()
    assert state == StreamState([], False, True)


async def test_the_last_offset_there_can_be(url: str, stream_poll: MakeStreamPoll) -> None:
    last = 2**31 - 1
    rows = Rows()
    rows.add("streams", workflow_uuid=ACTIVE_ID, key="log", offset=last, function_id=1, value="last")
    seed_more(url, rows)
    [(_, state)] = states(await stream_poll(ROOMY)(unknown([FollowedStream(ACTIVE_ID, "log", last)]))).items()
    assert state is not None
    assert [entry.value for entry in state.entries] == ["last"]


async def test_the_end_of_a_workflow_is_news_and_its_waiting_is_none(stream_poll: MakeStreamPoll) -> None:
    poll = stream_poll(ROOMY)
    followed = {state: FollowedStream(id_of(state), "log", 0) for state in WorkflowState}
    nobodys = FollowedStream("nobody", "log", 0)
    found = states(await poll(unknown([*followed.values(), nobodys])))
    assert found == {
        **{followed[state]: StreamState([], False, state in TERMINAL) for state in WorkflowState},
        nobodys: None,
    }
    assert set(WorkflowState) == TERMINAL | ACTIVE


@pytest.mark.parametrize("text", STREAM_CLOSED_TEXTS)
async def test_whoever_closed_a_stream_is_understood(url: str, stream_poll: MakeStreamPoll, text: str) -> None:
    seed_more(url, stream(ACTIVE_ID, "log", "a", text))
    [(_, state)] = states(await stream_poll(ROOMY)(unknown([FollowedStream(ACTIVE_ID, "log", 0)]))).items()
    assert state is not None
    assert [entry.closes for entry in state.entries] == [False, True]


async def test_nothing_is_told_from_behind_a_gap(url: str, stream_poll: MakeStreamPoll) -> None:
    """As by DBOS, whose readers look for one offset after the other."""
    poll = stream_poll(ROOMY)
    seed_more(url, stream(ACTIVE_ID, "log", "a", "b", "c", "d", "e"))
    fetch(url, """DELETE FROM dbos.streams WHERE "offset" = 2""")
    for offset, expected in {0: [0, 1], 2: [], 3: [3, 4]}.items():
        [(_, state)] = states(await poll(unknown([FollowedStream(ACTIVE_ID, "log", offset)]))).items()
        assert state is not None
        assert [entry.offset for entry in state.entries] == expected
        assert not state.goes_on


async def test_streams_share_what_is_read_and_each_gets_something(url: str, stream_poll: MakeStreamPoll) -> None:
    seed_more(url, *(stream(ACTIVE_ID, key, *"abcdef") for key in "klm"))
    poll = stream_poll(PollLimits(max_entries=6, max_bytes=10**6, max_bytes_each=10**6, max_value_bytes=10**6))
    idle = [FollowedStream(ACTIVE_ID, "idle", number) for number in range(20)]
    for keys, share in {"k": 6, "kl": 3, "klm": 2, "klmklmklm": 1}.items():
        followed = [FollowedStream(ACTIVE_ID, key, number // 3) for number, key in enumerate(keys)]
        found = states(await poll([*((key, "nothing yet") for key in idle), *unknown(followed)]))
        assert set(found) == set(followed)
        for state in found.values():
            assert state is not None
            assert len(state.entries) == share
            assert state.goes_on is (share < 6)


async def test_what_is_read_of_one_stream_leaves_room_for_others(url: str, stream_poll: MakeStreamPoll) -> None:
    seed_more(url, *(stream(ACTIVE_ID, key, *["xxx"] * 100) for key in "klm"))
    poll = stream_poll(PollLimits(max_entries=300, max_bytes=30, max_bytes_each=10, max_value_bytes=10))
    found = states(await poll(unknown(FollowedStream(ACTIVE_ID, key, 0) for key in "klm")))
    assert [len(state.entries) for state in found.values() if state is not None and state.goes_on] == [3, 3, 3]


async def test_the_values_of_streams_that_are_read_at_once_are_limited(url: str, stream_poll: MakeStreamPoll) -> None:
    """Ten bytes, or one value."""
    sizes = {"k": [4, 4, 4], "l": [30, 1], "m": [0, 5]}
    seed_more(url, *(stream(ACTIVE_ID, key, *("x" * size for size in each)) for key, each in sizes.items()))
    poll = stream_poll(PollLimits(max_entries=100, max_bytes=10, max_bytes_each=10, max_value_bytes=20))

    async def read(*keys: str) -> dict[str, StreamState]:
        found = states(await poll(unknown(FollowedStream(ACTIVE_ID, key, 0) for key in keys)))
        return {position.key: state for position, state in found.items() if state is not None}

    for key, (count, goes_on) in {"k": (2, True), "l": (1, True), "m": (2, False)}.items():
        [state] = (await read(key)).values()
        assert (len(state.entries), state.goes_on) == (count, goes_on)
        for entry, size in zip(state.entries, sizes[key], strict=False):
            assert (entry.size, entry.value) == (size, "x" * size if size <= 20 else None)
    left = set(sizes)
    for _ in range(_POLLS_MAX):
        found = await read(*sizes)
        assert found
        total = sum(entry.size for state in found.values() for entry in state.entries)
        assert total <= 10 or total == 30
        left -= set(found)
        if not left:
            break
    assert not left


async def test_nobody_asks_for_nothing(event_poll: MakeEventPoll, stream_poll: MakeStreamPoll) -> None:
    assert await event_poll(ROOMY)([]) == ()
    assert await stream_poll(ROOMY)([]) == ()
