"""What DBOS for Python stores: pickles in base64, `py_pickle`, of which plain values have a JSON reading.

They are read as DBOS's portable format would have them (dbos 3.4.0 `_serialization.py:_portableify`): tuples and sets
as arrays, dates and decimals as strings. Where that would lose something, this does not: a time keeps its microseconds
and its offset, and one without an offset gets none.
"""

from __future__ import annotations

import math
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final
from uuid import UUID

from workflow_control.domain.payloads.pickle_program import Call, Global, PickledSet, follow_pickle
from workflow_control.domain.payloads.reading import READ_CHARACTERS_MAX, READ_DEPTH_MAX, READ_VALUES_MAX, Unreadable

_GROWTH_MAX: Final = 16
"""How much longer than its text a reading may be. A pickle names a part that occurs often once, and a reading repeats
it, so that a small pickle can mean a reading beyond all memory."""
_GROWTH_FREE: Final = 4096
_PLAIN: Final = frozenset({type(None), bool, int})
_DECIMAL: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E[+-][0-9]+)?")


class Growth:
    """What a reading may still grow by, in characters and in values."""

    def __init__(self, text: str) -> None:
        """Take the measure of the stored text."""
        self._characters = min(_GROWTH_FREE + _GROWTH_MAX * len(text), READ_CHARACTERS_MAX)
        self._values = READ_VALUES_MAX

    def add(self, characters: int = 0) -> None:
        """Count one value. Raise `Unreadable` where it is one too many."""
        self._characters -= characters
        self._values -= 1
        if self._characters < 0 or self._values < 0:
            raise Unreadable("shared parts make it too large")


def read_pickle(text: str) -> object:
    """Return the JSON reading of a text in `py_pickle`."""
    return json_value(load_text(text), Growth(text))


def load_text(text: str) -> object:
    """Return what the pickle in a text describes: see `follow_pickle`."""
    return follow_pickle(b64decode(text, validate=True))


def json_value(value: object, growth: Growth, depth: int = READ_DEPTH_MAX) -> object:
    """Return the JSON reading of what a pickle describes, with no part shared.

    Raise `Unreadable` for what has none: bytes, NaN and infinities, what contains itself or is nested too deeply, and
    instances of any class but `datetime`, `date`, `Decimal`, `UUID`, `set` and `frozenset`.
    """
    if isinstance(value, str):
        growth.add(len(value))
        return value
    growth.add()
    if type(value) in _PLAIN:
        return value
    if depth == 0:
        raise Unreadable("nested too deeply")
    match value:
        case float() if math.isfinite(value):
            return value
        case PickledSet(elements):
            return [json_value(element, growth, depth - 1) for element in elements]
        case list() | tuple() if type(value) is not Global:
            return [json_value(element, growth, depth - 1) for element in value]
        case dict():
            growth.add(sum(map(len, value)))
            return {key: json_value(member, growth, depth - 1) for key, member in value.items()}
        case Call(callee=Global("builtins", "set" | "frozenset"), args=(list() as elements,), state=None):
            return [json_value(element, growth, depth - 1) for element in elements]
        case Call() if value.callee in _SCALARS:
            return _SCALARS[value.callee](value)
        case _:
            raise Unreadable("no plain value")


def _datetime(call: Call) -> str:
    match call:
        case Call(args=(bytes(packed), *zone), state=None) if len(packed) == 10 and len(zone) <= 1:
            # The month's highest bit distinguishes the repeated hour at the end of summer time.
            year, month = int.from_bytes(packed[:2]), packed[2] & 0x7F
            day, hour, minute, second = packed[3:7]
            offset = _zone(zone[0]) if zone else None
            moment = datetime(year, month, day, hour, minute, second, int.from_bytes(packed[7:]), tzinfo=offset)
            text = moment.isoformat()
            return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
        case _:
            raise Unreadable("no datetime")


def _zone(zone: object) -> tzinfo:
    """Return a fixed offset from UTC, which alone is known without looking up a time zone."""
    match zone:
        case Call(callee=Global("datetime", "timezone"), args=(Call() as offset, *_), state=None):
            pass
        case _:
            raise Unreadable("no fixed offset")
    match offset:
        case Call(callee=Global("datetime", "timedelta"), args=(int(days), int(seconds), int(small)), state=None):
            try:
                return timezone(timedelta(days, seconds, small))
            except OverflowError as error:
                raise Unreadable("no fixed offset") from error
        case _:
            raise Unreadable("no fixed offset")


def _date(call: Call) -> str:
    match call:
        case Call(args=(bytes(packed),), state=None) if len(packed) == 4:
            return date(int.from_bytes(packed[:2]), packed[2], packed[3]).isoformat()
        case _:
            raise Unreadable("no date")


def _decimal(call: Call) -> str:
    """Return the number in Python's own notation, which may have an exponent; never expanded, since a short one can
    mean gigabytes of digits."""
    match call:
        case Call(args=(str(digits),), state=None) if _DECIMAL.fullmatch(digits):
            return digits
        case _:
            raise Unreadable("no decimal")


def _uuid(call: Call) -> str:
    match call:
        case Call(args=(), state={"int": int(number)}):
            return str(UUID(int=number))
        case _:
            raise Unreadable("no UUID")


_SCALARS: Final[Mapping[Global, Callable[[Call], str]]] = {
    Global("datetime", "datetime"): _datetime,
    Global("datetime", "date"): _date,
    Global("decimal", "Decimal"): _decimal,
    Global("uuid", "UUID"): _uuid,
}
