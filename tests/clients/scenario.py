"""The conformance scenario: reads it, fills in what earlier steps captured, and says what an answer lacks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

SCENARIO: Final = Path(__file__).with_name("scenario.json")
_REFERENCE: Final = re.compile(r"\$\{(\w+)\}")
Json = Any
"""Whatever JSON has."""

_UNSET: Final[tuple[Json, ...]] = ("", 0, "0", False, [], {}, None)
"""What canonical JSON leaves out."""


@dataclass(frozen=True, slots=True)
class Step:
    """One call with its expected outcome, or one deed of the test's own; README.md describes the fields."""

    name: str
    rpc: str = ""
    request: Json = field(default_factory=dict)
    server: str = "main"
    timeout_ms: int = 0
    list: bool = False
    take: int = 0
    eventually: bool = False
    expect: Json = None
    error: Json = None
    capture: Mapping[str, str] = field(default_factory=dict)
    do: Json = None


def read_scenario() -> list[Step]:
    """Return the steps in order. Raises ValueError for two of one name."""
    steps = [Step(**each) for each in json.loads(SCENARIO.read_text())["steps"]]
    if len({step.name for step in steps}) != len(steps):
        raise ValueError("two steps have the same name")
    return steps


def fill_in(value: Json, captured: Mapping[str, str]) -> Json:
    """Return `value` with what was captured for each `${name}`, and each `{"$repeat": [text, n]}` written out."""
    match value:
        case str():
            return _REFERENCE.sub(lambda reference: captured[reference[1]], value)
        case {"$repeat": [str(text), int(times)]}:
            return text * times
        case dict():
            return {fill_in(key, captured): fill_in(each, captured) for key, each in value.items()}
        case list():
            return [fill_in(each, captured) for each in value]
        case _:
            return value


def differences(expected: Json, answered: Json, where: str = "") -> Iterator[str]:
    """Yield what the answer lacks of the expectation: it may have more members, but no more or fewer elements."""
    match expected:
        case {"$matches": str(pattern)}:
            if not isinstance(answered, str) or not re.fullmatch(pattern, answered, re.DOTALL):
                yield f"{where} is {shown(answered)}, which does not match {pattern}"
        case dict():
            if not isinstance(answered, dict):
                yield f"{where} is {shown(answered)}, not {shown(expected)}"
                return
            for key, value in expected.items():
                yield from differences(value, answered.get(key), f"{where}.{key}")
        case list() if expected and isinstance(answered, list) and len(expected) == len(answered):
            for index, value in enumerate(expected):
                yield from differences(value, answered[index], f"{where}[{index}]")
        case _:
            if expected != answered and not (expected in _UNSET and answered in _UNSET):
                yield f"{where} is {shown(answered)}, not {shown(expected)}"


def value_at(path: str, answer: Json) -> str:
    """Return the member at a path such as `workflow.workflowId` or `messages.0.messageId`."""
    for part in path.split("."):
        answer = answer[int(part)] if isinstance(answer, list) else answer[part]
    return str(answer)


def shown(value: Json) -> str:
    """Return the beginning of a value, as JSON."""
    text = json.dumps(value)
    return text if len(text) <= 300 else f"{text[:300]}…"
