"""Follows the opcodes of a pickle, without running any of it.

A pickle is a program that may call whatever it names. Here names stay names and calls stay descriptions: nothing is
imported, looked up or called, whatever the pickle says. Only the opcodes that Python 3 writes for plain values and for
what `pickled_values` and `pickled_errors` know are followed; any other ends the attempt.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from workflow_control.domain.payloads.reading import READ_VALUES_MAX, Unreadable

_PROTOCOLS: Final = range(2, 6)
_INTEGER_BYTES_MAX: Final = 129
"""Larger integers are beyond a double."""


class Global(NamedTuple):
    """The name of something in a module."""

    module: str
    name: str


class PickledSet(NamedTuple):
    """The elements of a set, or of a frozen one, in the pickle's order."""

    elements: list[Any]


class Call:
    """What a pickle would construct: the call of a class, and the state that the instance would get."""

    __slots__ = ("args", "callee", "state")

    def __init__(self, callee: Global, args: tuple[Any, ...]) -> None:
        self.callee = callee
        self.args = args
        self.state: dict[str, Any] | None = None


def follow_pickle(data: bytes) -> object:
    """Return what a pickle of protocol 2 to 5 describes: None, bool, int, float, str, bytes, list, tuple, dict with
    strings as keys, `PickledSet`, `Global` and `Call`.

    Parts may be shared, and contain themselves. Time and memory are proportional to the pickle's size. Raise ValueError
    for opcodes that are not followed, dicts with other keys, lone surrogates, what is no pickle, and more opcodes than
    are read.
    """
    program = _Program(data)
    try:
        return program.run()
    except (IndexError, KeyError) as error:
        raise Unreadable("no pickle") from error


class _Program:
    """The state of a pickle that is followed."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0
        self._stack: list[Any] = []
        self._marked: list[list[Any]] = []
        """The stacks as they were at each open mark."""
        self._memo: dict[int, Any] = {}

    def run(self) -> object:
        data = self._data
        if self._take(1) != b"\x80" or self._unsigned(1) not in _PROTOCOLS:
            raise Unreadable("no pickle of a protocol that is read")
        for _ in range(READ_VALUES_MAX):
            opcode = data[self._position]
            self._position += 1
            if opcode == _STOP:
                return self._result()
            _STEPS[opcode](self)
        raise Unreadable("too many opcodes")

    def _result(self) -> object:
        if self._position != len(self._data) or self._marked or len(self._stack) != 1:
            raise Unreadable("no pickle")
        return self._stack[0]

    # What follows an opcode.

    def _take(self, size: int) -> bytes:
        start = self._position
        self._position = end = start + size
        if end > len(self._data):
            raise Unreadable("truncated")
        return self._data[start:end]

    def _unsigned(self, width: int) -> int:
        return int.from_bytes(self._take(width), "little")

    def _line(self) -> str:
        end = self._data.index(b"\n", self._position)
        line = self._data[self._position : end].decode()
        self._position = end + 1
        return line

    # The steps, by what they do to the stack.

    def frame(self) -> None:
        if self._unsigned(8) > len(self._data) - self._position:
            raise Unreadable("truncated")

    def push(self, value: object) -> None:
        self._stack.append(value)

    def push_unsigned(self, width: int) -> None:
        self._stack.append(self._unsigned(width))

    def push_int32(self) -> None:
        self._stack.append(int.from_bytes(self._take(4), "little", signed=True))

    def push_long(self, width: int) -> None:
        size = self._unsigned(width)
        if size > _INTEGER_BYTES_MAX:
            raise Unreadable("an integer beyond a double")
        self._stack.append(int.from_bytes(self._take(size), "little", signed=True))

    def push_float(self) -> None:
        (number,) = struct.unpack(">d", self._take(8))
        self._stack.append(number)

    def push_string(self, width: int) -> None:
        self._stack.append(self._take(self._unsigned(width)).decode())

    def push_bytes(self, width: int) -> None:
        self._stack.append(self._take(self._unsigned(width)))

    def push_global(self) -> None:
        self._stack.append(_global(self._line(), self._line()))

    def make_global(self) -> None:
        name = self._stack.pop()
        self._stack.append(_global(self._stack.pop(), name))

    def mark(self) -> None:
        self._marked.append(self._stack)
        self._stack = []

    def _since_mark(self) -> list[Any]:
        values = self._stack
        self._stack = self._marked.pop()
        return values

    def make_tuple(self) -> None:
        values = self._since_mark()
        self._stack.append(tuple(values))

    def make_tuple_of(self, size: int) -> None:
        stack = self._stack
        if len(stack) < size:
            raise Unreadable("no pickle")
        stack[-size:] = [tuple(stack[-size:])]

    def make_frozen_set(self) -> None:
        values = self._since_mark()
        self._stack.append(PickledSet(values))

    def append(self) -> None:
        value = self._stack.pop()
        self._list().append(value)

    def append_all(self) -> None:
        values = self._since_mark()
        self._list().extend(values)

    def _list(self) -> list[Any]:
        target = self._stack[-1]
        if type(target) is not list:
            raise Unreadable("no list")
        return target

    def set_item(self) -> None:
        value = self._stack.pop()
        self._set_items([self._stack.pop(), value])

    def set_items(self) -> None:
        self._set_items(self._since_mark())

    def _set_items(self, values: list[Any]) -> None:
        target = self._stack[-1]
        if type(target) is not dict or len(values) % 2:
            raise Unreadable("no dict")
        for key, value in zip(values[::2], values[1::2], strict=True):
            if type(key) is not str:
                raise Unreadable("a key that is no string")
            target[key] = value

    def add_all(self) -> None:
        values = self._since_mark()
        target = self._stack[-1]
        if type(target) is not PickledSet:
            raise Unreadable("no set")
        target.elements.extend(values)

    def call(self) -> None:
        """Describe a call; REDUCE and NEWOBJ differ only in how they would do it."""
        args = self._stack.pop()
        callee = self._stack.pop()
        if type(callee) is not Global or type(args) is not tuple:
            raise Unreadable("no call")
        # Filled by the opcodes of a dict, and nothing else.
        self._stack.append({} if callee == _ORDERED_DICT and not args else Call(callee, args))

    def build(self) -> None:
        state = self._stack.pop()
        target = self._stack[-1]
        if type(target) is not Call or type(state) is not dict or target.state is not None:
            raise Unreadable("no state")
        target.state = state

    def memoize(self) -> None:
        self._memo[len(self._memo)] = self._stack[-1]

    def put(self, width: int) -> None:
        self._memo[self._unsigned(width)] = self._stack[-1]

    def get(self, width: int) -> None:
        self._stack.append(self._memo[self._unsigned(width)])


def _global(module: object, name: object) -> Global:
    if type(module) is not str or type(name) is not str:
        raise Unreadable("no name")
    # As Python 2 called it, for which protocol 2 is written.
    return Global("builtins" if module == "__builtin__" else module, name)


_ORDERED_DICT: Final = Global("collections", "OrderedDict")
_STOP: Final = ord(".")
# By opcode, as `pickletools` has them.
_STEPS: Final[Mapping[int, Callable[[_Program], None]]] = {
    0x95: _Program.frame,
    ord("N"): lambda program: program.push(None),
    0x88: lambda program: program.push(True),
    0x89: lambda program: program.push(False),
    ord("J"): _Program.push_int32,
    ord("K"): lambda program: program.push_unsigned(1),
    ord("M"): lambda program: program.push_unsigned(2),
    0x8A: lambda program: program.push_long(1),
    0x8B: lambda program: program.push_long(4),
    ord("G"): _Program.push_float,
    0x8C: lambda program: program.push_string(1),
    ord("X"): lambda program: program.push_string(4),
    0x8D: lambda program: program.push_string(8),
    ord("C"): lambda program: program.push_bytes(1),
    ord("B"): lambda program: program.push_bytes(4),
    0x8E: lambda program: program.push_bytes(8),
    ord("c"): _Program.push_global,
    0x93: _Program.make_global,
    ord("("): _Program.mark,
    ord(")"): lambda program: program.push(()),
    ord("t"): _Program.make_tuple,
    0x85: lambda program: program.make_tuple_of(1),
    0x86: lambda program: program.make_tuple_of(2),
    0x87: lambda program: program.make_tuple_of(3),
    ord("]"): lambda program: program.push([]),
    ord("a"): _Program.append,
    ord("e"): _Program.append_all,
    ord("}"): lambda program: program.push({}),
    ord("s"): _Program.set_item,
    ord("u"): _Program.set_items,
    0x8F: lambda program: program.push(PickledSet([])),
    0x90: _Program.add_all,
    0x91: _Program.make_frozen_set,
    ord("R"): _Program.call,
    0x81: _Program.call,
    ord("b"): _Program.build,
    0x94: _Program.memoize,
    ord("q"): lambda program: program.put(1),
    ord("r"): lambda program: program.put(4),
    ord("h"): lambda program: program.get(1),
    ord("j"): lambda program: program.get(4),
}
