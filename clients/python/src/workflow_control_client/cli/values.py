"""How values are written on the command line: durations, times, JSON and the names of enums."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NoReturn

import click

_UNITS: Final = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_DURATION: Final = re.compile(r"(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+")
_DURATION_PART: Final = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")


class DurationType(click.ParamType[timedelta]):
    """A duration such as `500ms`, `90s`, `1h30m` or `7d`."""

    name = "duration"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Return the duration; fails the command for what is none."""
        if isinstance(value, timedelta):
            return value
        if _DURATION.fullmatch(value) is None:
            self.fail(f"{value!r} is not a duration such as 500ms, 90s, 1h30m or 7d", param, ctx)
        try:
            return sum(
                (timedelta(**{_UNITS[unit]: float(number)}) for number, unit in _DURATION_PART.findall(value)),
                timedelta(),
            )
        except OverflowError:
            self.fail(f"{value!r} is too long", param, ctx)


class InstantType(click.ParamType[datetime]):
    """A time in ISO 8601, local where it names no zone; or a duration, which means that long ago, or from now."""

    name = "time"

    def __init__(self, sign: int = -1) -> None:
        """Take a duration as ago (`sign` -1) or as from now (1)."""
        self._sign = sign

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the time, with its zone; fails the command for what is none."""
        if isinstance(value, datetime):
            return value
        try:
            if _DURATION.fullmatch(value):
                return datetime.now(UTC) + self._sign * DURATION.convert(value, param, ctx)
            return datetime.fromisoformat(value).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is neither a time such as 2026-01-31T12:00 nor a duration such as 2h", param, ctx)


class JsonType(click.ParamType[Any]):
    """A JSON value. What is plainly no JSON is taken as text, so that few quotes are needed: `order-7` is a string,
    `7` a number, `"7"` a string again.
    """

    name = "json"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value; fails the command for broken JSON."""
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            if value.lstrip().startswith(("{", "[", '"')):
                self.fail(f"{value!r} is broken JSON: {error}", param, ctx)
            return value


class JsonObjectType(click.ParamType[dict[str, Any]]):
    """A JSON object, such as `{"tenant": "acme"}`."""

    name = "json object"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dict[str, Any]:
        """Return the object; fails the command for anything else."""
        parsed = JSON.convert(value, param, ctx)
        if not isinstance(parsed, dict):
            self.fail(f"{value!r} is not a JSON object", param, ctx)
        return parsed


class EnumType(click.Choice[str]):
    """A value of one of the contract's enums, by its name without the prefix, in lower case: `success`."""

    def __init__(self, items: Iterable[tuple[str, int]], prefix: str) -> None:
        """Offer all values of an enum, whose `items()` these are, but the unspecified one."""
        self._values = {
            name.removeprefix(prefix).lower(): number for name, number in items if not name.endswith("_UNSPECIFIED")
        }
        super().__init__(list(self._values), case_sensitive=False)

    def number(self, name: str) -> int:
        """Return the enum's number of a chosen name."""
        return self._values[name]

    def numbers(self, names: Iterable[str]) -> list[int]:
        """Return the enum's numbers of the chosen names."""
        return [self._values[name] for name in names]


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


DURATION: Final = DurationType()
AGO: Final = InstantType()
FROM_NOW: Final = InstantType(1)
JSON: Final = JsonType()
JSON_OBJECT: Final = JsonObjectType()
