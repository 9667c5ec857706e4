"""Timestamps and durations of the contract, and the milliseconds and datetimes of the domain.

Nothing here overflows: a Timestamp's and a Duration's seconds are any int64 on the wire, and DBOS's columns hold any
BIGINT.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from workflow_control.domain.limits import REQUEST_TTL_MAX, REQUEST_TTL_MIN, TIMEOUT_MAX
from workflow_control.domain.queries import MillisecondRange
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1.types_pb2 import TimeRange

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_MILLISECOND: Final = timedelta(milliseconds=1)
_TIMESTAMP_SECONDS_MIN: Final = -62_135_596_800  # 0001-01-01T00:00:00Z; both as timestamp.proto says.
_TIMESTAMP_SECONDS_MAX: Final = 253_402_300_799  # 9999-12-31T23:59:59Z
_DURATION_SECONDS_MAX: Final = 315_576_000_000  # About 10,000 years, as duration.proto says.
_NANOSECONDS: Final = 1_000_000_000
_DATETIME_MICROSECONDS_MAX: Final = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_TIMEOUT_MILLISECONDS_MAX: Final = TIMEOUT_MAX // _MILLISECOND


def write_milliseconds(target: Timestamp, milliseconds: int) -> None:
    """Set `target` to a time of DBOS's; one that no Timestamp can name becomes the nearest that one can."""
    seconds, rest = divmod(milliseconds, 1000)
    if seconds > _TIMESTAMP_SECONDS_MAX:
        seconds, rest = _TIMESTAMP_SECONDS_MAX, 999
    elif seconds < _TIMESTAMP_SECONDS_MIN:
        seconds, rest = _TIMESTAMP_SECONDS_MIN, 0
    target.seconds = seconds
    target.nanos = rest * 1_000_000


def write_datetime(target: Timestamp, time: datetime) -> None:
    """Set `target` to an aware datetime."""
    microseconds = (time - _EPOCH) // _MICROSECOND
    target.seconds, rest = divmod(microseconds, 1_000_000)
    target.nanos = rest * 1000


def write_duration(target: Duration, milliseconds: int) -> None:
    """Set `target` to a span of DBOS's that is not negative; one that no Duration can name becomes the longest that one
    can.
    """
    seconds, rest = divmod(milliseconds, 1000)
    if seconds > _DURATION_SECONDS_MAX:
        seconds, rest = _DURATION_SECONDS_MAX, 0
    target.seconds = seconds
    target.nanos = rest * 1_000_000


def duration(span: timedelta) -> Duration:
    """Return a timedelta as a Duration."""
    return Duration(seconds=span // timedelta(seconds=1), nanos=span.microseconds * 1000)


def read_request_ttl(checks: FieldChecks, value: Duration) -> timedelta:
    """Return a request's time to live; the smallest where it is out of bounds, which is noted."""
    nanoseconds = _read_duration(checks, "request_ttl", value)
    if nanoseconds is None:
        return REQUEST_TTL_MIN
    ttl = timedelta(microseconds=nanoseconds // 1000)
    if not REQUEST_TTL_MIN <= ttl <= REQUEST_TTL_MAX:
        checks.add("request_ttl", f"Is {nanoseconds / _NANOSECONDS:g} s; 1 hour to 90 days are allowed.")
        return REQUEST_TTL_MIN
    return ttl


def read_timeout_ms(checks: FieldChecks, field: str, value: Duration) -> int | None:
    """Return a workflow's timeout in milliseconds; None where it is not a whole number of them, which is noted."""
    nanoseconds = _read_duration(checks, field, value)
    if nanoseconds is None:
        return None
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    if rest or not 1 <= milliseconds <= _TIMEOUT_MILLISECONDS_MAX:
        checks.add(field, f"Must be a whole number of milliseconds from 1 to {_TIMEOUT_MILLISECONDS_MAX}.")
        return None
    return milliseconds


def read_delay_ms(checks: FieldChecks, field: str, value: Duration) -> int:
    """Return a delay in milliseconds; 0 where it is not a whole number of them, which is noted."""
    nanoseconds = _read_duration(checks, field, value)
    if nanoseconds is None:
        return 0
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    if rest or milliseconds > _TIMEOUT_MILLISECONDS_MAX:
        checks.add(field, f"Must be a whole number of milliseconds from 0 to {_TIMEOUT_MILLISECONDS_MAX}.")
        return 0
    return milliseconds


def read_time_ms(checks: FieldChecks, field: str, value: Timestamp) -> int:
    """Return a time in milliseconds since the epoch, rounded up; 0 where the Timestamp is not valid, which is noted."""
    return _ceil(_read_timestamp(checks, field, value), 1_000_000) or 0


def read_datetime(checks: FieldChecks, field: str, value: Timestamp) -> datetime:
    """Return a time with microseconds, rounded up; the epoch where the Timestamp is not valid, which is noted."""
    return _to_datetime(_ceil(_read_timestamp(checks, field, value), 1000)) or _EPOCH


def read_millisecond_range(checks: FieldChecks, field: str, value: TimeRange) -> MillisecondRange:
    """Return a range of DBOS's times. Bounds between two milliseconds are rounded up, which selects the same rows."""
    start, end = _read_range(checks, field, value)
    return MillisecondRange(_ceil(start, 1_000_000), _ceil(end, 1_000_000))


def read_datetime_range(checks: FieldChecks, field: str, value: TimeRange) -> tuple[datetime | None, datetime | None]:
    """Return a range of our own times, which have microseconds; rounded up likewise."""
    start, end = _read_range(checks, field, value)
    return _to_datetime(_ceil(start, 1000)), _to_datetime(_ceil(end, 1000))


def _read_range(checks: FieldChecks, field: str, value: TimeRange) -> tuple[int | None, int | None]:
    """Return both bounds in nanoseconds since the epoch."""
    start = _read_timestamp(checks, f"{field}.start", value.start) if value.HasField("start") else None
    end = _read_timestamp(checks, f"{field}.end", value.end) if value.HasField("end") else None
    if start is not None and end is not None and end < start:
        checks.add(f"{field}.end", "Must not be before start.")
    return start, end


def _read_timestamp(checks: FieldChecks, field: str, value: Timestamp) -> int | None:
    """Return nanoseconds since the epoch; None where the Timestamp is not valid, which is noted."""
    if not _TIMESTAMP_SECONDS_MIN <= value.seconds <= _TIMESTAMP_SECONDS_MAX:
        checks.add(field, "Must be between the years 1 and 9999.")
    elif not 0 <= value.nanos < _NANOSECONDS:
        checks.add(field, f"Its nanos must be from 0 to {_NANOSECONDS - 1}.")
    else:
        return value.seconds * _NANOSECONDS + value.nanos
    return None


def _read_duration(checks: FieldChecks, field: str, value: Duration) -> int | None:
    """Return nanoseconds, not negative; None where the Duration is not valid, which is noted."""
    if value.seconds < 0 or value.nanos < 0:
        checks.add(field, "Must not be negative.")
    elif value.seconds > _DURATION_SECONDS_MAX:
        checks.add(field, f"Its seconds must be at most {_DURATION_SECONDS_MAX}.")
    elif value.nanos >= _NANOSECONDS:
        checks.add(field, f"Its nanos must be at most {_NANOSECONDS - 1}.")
    else:
        return value.seconds * _NANOSECONDS + value.nanos
    return None


def _ceil(nanoseconds: int | None, unit: int) -> int | None:
    return None if nanoseconds is None else -(-nanoseconds // unit)


def _to_datetime(microseconds: int | None) -> datetime | None:
    if microseconds is None:
        return None
    return _EPOCH + timedelta(microseconds=min(microseconds, _DATETIME_MICROSECONDS_MAX))
