"""How long workflows are kept, and where a collection of those that are kept no longer goes on."""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple

BEFORE_ALL_MS: Final = -(2**63)
"""The time before any that a row can have."""


class Stage(Enum):
    """What a collection looks through, in this order; a schema may lack some of it."""

    CREATED = "created"
    """Workflows by their creation: before DBOS 3.0."""
    COMPLETED = "completed"
    """Workflows by their completion."""
    UNDATED = "undated"
    """Ended workflows whose completion nobody noted: those of before DBOS 2.23, and dead letters of Go and Java. They
    are found by their creation, and ended when they were last changed."""
    INPUTS = "inputs"
    """Inputs of workflows that are gone; likewise the next."""
    OUTPUTS = "outputs"
    STEPS = "steps"
    TRANSACTIONS = "transactions"
    """What DBOS 2 notes of an application's own transactions, where that is in the same database."""


class Place(NamedTuple):
    """Where a collection goes on: behind a row of a stage."""

    cutoff_ms: int
    """What ended before is deleted, in milliseconds since the epoch."""
    stage: Stage | None = None
    """None: the first that the schema has."""
    after_ms: int = BEFORE_ALL_MS
    after_id: str = ""


class Age(NamedTuple):
    """A time, as an instant or counted back from now; both None: no time."""

    cutoff_ms: int | None = None
    older_than_ms: int | None = None

    def cutoff(self, now_ms: int) -> int | None:
        """Return the instant, in milliseconds since the epoch."""
        return self.cutoff_ms if self.older_than_ms is None else now_ms - self.older_than_ms


class Bounds(NamedTuple):
    """What one transaction of a collection may do at most."""

    workflows: int
    rows: int
    """Steps, events, messages and stream entries of these workflows; one workflow may have more."""
    looked_at: int
    """Rows that it looks at to find them."""
