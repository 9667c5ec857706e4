"""Laws of reading payloads: what is read is right, and nothing that is read does anything."""

import io
import json
import pickle
from base64 import b64decode, b64encode
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fixtures.audit import watched
from tests.fixtures.pickles import HOSTILE, encoded, stored
from workflow_control.domain.arguments import write_pickled_arguments, write_portable_arguments
from workflow_control.domain.payloads import JsonReading, read_error, read_payload
from workflow_control.domain.written_values import write_pickled, write_portable

FORMATS = ["portable_json", "py_pickle", "js_superjson", "js_legacy", "java_jackson", "DBOS_JSON", "DBOS_GOB", "", None]

INTEGERS = st.integers() | st.integers(-(2**1000), 2**1000)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | INTEGERS | FLOATS | st.text()
JSON_VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)
ELEMENTS = st.recursive(SCALARS, lambda inner: st.tuples(inner, inner) | st.frozensets(inner), max_leaves=5)
PLAIN_VALUES = st.recursive(
    SCALARS | st.sets(ELEMENTS, max_size=5) | st.frozensets(ELEMENTS, max_size=5),
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
OFFSETS = st.none() | st.builds(timezone, st.integers(-1439, 1439).map(lambda minutes: timedelta(minutes=minutes)))
KNOWN_INSTANCES = (
    st.datetimes(timezones=OFFSETS) | st.dates() | st.decimals(allow_nan=False, allow_infinity=False) | st.uuids()
)
VALUES = st.recursive(
    SCALARS | KNOWN_INSTANCES,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)
EXCEPTIONS = st.builds(
    lambda kind, args: kind(*args),
    st.sampled_from([ValueError, KeyError, RuntimeError, TimeoutError, StopIteration]),
    st.lists(st.recursive(SCALARS, st.lists, max_leaves=3), max_size=3),
)


def reading_of(value: object) -> object:
    """Returns what a value that Python unpickled is to read as."""
    match value:
        case list() | tuple() | set() | frozenset():
            return [reading_of(element) for element in value]
        case dict():
            return {key: reading_of(member) for key, member in value.items()}
        case datetime():
            text = value.isoformat()
            return text[:-6] + "Z" if text.endswith("+00:00") else text
        case date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case _:
            return value


@given(PLAIN_VALUES, st.integers(2, 5))
def test_what_python_pickles_reads_as_it_was(value: object, protocol: int) -> None:
    read = read_payload("py_pickle", stored(value, protocol))
    assert repr(read) == repr(JsonReading(reading_of(value)))


@given(VALUES, st.integers(4, 5))
def test_dates_decimals_and_uuids_read_as_their_text(value: object, protocol: int) -> None:
    read = read_payload("py_pickle", stored(value, protocol))
    assert repr(read) == repr(JsonReading(reading_of(value)))


@given(EXCEPTIONS, st.integers(4, 5))
def test_exceptions_read_as_what_str_makes_of_them(error: Exception, protocol: int) -> None:
    read = read_error("py_pickle", stored(error, protocol))
    assert read is not None
    assert (read.value["name"], read.value["message"]) == (type(error).__name__, str(error))


@given(JSON_VALUES)
def test_what_is_written_is_read_again(value: object) -> None:
    portable, pickled = write_portable(value), write_pickled(value)
    assert read_payload("portable_json", portable) == JsonReading(value)
    assert read_payload("py_pickle", pickled) == JsonReading(value)
    assert json.loads(portable) == value
    assert pickle.loads(b64decode(pickled)) == value  # noqa: S301 - As it was made two lines above.


@given(st.lists(JSON_VALUES, max_size=4), st.dictionaries(st.text(), JSON_VALUES, max_size=4))
def test_arguments_that_are_written_are_read_again(args: list[object], named_args: dict[str, object]) -> None:
    portable = write_portable_arguments(args, named_args)
    assert read_payload("portable_json", portable) == JsonReading({"positionalArgs": args, "namedArgs": named_args})
    pickled = write_pickled_arguments(args, named_args)
    assert pickle.loads(b64decode(pickled)) == {"args": tuple(args), "kwargs": named_args}  # noqa: S301 - Likewise.
    assert read_payload("py_pickle", pickled) == read_payload(None, pickled)
    assert read_payload(None, pickled) == JsonReading({"args": args, "kwargs": named_args})


@given(JSON_VALUES)
def test_json_reads_alike_in_all_formats_that_add_nothing(value: object) -> None:
    text = json.dumps(value)
    marked = f'{{"json":{text},"__dbos_serializer":"superjson"}}'
    in_base64 = b64encode(text.encode()).decode()
    expected = JsonReading(json.loads(text))
    assert read_payload("portable_json", text) == expected
    assert read_payload("js_superjson", marked) == expected
    assert read_payload(None, marked) == expected
    assert read_payload("DBOS_JSON", in_base64) == expected


@given(st.text(), st.sampled_from(FORMATS))
def test_any_text_is_read_or_left(text: str, serialization: str | None) -> None:
    with watched() as events:
        read_payload(serialization, text)
        read_error(serialization, text)
    assert events == []


@given(st.binary(max_size=200))
def test_any_bytes_after_a_protocol_are_read_or_left(data: bytes) -> None:
    with watched() as events:
        read_payload("py_pickle", encoded(b"\x80\x04" + data))
        read_error("py_pickle", encoded(b"\x80\x04" + data))
    assert events == []


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A pickle with some of it replaced, removed, repeated or put in from another."""
    sources = VALUES.map(lambda value: pickle.dumps(value, 4)) | EXCEPTIONS.map(pickle.dumps)
    pickled = bytearray(draw(sources | st.sampled_from(sorted(HOSTILE.values(), key=len)[:60])))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(pickled)))
        end = start + draw(st.integers(0, 8))
        taken = bytes(pickled[start:end])
        pickled[start:end] = draw(st.sampled_from([b"", taken * 2, taken[::-1]]) | st.binary(max_size=4))
    return bytes(pickled)


class Limited(pickle._Unpickler):
    """Python's own unpickler, in Python, which knows the classes that have a reading, and no others."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - As in the base.
        if (module, name) in KNOWN:
            return KNOWN[module, name]
        raise pickle.UnpicklingError(f"{module}.{name}")


KNOWN: dict[tuple[str, str], object] = {
    ("datetime", "datetime"): datetime,
    ("datetime", "date"): date,
    ("datetime", "timezone"): timezone,
    ("datetime", "timedelta"): timedelta,
    ("decimal", "Decimal"): Decimal,
    ("uuid", "UUID"): UUID,
    ("builtins", "set"): set,
    ("builtins", "frozenset"): frozenset,
    **{("builtins", kind.__name__): kind for kind in (ValueError, KeyError, RuntimeError, TimeoutError)},
}


@settings(max_examples=1000)
@given(mutated())
def test_a_damaged_pickle_reads_as_python_has_it_or_not_at_all(pickled: bytes) -> None:
    with watched() as events:
        read = read_payload("py_pickle", encoded(pickled))
        error = read_error("py_pickle", encoded(pickled))
    assert events == []
    if read is None and error is None:
        return
    try:
        value = Limited(io.BytesIO(pickled)).load()
    except Exception:
        return  # Whatever a class raises: there is nothing to compare with.
    if read is not None:
        assert json.dumps(read.value) == json.dumps(reading_of(value))
    if error is not None and isinstance(value, BaseException):
        assert (error.value["name"], error.value["message"]) == (type(value).__name__, str(value))


def test_the_watch_is_awake() -> None:
    with watched() as events:
        compile("1", "", "eval")
    assert [event.partition("(")[0] for event in events] == ["compile"]
    with pytest.raises(pickle.UnpicklingError):
        Limited(io.BytesIO(HOSTILE["system"])).load()
