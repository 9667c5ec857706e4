"""What some runtimes do not do, whoever asks them: DBOS's own limits, which the table tells and no server can lift."""

from __future__ import annotations

from enum import Enum


class Limitation(Enum):
    """Its value is how docs/runtimes.md tells it."""

    NO_OUTCOME_GUARD = "a run writes its outcome over its cancellation"
    NO_SCHEDULES = "its workers run no schedules of the database"
    NO_VERSIONS = "its workers register no version"


class RuntimeCannot(Exception):
    """A runtime was seen to have a limitation."""

    def __init__(self, limitation: Limitation) -> None:
        super().__init__(limitation.value)
        self.limitation = limitation


KNOWN_LIMITATIONS = {
    "Python 2.11.0": frozenset({Limitation.NO_OUTCOME_GUARD}),
    "Go 0.12.0": frozenset({Limitation.NO_SCHEDULES, Limitation.NO_VERSIONS}),
}
"""By runtime; one that is not listed has none that these tests would see."""
