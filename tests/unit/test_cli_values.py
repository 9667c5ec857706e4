"""How durations, times and JSON are written on the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_control_client.cli.output import short_duration
from workflow_control_client.cli.values import AGO, DURATION, FROM_NOW, JSON, JSON_OBJECT


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("500ms", timedelta(milliseconds=500)),
        ("90s", timedelta(seconds=90)),
        ("1.5h", timedelta(minutes=90)),
        ("1h30m", timedelta(minutes=90)),
        ("7d", timedelta(days=7)),
        ("0s", timedelta()),
    ],
)
def test_a_duration_is_read(written: str, meant: timedelta) -> None:
    assert DURATION.convert(written, None, None) == meant


@pytest.mark.parametrize("written", ["", "5", "5x", "-5s", "5 s", "1h 30m", "h", "1e3s", "9" * 30 + "d", "s"])
def test_what_is_no_duration_is_refused(written: str) -> None:
    with pytest.raises(click.BadParameter, match=r"duration|too long"):
        DURATION.convert(written, None, None)


def test_a_duration_in_place_of_a_time_counts_from_now() -> None:
    now = datetime.now(UTC)
    assert abs(AGO.convert("2h", None, None) - (now - timedelta(hours=2))) < timedelta(minutes=1)
    assert abs(FROM_NOW.convert("2h", None, None) - (now + timedelta(hours=2))) < timedelta(minutes=1)


def test_a_time_with_a_zone_is_taken_as_it_is() -> None:
    assert AGO.convert("2026-01-31T12:00:00+02:00", None, None) == datetime(2026, 1, 31, 10, tzinfo=UTC)


def test_a_time_without_a_zone_is_local() -> None:
    local = datetime(2026, 1, 31, 12).astimezone()
    assert AGO.convert("2026-01-31T12:00", None, None) == local


@pytest.mark.parametrize("written", ["", "yesterday", "2026-13-01", "99999999d"])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(click.BadParameter, match=r"neither a time|too long"):
        AGO.convert(written, None, None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("7", 7),
        ('"7"', "7"),
        ("order-7", "order-7"),
        ("007", "007"),
        ("true", True),
        ("null", None),
        ("", ""),
        ("NaN", "NaN"),
        ('{"a": [1, 2.5]}', {"a": [1, 2.5]}),
    ],
)
def test_json_and_plain_text_are_told_apart(written: str, meant: object) -> None:
    assert JSON.convert(written, None, None) == meant


@pytest.mark.parametrize("written", ["{", '{"a": }', "[1,", '"half', "[NaN]", "[" * 100_000])
def test_broken_json_is_not_taken_for_text(written: str) -> None:
    with pytest.raises(click.BadParameter, match="broken JSON"):
        JSON.convert(written, None, None)


@pytest.mark.parametrize("written", ["7", "[1]", "text"])
def test_attributes_must_be_an_object(written: str) -> None:
    with pytest.raises(click.BadParameter, match="not a JSON object"):
        JSON_OBJECT.convert(written, None, None)


@given(st.timedeltas(timedelta(), timedelta(days=900)))
def test_a_shown_duration_is_short_and_right_in_its_first_unit(delta: timedelta) -> None:
    shown = short_duration(delta)
    assert len(shown) <= 8
    first = DURATION.convert(shown.split()[0], None, None)
    assert first - timedelta(seconds=0.06) <= delta
