"""Whoever waits for an event or follows a stream through our server hears what DBOS's own client hears, and as much."""

from __future__ import annotations

import base64
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration

from tests.differential.case import DELAYS
from tests.differential.release_process import ReleaseProcess
from tests.differential.seeds import Rows, workflow
from tests.fixtures.communication import seed_more
from tests.fixtures.dbos_releases import DbosRelease, ReleaseProcesses
from tests.fixtures.eventually import eventually
from tests.fixtures.following import Follower
from tests.fixtures.rpc_server import RunningServer, fresh
from workflow_control.domain.states import TERMINAL, WorkflowState
from workflowcontrol.v1.types_pb2 import Payload
from workflowcontrol.v1.workflow_events_pb2 import GetEventRequest, GetEventResponse

_2_14 = DbosRelease((2, 14, 0))
_TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class Sides:
    """Our server and the release's client, on one database."""

    server: RunningServer
    theirs: ReleaseProcess
    release: DbosRelease

    def seed(self, state: WorkflowState) -> str:
        """Returns the id of a new workflow."""
        workflow_id = fresh("followed")
        self.server.seed(workflow(workflow_id, state))
        return workflow_id

    def write(self, workflow_id: str, *values: object, first_offset: int = 0) -> None:
        """Writes to the stream as the release's workers do."""
        rows = Rows()
        for offset, value in enumerate(values, first_offset):
            rows.add("streams", workflow_uuid=workflow_id, key="log", offset=offset, function_id=1, value=stored(value))
        seed_more(self.server.database_url, rows)

    def close(self, workflow_id: str, offset: int) -> None:
        """Closes the stream likewise."""
        word = "__DBOS_STREAM_CLOSED__"
        columns: dict[str, object] = {"value": stored(word)}
        if self.release >= _2_14:
            columns = {"value": f'"{word}"', "serialization": "portable_json"}
        rows = Rows()
        rows.add("streams", workflow_uuid=workflow_id, key="log", offset=offset, function_id=1, **columns)
        seed_more(self.server.database_url, rows)

    def set_event(self, workflow_id: str, value: object) -> None:
        rows = Rows()
        rows.add("workflow_events", workflow_uuid=workflow_id, key="progress", value=stored(value))
        seed_more(self.server.database_url, rows)

    def change(self, workflow_id: str, state: WorkflowState) -> None:
        statement = "UPDATE dbos.workflow_status SET status = %s WHERE workflow_uuid = %s"
        self.server.execute(statement, state.value, workflow_id)

    def read_theirs(self, workflow_id: str) -> list[object]:
        """Returns what the release's client reads until the stream ends for it."""
        values: Any = self.theirs.call(
            "read_stream", database_url=self.server.database_url, workflow_id=workflow_id, key="log", at_most=10**6
        )
        return list(values)

    @contextmanager
    def both_reading(self, workflow_id: str) -> Iterator[tuple[Follower, Future[list[object]]]]:
        """Lets both follow the stream."""
        with ThreadPoolExecutor(1) as background, Follower(self.server.channel, workflow_id) as follower:
            yield follower, background.submit(self.read_theirs, workflow_id)


def stored(value: object) -> str:
    return base64.b64encode(pickle.dumps(value, protocol=4)).decode()


def value_of(payload: Payload) -> object:
    return pickle.loads(base64.b64decode(payload.text))  # noqa: S301 - Written by this test.


def values_of(follower: Follower) -> list[object]:
    return [value_of(message.value) for message in follower.messages if not message.closed]


@pytest.fixture
def sides(rpc_server: RunningServer, release_process: ReleaseProcesses, dbos_release: DbosRelease) -> Iterator[Sides]:
    theirs = release_process(dbos_release)
    yield Sides(rpc_server, theirs, dbos_release)
    theirs.call("disconnect", database_url=rpc_server.database_url)


def with_gap(sides: Sides, workflow_id: str) -> None:
    sides.write(workflow_id, "a", "b")
    sides.write(workflow_id, "d", first_offset=3)


def with_end(sides: Sides, workflow_id: str) -> None:
    sides.write(workflow_id, "a", None, {"n": [1]})
    sides.close(workflow_id, 3)
    sides.write(workflow_id, "behind the end", first_offset=4)


WRITTEN: dict[str, Callable[[Sides, str], None]] = {
    "nothing": lambda sides, workflow_id: None,
    "without_end": lambda sides, workflow_id: sides.write(workflow_id, *range(250)),
    "gap": with_gap,
    "end": with_end,
}


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("state", sorted(TERMINAL))
def test_both_read_as_much_of_a_workflow_that_has_ended(sides: Sides, state: WorkflowState, written: str) -> None:
    workflow_id = sides.seed(state)
    WRITTEN[written](sides, workflow_id)
    with Follower(sides.server.channel, workflow_id) as follower:
        follower.end()
        assert values_of(follower) == sides.read_theirs(workflow_id)
    assert len(follower.messages) == {"nothing": 0, "without_end": 250, "gap": 2, "end": 4}[written]


@pytest.mark.parametrize("state", [WorkflowState.SUCCESS, WorkflowState.CANCELLED, None])
def test_both_follow_a_workflow_that_writes(sides: Sides, state: WorkflowState | None) -> None:
    """Until it ends so, or without ending closes the stream."""
    workflow_id = sides.seed(WorkflowState.ENQUEUED)
    sides.write(workflow_id, 0)
    with sides.both_reading(workflow_id) as (follower, theirs):
        eventually(lambda: values_of(follower) == [0])
        sides.change(workflow_id, WorkflowState.PENDING)
        sides.write(workflow_id, 1, 2, first_offset=1)
        eventually(lambda: values_of(follower) == [0, 1, 2])
        assert not theirs.done()
        if state is None:
            sides.close(workflow_id, 3)
        else:
            sides.write(workflow_id, 3, first_offset=3)
            sides.change(workflow_id, state)
        follower.end()
        assert values_of(follower) == theirs.result(_TIMEOUT_S)
        assert len(follower.messages) == 4
        assert follower.messages[-1].closed is (state is None)


def test_both_wait_for_what_a_delayed_workflow_will_write(sides: Sides) -> None:
    if sides.release < DELAYS:
        pytest.skip("the release has no delays")
    workflow_id = sides.seed(WorkflowState.DELAYED)
    with sides.both_reading(workflow_id) as (follower, theirs):
        # Longer than their interval of looking.
        with pytest.raises(TimeoutError):
            theirs.result(1.5)
        sides.write(workflow_id, "late")
        sides.close(workflow_id, 1)
        follower.end()
        assert values_of(follower) == theirs.result(_TIMEOUT_S) == ["late"]


def get_our_event(sides: Sides, workflow_id: str, timeout_s: int) -> object:
    """Returns the event's value; None where it is not set in time, as DBOS's client does."""
    request = GetEventRequest(workflow_id=workflow_id, key="progress", timeout=Duration(seconds=timeout_s))
    reply = sides.server.call(request, timeout_s=_TIMEOUT_S)
    if reply.refusal is not None:
        reply.refused("EVENT_NOT_FOUND")
        return None
    return value_of(reply.read(GetEventResponse).event.value)


def get_their_event(sides: Sides, workflow_id: str, timeout_s: int) -> object:
    return sides.theirs.call(
        "get_event",
        database_url=sides.server.database_url,
        workflow_id=workflow_id,
        key="progress",
        timeout_seconds=timeout_s,
    )


@pytest.mark.parametrize("state", sorted(WorkflowState))
def test_both_answer_the_same_for_an_event(sides: Sides, state: WorkflowState) -> None:
    if state is WorkflowState.DELAYED and sides.release < DELAYS:
        pytest.skip("the release has no delays")
    workflow_id = sides.seed(state)
    for timeout_s in (0, 1):
        assert get_our_event(sides, workflow_id, timeout_s) is get_their_event(sides, workflow_id, timeout_s) is None
    for value in ({"percent": 40}, [None, "é"]):
        seeded = sides.seed(state)
        sides.set_event(seeded, value)
        assert get_our_event(sides, seeded, 1) == get_their_event(sides, seeded, 1) == value


@pytest.mark.parametrize("state", [WorkflowState.PENDING, WorkflowState.CANCELLED])
def test_both_wait_for_an_event(sides: Sides, state: WorkflowState) -> None:
    workflow_id = sides.seed(state)
    with ThreadPoolExecutor(2) as background:
        waiting = [background.submit(get, sides, workflow_id, 20) for get in (get_our_event, get_their_event)]
        with pytest.raises(TimeoutError):
            waiting[0].result(0.5)
        sides.set_event(workflow_id, "set")
        assert [each.result(_TIMEOUT_S) for each in waiting] == ["set", "set"]
