"""What a DBOS release makes of payloads: run by the release's own interpreter, with nothing but `dbos` and the standard
library.

Reads one JSON document on stdin, `{"written": [stored texts]}`, and answers with one on stdout:

    {"read": [what the release's serializer makes of the texts, each as JSON],
     "values": [{"text": as the release stores it, "value": as JSON}],
     "errors": [{"text": as the release stores it, "name": its class, "message": what str makes of it,
                 "portable": what the release tells other languages of it, null where it tells them nothing}]}
"""

import inspect
import json
import sys
from collections.abc import Iterator
from typing import Any

from dbos import _error, _serialization
from dbos._serialization import DefaultSerializer

ARGUMENTS = {
    "max_retries": 3,
    "step_id": 4,
    "timeout_seconds": 1.5,
    "errors": [ValueError("first"), OSError(2, "second")],
    "dbos_error_code": 5,
}
"""By the name of a parameter of an exception's class; all others are strings."""

VALUES: list[Any] = [
    None,
    [1, -2.5, "é", True, {"a": []}],
    {"args": [1, "a"], "kwargs": {"b": None}},
    "x" * 100_000,
    list(range(3000)),
    [{"name": "n", "of": index} for index in range(300)],
]


def exceptions() -> Iterator[BaseException]:
    """Yields an instance of each of the release's exceptions, with and without the arguments that may be left out."""
    yield ValueError("no")
    yield KeyError("k")
    yield FileNotFoundError(2, "No such file or directory", "f")
    for kind in vars(_error).values():
        if isinstance(kind, type) and issubclass(kind, BaseException):
            parameters = list(inspect.signature(kind).parameters.values())
            required = [each for each in parameters if each.default is each.empty]
            for given in {len(parameters): parameters, len(required): required}.values():
                yield kind(*(ARGUMENTS.get(each.name, f"the {each.name}") for each in given))


def portable(error: BaseException) -> object:
    project = getattr(_serialization, "exception_to_workflow_error_data", None)
    return None if project is None else project(error)


def main() -> None:
    serializer = DefaultSerializer()
    asked = json.load(sys.stdin)
    answer = {
        "read": [json.dumps(serializer.deserialize(text)) for text in asked["written"]],
        "values": [{"text": serializer.serialize(value), "value": value} for value in VALUES],
        "errors": [
            {
                "text": serializer.serialize(error),
                "name": type(error).__name__,
                "message": str(error),
                "portable": portable(error),
            }
            for error in exceptions()
        ],
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
