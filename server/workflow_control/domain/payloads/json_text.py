"""JSON, as strictly as RFC 8259 has it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, Final, NoReturn

from workflow_control.domain.payloads.reading import READ_VALUES_MAX, Unreadable


def read_json(text: str) -> object:
    """Return the value of a JSON text; of members with the same name, the last one.

    Integers are exact, other numbers doubles. Strings may hold lone surrogates, which JSON can escape. Raise ValueError
    for what is not JSON (NaN and Infinity are not, though Python's writer emits them), for numbers beyond a double and
    integers of thousands of digits, and for more values than are read; RecursionError for nesting beyond the parser.
    """
    return _decode(text, _DECODER)


def read_json_objects(text: str, object_hook: Callable[[dict[str, Any]], object]) -> object:
    """As `read_json`, with each object replaced by what the hook makes of it, inner ones first."""
    return _decode(text, _decoder(object_hook))


def _decode(text: str, decoder: json.JSONDecoder) -> object:
    # Each value but an only one follows a comma or a bracket. Those within strings count too, which errs on the safe
    # side.
    if text.count(",") + text.count("[") + text.count("{") > READ_VALUES_MAX:
        raise Unreadable("too many values")
    return decoder.decode(text)


def _decoder(object_hook: Callable[[dict[str, Any]], object] | None = None) -> json.JSONDecoder:
    return json.JSONDecoder(object_hook=object_hook, parse_float=_finite, parse_constant=_refuse_constant)


def _finite(literal: str) -> float:
    number = float(literal)
    if math.isinf(number):
        raise Unreadable("a number beyond a double")
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise Unreadable(f"{name} is not JSON")


_DECODER: Final = _decoder()
