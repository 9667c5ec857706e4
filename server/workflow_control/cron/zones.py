"""IANA time zones."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

# Of the machine, and of none.
_NO_PLACES = frozenset({"localtime", "Factory", "posixrules"})


def zone_fault(name: str) -> str | None:
    """Return what is wrong with the name of a time zone; None: nothing."""
    if name in _known_zones():
        return None
    return f"{name!r} is no IANA time zone; such as UTC or Europe/Paris."


@cache
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones()) - _NO_PLACES
