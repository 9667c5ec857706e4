"""Payloads between us and the releases' own serializers: what we write they read, and what they write we read."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.dbos_releases import DbosRelease
from workflow_control.domain.arguments import write_pickled_arguments
from workflow_control.domain.payloads import JsonReading, read_error, read_payload
from workflow_control.domain.written_values import write_pickled

_ORACLE = Path(__file__).with_name("payload_oracle.py")

VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    2**53,
    0.1,
    "",
    "é \N{GRINNING FACE}",
    [],
    {},
    [1, [2.5, {"a": None}]],
    {"k": {"l": ["x"] * 300}},
    "x" * 100_000,
]


@pytest.fixture(scope="module")
def answers() -> dict[DbosRelease, Any]:
    return {}


@pytest.fixture
def answer(dbos_release: DbosRelease, answers: dict[DbosRelease, Any]) -> Any:  # noqa: ANN401 - JSON.
    """What the release makes of what we write, and some of what it writes itself."""
    if dbos_release not in answers:
        written = [write_pickled(value) for value in VALUES]
        written.append(write_pickled_arguments([1, "a"], {"b": [None]}))
        ran = subprocess.run(
            [dbos_release.python(), _ORACLE],
            input=json.dumps({"written": written}),
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        answers[dbos_release] = json.loads(ran.stdout)
    return answers[dbos_release]


def test_the_release_reads_what_we_write(answer: Any) -> None:  # noqa: ANN401 - JSON.
    *values, arguments = answer["read"]
    assert values == [json.dumps(value) for value in VALUES]
    assert json.loads(arguments) == {"args": [1, "a"], "kwargs": {"b": [None]}}


def test_we_read_what_the_release_writes(answer: Any) -> None:  # noqa: ANN401 - JSON.
    for stored in answer["values"]:
        assert read_payload("py_pickle", stored["text"]) == JsonReading(stored["value"])
        assert read_payload(None, stored["text"]) == JsonReading(stored["value"])


def test_we_read_the_releases_exceptions_as_it_tells_them(answer: Any) -> None:  # noqa: ANN401 - JSON.
    """As it prints them and, where it tells other languages of them, as it does that."""
    assert len(answer["errors"]) > 15
    for stored in answer["errors"]:
        reading = read_error("py_pickle", stored["text"])
        assert reading is not None, stored
        assert (reading.value["name"], reading.value["message"]) == (stored["name"], stored["message"])
        if stored["portable"] is not None:
            told = {name: member for name, member in stored["portable"].items() if member is not None}
            if stored["name"] == "DBOSNotAuthorizedError":
                told.pop("code", None)  # Of the class, in 2.x only, and not in the pickle.
            assert reading.value == told
