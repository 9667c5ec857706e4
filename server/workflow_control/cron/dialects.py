"""Which cron expressions are accepted.

All four runtimes claim to read cron, and no two read the same: fewer than six fields are an error in Go and Java; days
of the month and of the week together mean either in Python and Go, and both in TypeScript and Java; 7 is Sunday or an
error; `a/n`, names, `?`, `L`, `W` and `#` are read by some. What is left is what `portable_fault` lets pass. That all
runtimes read it alike was found by running each one's own code over generated expressions
(tests/fixtures/cron_runtimes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from croniter import croniter

from workflow_control.domain.schedules import Runtime


class _Field(NamedTuple):
    name: str
    low: int
    high: int


_FIELDS: Final = (
    _Field("second", 0, 59),
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12),
    _Field("day of the week", 0, 6),
)
_STEP: Final = re.compile(r"\*/([0-9]{1,2})")
_ITEM: Final = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2})(?:/([0-9]{1,2}))?)?")
_LONGEST_SHORT_MONTH: Final = 28

_RANDOM: Final = re.compile(r"(?:^|[\s,])[hHrR](?:$|[\s,/(])")
"""What croniter replaces by numbers of its own choice, other ones each time."""
_NATIVE: Final = re.compile(r"[A-Za-z0-9 *?,/#@=_+-]+")
_FIELD_COUNTS: Final = {Runtime.TYPESCRIPT: (5, 6), Runtime.GO: (6,), Runtime.JAVA: (6,)}


def cron_fault(cron: str, runtime: Runtime | None) -> str | None:
    """Return why a schedule of that runtime cannot have the expression; None: it can. Without a runtime it must be
    portable.

    What is not, DBOS for Python's own library judges for that. Of the other runtimes' own syntax only the form is
    looked at, and no times are computed.
    """
    fault = portable_fault(cron)
    if fault is None or runtime is None:
        return fault
    if runtime is Runtime.PYTHON:
        return _python_fault(cron)
    if _NATIVE.fullmatch(cron) is None:
        return "Has characters that no cron expression has."
    counts = _FIELD_COUNTS[runtime]
    if not cron.startswith("@") and not cron.startswith("CRON_TZ") and len(cron.split()) not in counts:
        allowed = " or ".join(map(str, counts))
        return f"Has {len(cron.split())} fields; DBOS for {runtime.name.title()} needs {allowed}."
    if "TZ=" in cron:
        return "Names a time zone; name it in time_zone."
    return None


def portable_fault(cron: str) -> str | None:
    """Return which part of the expression not all runtimes read alike, and why; None: they do."""
    texts = cron.split(" ")
    if len(texts) != len(_FIELDS) or "" in texts:
        count = len(cron.split())
        return (
            f"Has {count} fields; 6 are needed, seconds first, with one space between them."
            if count != len(_FIELDS)
            else "Its fields must have one space between them, and none around."
        )
    for field, text in zip(_FIELDS, texts, strict=True):
        if fault := _field_fault(field, text):
            return f"Its {field.name} {text!r} {fault}"
    days, weekdays = texts[3], texts[5]
    if days != "*" and weekdays != "*":
        return (
            f"Its day of the month {days!r} and its day of the week {weekdays!r} are both restricted: Python and Go run"
            " on days that are either, TypeScript and Java on days that are both. Name a runtime, or make one of them"
            " '*'."
        )
    return _days_fault(days) or _never_fault(cron)


def _field_fault(field: _Field, text: str) -> str | None:
    if text == "*":
        return None
    if step := _STEP.fullmatch(text):
        return _step_fault(field, int(step[1]))
    for part in text.split(","):
        item = _ITEM.fullmatch(part)
        if item is None:
            return (
                "is not '*', '*/n', or a list of numbers 'a' and ranges 'a-b' or 'a-b/n': what else there is, not all"
                " runtimes read, or not alike."
            )
        numbers = [int(number) for number in item.groups()[:2] if number is not None]
        if not all(field.low <= number <= field.high for number in numbers):
            sunday = "; Sunday is 0, since Go knows no 7" if field.low == 0 and field.high == 6 and 7 in numbers else ""
            return f"is not within {field.low} to {field.high}{sunday}."
        if len(numbers) == 2 and numbers[0] >= numbers[1]:
            return "has a range that does not rise, which runtimes read differently."
        if item[3] is not None and (fault := _step_fault(field, int(item[3]))):
            return fault
    return None


def _step_fault(field: _Field, step: int) -> str | None:
    if 1 <= step <= field.high:
        return None
    return f"has a step of {step}; 1 to {field.high} are allowed, as Java has it."


def _days_fault(text: str) -> str | None:
    """DBOS for Python before 3.3 skips runs of some sets of days that short months do not all have."""
    days = sorted(_numbers(_FIELDS[3], text))
    if len(days) == 1 or days[-1] <= _LONGEST_SHORT_MONTH or days == list(range(days[0], days[-1] + 1)):
        return None
    return (
        f"Its day of the month {text!r} has days above {_LONGEST_SHORT_MONTH} beside others, of which DBOS for Python"
        " before 3.3 skips some. Name a runtime, or use a range without gaps."
    )


def _never_fault(cron: str) -> str | None:
    """A day that no month of the expression has is an error in some runtimes, and in others never comes."""
    texts = cron.split(" ")
    day, months = min(_numbers(_FIELDS[3], texts[3])), _numbers(_FIELDS[4], texts[4])
    if any(day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31) for month in months):
        return None
    return f"Its day of the month {texts[3]!r} is in none of the months {texts[4]!r}: it would never run."


def _numbers(field: _Field, text: str) -> set[int]:
    """Return the numbers that a portable field means."""
    return set(_listed(field, text))


def _listed(field: _Field, text: str) -> Iterable[int]:
    if text == "*":
        yield from range(field.low, field.high + 1)
    elif every := _STEP.fullmatch(text):
        yield from range(field.low, field.high + 1, int(every[1]))
    else:
        for part in text.split(","):
            first, last, step = _ITEM.findall(part)[0]
            yield from range(int(first), int(last or first) + 1, int(step or 1))


def _python_fault(cron: str) -> str | None:
    if _RANDOM.search(cron):
        return "Has H or R, which mean other times in each process."
    if len(cron.split()) == 7:
        return "Has a year, without end of which workers would look for the next time."
    if not croniter.is_valid(cron, second_at_beginning=True):
        return "Is no cron expression that DBOS for Python reads."
    return None
