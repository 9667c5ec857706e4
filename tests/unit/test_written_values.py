"""What is pickled for old releases of DBOS is plain, since whoever reads a pickle does what it says."""

import pickle
from base64 import b64decode
from collections import OrderedDict
from enum import IntEnum

import pytest

from workflow_control.domain.written_values import write_pickled


class Text(str):
    """Looks like a text, and would be imported where it is read."""


class Level(IntEnum):
    """Is equal to a number, and is none."""

    HIGH = 1


def test_plain_values_are_written_as_python_writes_them() -> None:
    value: object = {"a": [1, 2.5, True, None, "é"], "kwargs": {}, "args": (1, [])}
    assert b64decode(write_pickled(value)) == pickle.dumps(value, 4)


@pytest.mark.parametrize(
    "value",
    [Text("a"), Level.HIGH, OrderedDict(), object(), Text, print, pytest, 1j],
    ids=lambda value: type(value).__name__,
)
def test_nothing_else_is_written(value: object) -> None:
    for within in (value, [value], {"a": (value,)}):
        with pytest.raises(TypeError, match="no plain value"):
            write_pickled(within)
