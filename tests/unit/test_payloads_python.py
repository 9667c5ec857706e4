"""Python's payloads: pickles of plain values, and of exceptions."""

import enum
import json
import pickle
from collections import OrderedDict, defaultdict, deque
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from pathlib import PurePosixPath
from types import SimpleNamespace
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from dbos._error import DBOSException, DBOSMaxStepRetriesExceeded, DBOSNotAuthorizedError
from dbos._serialization import PortableWorkflowError

from tests.fixtures.pickles import MIB, PROTO_4, STOP, call, encoded, stored, text
from workflow_control.domain.payloads import JsonReading, read_error, read_payload

PROTOCOLS = pytest.mark.parametrize("protocol", [4, 5])
"""DBOS pickles with Python's default, which is 4 until Python 3.13 and 5 from 3.14 on."""

VALUES = [
    (None, None),
    (True, True),
    (-1, -1),
    (255, 255),
    (65536, 65536),
    (-(2**31), -(2**31)),
    (2**63, 2**63),
    (-(2**1000), -(2**1000)),
    (0.1, 0.1),
    (1e308, 1e308),
    ("", ""),
    ("é \N{GRINNING FACE} \0", "é \N{GRINNING FACE} \0"),
    ("x" * 300, "x" * 300),
    ([], []),
    ([1, [2, [3]]], [1, [2, [3]]]),
    ((), []),
    ((1, 2, 3, 4), [1, 2, 3, 4]),
    ({}, {}),
    ({"a": {"b": (None,)}}, {"a": {"b": [None]}}),
    (set(), []),
    ({7}, [7]),
    (frozenset({"a"}), ["a"]),
    ({(1, 2)}, [[1, 2]]),
    (OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
    ({"args": (1, "a"), "kwargs": {"k": [1.5]}}, {"args": [1, "a"], "kwargs": {"k": [1.5]}}),
    (datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "2024-01-02T03:04:05Z"),
    (datetime(2024, 1, 2, 3, 4, 5, 678, tzinfo=UTC), "2024-01-02T03:04:05.000678Z"),
    (datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=-5, minutes=-30))), "2024-01-02T00:00:00-05:30"),
    (datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=2), "CEST")), "2024-01-02T00:00:00+02:00"),
    (datetime(2024, 10, 27, 2, 30, fold=1), "2024-10-27T02:30:00"),  # noqa: DTZ001 - Without an offset, as pickled.
    (datetime.max.replace(tzinfo=UTC), "9999-12-31T23:59:59.999999Z"),
    (date(2024, 2, 29), "2024-02-29"),
    (Decimal("-1.50"), "-1.50"),
    (Decimal("1E+2"), "1E+2"),
    (UUID("12345678-1234-5678-1234-567812345678"), "12345678-1234-5678-1234-567812345678"),
]


@PROTOCOLS
@pytest.mark.parametrize(("value", "reading"), VALUES, ids=repr)
def test_plain_values_are_read(value: object, reading: object, protocol: int) -> None:
    read = read_payload("py_pickle", stored(value, protocol))
    assert read == JsonReading(reading)
    assert repr(read.value) == repr(reading)  # True is not 1, and 1.0 not 1.


def test_parts_that_a_value_shares_are_read_each_time() -> None:
    part = {"name": "a part", "of": ["it"]}
    assert read_payload("py_pickle", stored([part, part, (part,)])) == JsonReading([part, part, [part]])


class Colour(enum.Enum):
    RED = "red"


@PROTOCOLS
@pytest.mark.parametrize(
    "value",
    [
        b"bytes",
        bytearray(b"bytes"),
        {1: "a key that is no string"},
        {("a",): 1},
        1j,
        2**1040,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("-Infinity"),
        "\ud800",
        time(1, 2),
        timedelta(1),
        datetime(2024, 1, 2, tzinfo=ZoneInfo("Europe/Zurich")),
        PurePosixPath("a"),
        SimpleNamespace(a=1),
        Colour.RED,
        Colour,
        deque([1]),
        defaultdict(list, a=[1]),
        range(3),
        ValueError("an exception is no value"),
        [ValueError("nor within one")],
        len,
    ],
    ids=repr,
)
def test_other_values_stay_text(value: object, protocol: int) -> None:
    assert read_payload("py_pickle", stored(value, protocol)) is None
    assert read_payload("py_pickle", stored({"within": [value]}, protocol)) is None


@pytest.mark.parametrize(
    "text_", ["", "gAROLg", "gARO Lg==", "gAROLg==\n", "__DBOS_NIL", "null", "é", "gAROLg==gAROLg=="]
)
def test_what_is_no_pickle_stays_text(text_: str) -> None:
    assert read_payload("py_pickle", "gAROLg==") == JsonReading(None)
    assert read_payload("py_pickle", text_) is None
    assert read_error("py_pickle", text_) is None


def test_readings_grow_only_so_far() -> None:
    """Names that a thousand records share are read; a pickle that means gigabytes is not."""
    records = [{"customer name": "a", "shipping address": "b"} for _ in range(1000)]
    assert read_payload("py_pickle", stored(records)) == JsonReading(records)
    line = "x" * 1000
    assert read_payload("py_pickle", stored([line] * 4)) == JsonReading([line] * 4)
    assert read_payload("py_pickle", stored([line] * 1000)) is None


def test_a_memo_takes_no_more_room_than_what_is_in_it() -> None:
    """Python's own unpickler, in C, makes room for 8 billion values here."""
    assert read_payload("py_pickle", encoded(PROTO_4 + b"Nr\xff\xff\xff\xff" + STOP)) == JsonReading(None)


def nested(depth: int) -> object:
    value: object = 0
    for _ in range(depth):
        value = [value]
    return value


def test_deep_payloads_stay_text() -> None:
    assert read_payload("py_pickle", stored(nested(99))) == JsonReading(nested(99))
    assert read_payload("py_pickle", stored(nested(101))) is None
    assert read_error("py_pickle", stored(ValueError(nested(99)))) is not None
    assert read_error("py_pickle", stored(ValueError(nested(101)))) is None


def test_large_payloads_stay_text() -> None:
    assert read_payload("py_pickle", stored("x" * (MIB // 2))) is not None
    assert read_payload("py_pickle", stored("x" * MIB)) is None
    assert read_payload("py_pickle", stored([0] * 200_000)) is None


EXCEPTIONS: list[BaseException] = [
    ValueError("no"),
    ValueError(),
    ValueError("two", 2),
    ValueError(None),
    ValueError(["a", {"b": (1.5, True)}], ()),
    KeyError("missing"),
    KeyError("two", "keys"),
    IndexError(3),
    ZeroDivisionError("division by zero"),
    FileNotFoundError(2, "No such file or directory", "it's"),
    OSError(28, "No space left on device"),
    OSError(2, "No such file or directory", "a", None, "b"),
    OSError("only a message"),
    OSError("no number", None, ("no", "file")),
    TimeoutError(),
    StopIteration(5),
    AssertionError("é"),
    ExceptionGroup("several", [ValueError("a"), KeyError("b")]),
    ExceptionGroup("one", [ValueError("a")]),
    DBOSException("without a code"),
    DBOSNotAuthorizedError("not you"),
    DBOSMaxStepRetriesExceeded("charge", 3, [ValueError("a"), OSError(2, "b")]),
]


@PROTOCOLS
@pytest.mark.parametrize("error", EXCEPTIONS, ids=repr)
def test_exceptions_read_as_their_name_and_what_str_makes_of_them(error: BaseException, protocol: int) -> None:
    reading = read_error("py_pickle", stored(error, protocol))
    assert reading is not None
    code = {"code": error.errno} if isinstance(error, OSError) and error.errno is not None else {}
    assert reading.value == {"name": type(error).__name__, "message": str(error), **code}


class OrderRejectedError(Exception):
    """An exception of an application, with attributes."""

    def __init__(self, message: str, **attributes: object) -> None:
        super().__init__(message)
        vars(self).update(attributes)


@pytest.mark.parametrize(
    ("attributes", "members"),
    [
        ({}, {}),
        ({"code": 402, "data": {"items": (1, 2)}}, {"code": 402, "data": {"items": [1, 2]}}),
        ({"status_code": "E17", "details": ["a"]}, {"code": "E17", "data": ["a"]}),
        ({"code": None, "status": 5}, {}),
        ({"code": 1.5, "status": 5}, {"code": 5}),
        ({"data": b"bytes have no reading"}, {}),
        ({"data": None, "extra": 1}, {}),
    ],
)
def test_the_code_and_the_data_of_an_exception_are_read(
    attributes: dict[str, object], members: dict[str, object]
) -> None:
    reading = read_error("py_pickle", stored(OrderRejectedError("no stock", **attributes)))
    assert reading == JsonReading({"name": "OrderRejectedError", "message": "no stock", **members})


def test_notes_do_no_harm() -> None:
    error = ValueError("no")
    error.add_note("a note")
    assert read_error("py_pickle", stored(error)) == JsonReading({"name": "ValueError", "message": "no"})


def test_a_portable_error_keeps_its_name() -> None:
    error = PortableWorkflowError("not found", "WorkflowError", 404, {"id": "abc"})
    assert read_error("py_pickle", stored(error)) == JsonReading(
        {"name": "WorkflowError", "message": "not found", "code": 404, "data": {"id": "abc"}}
    )


def test_what_json_could_not_parse_is_told_as_python_tells_it() -> None:
    for document in ("x", "[1,\n 2,\n x]", "\n\n"):
        with pytest.raises(json.JSONDecodeError) as raised:
            json.loads(document)
        reading = read_error("py_pickle", stored(raised.value))
        assert reading == JsonReading({"name": "JSONDecodeError", "message": str(raised.value)})


@pytest.mark.parametrize(
    "pickled",
    [
        stored("a string is no exception"),
        stored(ValueError(b"a message that no plain value makes".join)),
        stored(ValueError("with", SimpleNamespace(a=1))),
        stored(ValueError({1, 2}, "a set has no order")),
        stored(BlockingIOError(11, "a count", 5)),
        stored(UnicodeDecodeError("utf-8", b"a", 0, 1, "a message made of five")),
        stored(SyntaxError("a message made of", ("file", 1, 1, "x", 1, 1))),
        stored(pickle.loads),
        encoded(PROTO_4 + call("builtins", "eval", text("1")) + STOP),
        encoded(PROTO_4 + call("builtins", "NoSuchError", text("1")) + STOP),
        encoded(PROTO_4 + call("os", "getcwd") + STOP),
        encoded(PROTO_4 + call("subprocess", "Popen", text("true")) + STOP),
        encoded(PROTO_4 + call("shop.orders", "ship", text("1")) + STOP),
        encoded(PROTO_4 + call("dbos._error", "DBOSErrorOfTheFuture", text("1")) + STOP),
        encoded(PROTO_4 + call("dbos._error", "DBOSMaxStepRetriesExceeded", text("too few")) + STOP),
        encoded(PROTO_4 + call("dbos._error", "DBOSQueryTimeoutError", text("no number")) + STOP),
        encoded(PROTO_4 + call("dbos._error", "DBOSAwaitedWorkflowCancelledError", b"]") + STOP),
    ],
)
def test_what_is_no_exception_that_can_be_told_stays_text(pickled: str) -> None:
    assert read_error("py_pickle", pickled) is None
