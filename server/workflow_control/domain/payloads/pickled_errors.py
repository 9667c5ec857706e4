"""Exceptions that DBOS for Python stores: pickled too, in `py_pickle`.

The reading is the one that DBOS itself gives to other languages: the name of the class, what `str` makes of the
exception, and its code and data where it has some (dbos 3.4.0 `_serialization.py:exception_to_workflow_error_data`).
"""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Mapping
from typing import Any, Final

from workflow_control.domain.payloads.dbos_exceptions import dbos_message
from workflow_control.domain.payloads.errors import error_value
from workflow_control.domain.payloads.pickle_program import Call, Global
from workflow_control.domain.payloads.pickled_values import Growth, json_value, load_text
from workflow_control.domain.payloads.python_text import python_repr, python_str
from workflow_control.domain.payloads.reading import Unreadable

_BUILTIN_EXCEPTIONS: Final[Mapping[str, type[BaseException]]] = {
    name: member
    for name, member in vars(builtins).items()
    if isinstance(member, type) and issubclass(member, BaseException)
}
_EXCEPTION_NAME: Final = re.compile(r".*(?:[Ee]rror|Exception|Warning|Expired|Timeout|Cancelled|Empty|Full)")
"""The names of exceptions in Python's library, which has many callables besides."""
_CLASS_NAME: Final = re.compile(r"[A-Z]\w*|.*error")
"""The names of classes, by convention, and those of a few older exceptions."""
_CODES: Final = ("code", "error_code", "errno", "status", "status_code")
_DATA: Final = ("data", "details", "payload", "extra", "meta", "metadata")


def read_pickled_error(text: str) -> dict[str, Any]:
    """Return the error of a text in `py_pickle`.

    Exceptions of other modules than Python's and DBOS's read as `BaseException` prints its arguments, even if the class
    would print itself otherwise; only running it could tell. Raise `Unreadable` for those whose arguments are no plain
    values, for the few of Python's own that print themselves in complicated ways, and for what is no exception.
    """
    growth = Growth(text)
    match load_text(text):
        case Call(callee=callee, args=args, state=state):
            return _error(callee, args, state or {}, growth)
        case _:
            raise Unreadable("no exception")


def _error(callee: Global, args: tuple[Any, ...], state: dict[str, Any], growth: Growth) -> dict[str, Any]:
    name = callee.name.rpartition(".")[2]
    match callee, args, state:
        case ("dbos._serialization", "PortableWorkflowError"), _, {"message": str(message), "name": str(portable_name)}:
            name = portable_name
        case ("dbos._error", _), _, _:
            message = dbos_message(name, args, state)
        case ("json.decoder", "JSONDecodeError"), (str(problem), str(document), int(position)), _:
            line, column = document.count("\n", 0, position) + 1, position - document.rfind("\n", 0, position)
            message = f"{problem}: line {line} column {column} (char {position})"
        case ("builtins", _), _, _ if name in _BUILTIN_EXCEPTIONS:
            message = _builtin_message(_BUILTIN_EXCEPTIONS[name], args, growth)
        case _ if _is_exception(callee.module, name):
            message = _message(args, growth)
        case _:
            raise Unreadable("no exception")
    return error_value(name, message, _code(callee, args, state), _data(state, growth))


def _is_exception(module: str, name: str) -> bool:
    """Return whether the name is, by Python's conventions, that of an exception rather than of anything else."""
    package = module.partition(".")[0]
    if package in sys.stdlib_module_names:
        return package != "builtins" and _EXCEPTION_NAME.fullmatch(name) is not None
    return _CLASS_NAME.fullmatch(name) is not None


def _message(args: tuple[Any, ...], growth: Growth) -> str:
    """Return what `BaseException.__str__` makes of its arguments."""
    match args:
        case ():
            return ""
        case (only,):
            return python_str(only, growth)
        case _:
            return python_repr(args, growth)


def _builtin_message(kind: type[BaseException], args: tuple[Any, ...], growth: Growth) -> str:
    if issubclass(kind, SyntaxError | UnicodeError) and len(args) > 1:
        raise Unreadable("a message that takes more than the arguments")
    if issubclass(kind, KeyError) and len(args) == 1:
        return python_repr(args[0], growth)
    if issubclass(kind, OSError) and 2 <= len(args) <= 5:
        return _os_message(kind, args, growth)
    if issubclass(kind, BaseExceptionGroup):
        return _group_message(args)
    return _message(args, growth)


def _os_message(kind: type[BaseException], args: tuple[Any, ...], growth: Growth) -> str:
    """Return the message of the arguments errno, its text, and at most a file name, an error of Windows and a second
    file name."""
    number, problem, file, _, target = (*args, None, None, None)[:5]
    if issubclass(kind, BlockingIOError) and isinstance(file, int):
        raise Unreadable("a count in place of a file name")
    message = f"[Errno {python_str(number, growth)}] {python_str(problem, growth)}"
    if file is not None:
        message += f": {python_repr(file, growth)}"
        if target is not None:
            message += f" -> {python_repr(target, growth)}"
    return message


def _group_message(args: tuple[Any, ...]) -> str:
    match args:
        case (str(message), list() | tuple() as exceptions):
            return f"{message} ({len(exceptions)} sub-exception{'' if len(exceptions) == 1 else 's'})"
        case _:
            raise Unreadable("no group")


def _code(callee: Global, args: tuple[Any, ...], state: Mapping[str, Any]) -> object:
    """Return the first of an exception's attributes that DBOS takes for a code; None where it has none."""
    kind = _BUILTIN_EXCEPTIONS.get(callee.name, BaseException) if callee.module == "builtins" else BaseException
    if "code" not in state and issubclass(kind, OSError) and len(args) >= 2:
        return args[0]
    codes = (state[name] for name in _CODES if name in state)
    return next((code for code in codes if code is None or isinstance(code, int | str)), None)


def _data(state: Mapping[str, Any], growth: Growth) -> object:
    """Return the first of an exception's attributes that DBOS takes for its data, where it has a JSON reading."""
    for name in _DATA:
        if name in state:
            try:
                return json_value(state[name], growth)
            except Unreadable:
                return None
    return None
