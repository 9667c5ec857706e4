"""What a batch has of each kind, so that one statement can do all of a kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence


def places_by_kind(values: Iterable[object]) -> Mapping[type, Sequence[int]]:
    """Return where the values of each type stand. Nobody derives from a command or a change: the type is the kind."""
    places: defaultdict[type, list[int]] = defaultdict(list)
    for place, value in enumerate(values):
        places[type(value)].append(place)
    return places
