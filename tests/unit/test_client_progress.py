"""A stream goes on after a failure behind its last response, patiently, but not for ever; the clock is the test's."""

from __future__ import annotations

from datetime import timedelta

import grpc
import pytest

from workflow_control_client.calls import StreamCall
from workflow_control_client.errors import DatabaseUnavailable, InvalidRequest, WorkflowControlError
from workflow_control_client.progress import Progress
from workflowcontrol.v1.workflow_events_pb2 import ReadStreamRequest, ReadStreamResponse

AWAY = DatabaseUnavailable(grpc.StatusCode.UNAVAILABLE, "away")
WRONG = InvalidRequest(grpc.StatusCode.INVALID_ARGUMENT, "wrong")


class Clock:
    """Stands still unless it is told otherwise."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def next_request(response: ReadStreamResponse) -> ReadStreamRequest | None:
    return None if response.closed else ReadStreamRequest(from_offset=response.offset + 1)


def progress(clock: Clock, timeout: timedelta | None = None, *, follow: bool = True) -> Progress[ReadStreamResponse]:
    call = StreamCall(
        "/a/B",
        ReadStreamRequest(from_offset=7),
        ReadStreamResponse.FromString,
        timeout,
        next_request if follow else None,
    )
    return Progress(call, timedelta(seconds=15), clock)


def pause_of(stream: Progress[ReadStreamResponse], error: WorkflowControlError = AWAY) -> float:
    pause_s = stream.failed(error)
    assert pause_s is not None
    return pause_s


def test_it_begins_at_the_beginning_and_goes_on_behind_the_last_response(clock: Clock) -> None:
    stream = progress(clock)
    assert stream.request == ReadStreamRequest(from_offset=7)
    for offset in (7, 8, 11):
        stream.received(ReadStreamResponse(offset=offset))
        assert stream.request == ReadStreamRequest(from_offset=offset + 1)
        assert not stream.is_complete
    stream.received(ReadStreamResponse(offset=12, closed=True))
    assert stream.is_complete


def test_only_what_is_followed_goes_on_and_only_where_waiting_helps(clock: Clock) -> None:
    stream = progress(clock, follow=False)
    stream.received(ReadStreamResponse(offset=7))
    assert stream.failed(AWAY) is None
    assert not stream.is_complete
    assert progress(clock).failed(WRONG) is None


def test_the_pauses_grow_to_five_seconds_and_begin_anew_with_a_response(clock: Clock) -> None:
    stream = progress(clock)
    longest = [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]
    for limit in longest:
        stream.begin()
        assert limit / 2 <= pause_of(stream) <= limit
    stream.received(ReadStreamResponse(offset=7))
    assert pause_of(stream) <= 0.2


def test_it_gives_up_after_a_minute_without_any_success(clock: Clock) -> None:
    stream = progress(clock)
    for _ in range(12):
        stream.begin()
        pause_of(stream)
        clock.now += 4.9
    stream.begin()
    clock.now += 1.2
    assert stream.failed(AWAY) is None


@pytest.mark.parametrize("responds", [True, False])
def test_an_attempt_that_responded_or_lasted_was_a_success(clock: Clock, responds: bool) -> None:
    stream = progress(clock)
    for _ in range(100):
        stream.begin()
        if responds:
            clock.now += 1
            stream.received(ReadStreamResponse(offset=7))
        else:
            clock.now += 5
        assert pause_of(stream) <= 0.2


def test_the_time_is_that_of_all_attempts(clock: Clock) -> None:
    stream = progress(clock, timedelta(seconds=3))
    assert stream.begin() == 3
    clock.now += 2
    assert stream.begin() == 1
    clock.now += 2
    assert stream.begin() == 0


def test_what_is_followed_has_no_limit_unless_one_is_given(clock: Clock) -> None:
    assert progress(clock).begin() is None
    assert progress(clock, follow=False).begin() == 15
    assert progress(clock, timedelta(seconds=1), follow=False).begin() == 1
