"""What Python's `str` and `repr` make of plain values that a pickle describes."""

from __future__ import annotations

from workflow_control.domain.payloads.pickle_program import Global, PickledSet
from workflow_control.domain.payloads.pickled_values import Growth
from workflow_control.domain.payloads.reading import READ_DEPTH_MAX, Unreadable


def python_str(value: object, growth: Growth) -> str:
    """Return `str(value)`; otherwise as `python_repr`."""
    if isinstance(value, str):
        growth.add(len(value))
        return value
    return python_repr(value, growth)


def python_repr(value: object, growth: Growth, depth: int = READ_DEPTH_MAX) -> str:
    """Return `repr(value)`.

    Raise `Unreadable` for instances of classes, for sets, whose order is nobody's, for what contains itself, and for
    what is too large.
    """
    if depth == 0:
        raise Unreadable("nested too deeply")
    match value:
        case None | bool() | int() | float() | str() | bytes():
            text = repr(value)
            growth.add(len(text))
            return text
        case PickledSet() | Global():
            raise Unreadable("no plain value")
        case list():
            growth.add()
            return f"[{', '.join(python_repr(element, growth, depth - 1) for element in value)}]"
        case tuple():
            growth.add()
            elements = [python_repr(element, growth, depth - 1) for element in value]
            return f"({elements[0]},)" if len(elements) == 1 else f"({', '.join(elements)})"
        case dict():
            growth.add()
            members = (f"{key!r}: {python_repr(member, growth, depth - 1)}" for key, member in value.items())
            return f"{{{', '.join(members)}}}"
        case _:
            raise Unreadable("no plain value")
