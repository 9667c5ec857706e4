"""DBOS's times and spans, the contract's, and that nothing on the wire or in a row overflows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from google.protobuf import json_format
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given
from hypothesis import strategies as st

from workflow_control.domain.errors import InvalidRequest
from workflow_control.rpc.convert_times import (
    read_datetime_range,
    read_millisecond_range,
    read_request_ttl,
    read_timeout_ms,
    write_datetime,
    write_duration,
    write_milliseconds,
)
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import types_pb2 as types

BIGINT = st.integers(-(2**63), 2**63 - 1)


class TestTimes:
    """DBOS's milliseconds and the contract's nanoseconds."""

    @given(BIGINT)
    def test_every_time_of_dboss_can_be_told(self, milliseconds: int) -> None:
        timestamp = Timestamp()
        write_milliseconds(timestamp, milliseconds)
        json_format.MessageToJson(timestamp)  # Refuses what is no valid Timestamp.
        if abs(milliseconds) < 10**13:
            assert timestamp.ToMilliseconds() == milliseconds

    @given(st.integers(0, 2**63 - 1))
    def test_every_span_of_dboss_can_be_told(self, milliseconds: int) -> None:
        duration = Duration()
        write_duration(duration, milliseconds)
        json_format.MessageToJson(duration)
        if milliseconds < 10**13:
            assert duration.ToMilliseconds() == milliseconds

    @given(st.datetimes(timezones=st.just(UTC)))
    def test_datetimes_are_exact(self, time: datetime) -> None:
        timestamp = Timestamp()
        write_datetime(timestamp, time)
        assert timestamp.ToDatetime(tzinfo=UTC) == time

    @given(BIGINT, st.integers(-(2**31), 2**31 - 1), BIGINT, st.integers(-(2**31), 2**31 - 1))
    def test_no_time_on_the_wire_breaks_a_range(self, s1: int, n1: int, s2: int, n2: int) -> None:
        message = types.TimeRange(start=Timestamp(seconds=s1, nanos=n1), end=Timestamp(seconds=s2, nanos=n2))
        checks = FieldChecks()
        bounds = read_millisecond_range(checks, "created", message)
        read_datetime_range(checks, "executed", message)
        try:
            checks.raise_any()
        except InvalidRequest:
            return
        assert bounds.start is not None
        assert bounds.end is not None
        assert -(2**63) < bounds.start <= bounds.end < 2**63

    @given(st.integers(0, 10**12), st.integers(0, 10**9 - 1), st.integers(0, 10**15))
    def test_bounds_between_milliseconds_select_the_same_rows(self, seconds: int, nanos: int, created: int) -> None:
        seconds %= 253_402_300_799
        start = read_millisecond_range(
            FieldChecks(), "created", types.TimeRange(start=Timestamp(seconds=seconds, nanos=nanos))
        ).start
        assert start is not None
        assert (created >= start) == (created * 10**6 >= seconds * 10**9 + nanos)

    def test_the_last_instant_does_not_overflow(self) -> None:
        last = types.TimeRange(end=Timestamp(seconds=253_402_300_799, nanos=999_999_999))
        _, end = read_datetime_range(FieldChecks(), "executed", last)
        assert end == datetime.max.replace(tzinfo=UTC)

    @pytest.mark.parametrize(("seconds", "nanos"), [(3600, 0), (90 * 86_400, 0), (3600, 1_000)])
    def test_bounds_of_the_ttl_are_allowed(self, seconds: int, nanos: int) -> None:
        checks = FieldChecks()
        ttl = read_request_ttl(checks, Duration(seconds=seconds, nanos=nanos))
        checks.raise_any()
        assert ttl == timedelta(seconds=seconds, microseconds=nanos // 1000)

    @pytest.mark.parametrize(("seconds", "nanos"), [(3599, 999_999_999), (90 * 86_400, 1_000), (90 * 86_400 + 1, 0)])
    def test_what_is_beyond_them_is_not(self, seconds: int, nanos: int) -> None:
        checks = FieldChecks()
        read_request_ttl(checks, Duration(seconds=seconds, nanos=nanos))
        with pytest.raises(InvalidRequest):
            checks.raise_any()

    @pytest.mark.parametrize(
        ("nanos", "milliseconds"), [(1_000_000, 1), (999_000_000, 999), (500_000, None), (1, None)]
    )
    def test_timeouts_are_whole_milliseconds(self, nanos: int, milliseconds: int | None) -> None:
        assert read_timeout_ms(FieldChecks(), "timeout", Duration(nanos=nanos)) == milliseconds
