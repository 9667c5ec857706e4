"""Collections of workflows that are kept no longer, and cancellations of overdue ones, as statements. Their commands
are batches of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from workflow_control.dbos.dialect import Dialect
from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import (
    Applied,
    CancelOverdueApplied,
    CancelOverdueChange,
    CollectGarbageApplied,
    CollectGarbageChange,
)
from workflow_control.domain.commands import CollectGarbage
from workflow_control.domain.facts import Findings, NewestFindings
from workflow_control.domain.retention import Bounds, Place, Stage

_BY_COMPLETION: Final = frozenset({"by_completion"})
_WORKFLOWS: Final[Mapping[Stage, frozenset[str]]] = {
    Stage.CREATED: frozenset(),
    Stage.COMPLETED: _BY_COMPLETION,
    Stage.UNDATED: frozenset({"undated"}),
}
"""The stages that look through workflows, with the conditions of `garbage_lock.sql`."""
_ORPHANS: Final[Mapping[Stage, str]] = {
    Stage.INPUTS: "garbage_inputs",
    Stage.OUTPUTS: "garbage_outputs",
    Stage.STEPS: "garbage_steps",
    Stage.TRANSACTIONS: "garbage_transactions",
}
"""The stages that look through what is left of workflows, with their statements."""


async def find_newest(transaction: Transaction, commands: Sequence[CollectGarbage], rows: object) -> Sequence[Findings]:
    """Find out since when those ended that the commands keep by their number."""
    return [await _find_newest(transaction, command) for command in commands]


async def _find_newest(transaction: Transaction, command: CollectGarbage) -> Findings:
    keep = command.keep_newest
    if keep is None:
        return None
    conditions = _BY_COMPLETION if _collects_by_completion(transaction.dialect) else frozenset[str]()
    [(count, oldest)] = await transaction.fetch("garbage_newest", {"keep": keep}, conditions)
    return NewestFindings(oldest if count == keep else None)


async def write_collections(transaction: Transaction, changes: Sequence[CollectGarbageChange]) -> Sequence[Applied]:
    """A round trip or more for each stage that it comes to."""
    return [await _Collection(transaction, change.bounds).run(change.place) for change in changes]


async def write_overdue(transaction: Transaction, changes: Sequence[CancelOverdueChange]) -> Sequence[Applied]:
    """A round trip for each."""
    applied = []
    for change in changes:
        names = change.application_names
        [(workflow_ids, found)] = await transaction.fetch(
            "overdue_lock",
            {"cutoff": change.cutoff_ms, "application_names": list(names), "workflows": change.max_workflows},
            frozenset({"by_application"} if names else ()),
        )
        transaction.query("workflow_cancel", {"workflow_ids": workflow_ids, "now_ms": transaction.now_ms})
        applied.append(CancelOverdueApplied(workflow_ids, found))
    return applied


def _stages(dialect: Dialect) -> list[Stage]:
    """Return what there is to look through. Later DBOS collects by completion, and leaves payloads to be swept."""
    if _collects_by_completion(dialect):
        stages = [Stage.COMPLETED, Stage.UNDATED, Stage.INPUTS, Stage.OUTPUTS, Stage.STEPS]
    else:
        stages = [Stage.CREATED]
    return [*stages, *([Stage.TRANSACTIONS] if dialect.has("transaction_outputs") else [])]


def _collects_by_completion(dialect: Dialect) -> bool:
    return Capability.PAYLOAD_TABLES in dialect.capabilities


@dataclass(slots=True)
class _Collection:
    """One transaction's part of a collection: stage after stage, as far as the bounds allow."""

    transaction: Transaction
    left: Bounds
    workflow_ids: list[str] = field(default_factory=list)
    locked_count: int = 0
    orphan_count: int = 0

    async def run(self, place: Place) -> CollectGarbageApplied:
        """Delete from the place on."""
        stages = _stages(self.transaction.dialect)
        # A stage that this schema has not: it was migrated since, and the first one finds what that would have.
        stage = place.stage if place.stage in stages else stages[0]
        for following in stages[stages.index(stage) :]:
            if following is not place.stage:
                place = Place(place.cutoff_ms, following)
            if min(self.left) <= 0:
                return self._applied(place)
            end = await (self._take_workflows(place) if following in _WORKFLOWS else self._take_orphans(place))
            if end is not None:
                return self._applied(end)
        return self._applied(None)

    def _applied(self, next_place: Place | None) -> CollectGarbageApplied:
        return CollectGarbageApplied(self.workflow_ids, self.locked_count, self.orphan_count, next_place)

    async def _take_workflows(self, place: Place) -> Place | None:
        """Delete workflows; return where to go on, None where the stage is at its end."""
        assert place.stage is not None  # noqa: S101 - For the type checker: `run` has chosen one.
        left = self.left
        [(workflow_ids, taken, rows, seen, passed, at, workflow_id)] = await self.transaction.fetch(
            "garbage_lock",
            {**_range(place, left), "workflows": left.workflows, "rows": left.rows},
            _WORKFLOWS[place.stage],
        )
        if workflow_ids:
            self.transaction.query("workflow_delete", {"workflow_ids": workflow_ids})
        self.workflow_ids += workflow_ids
        self.locked_count += taken - len(workflow_ids)
        self.left = Bounds(left.workflows - taken, left.rows - rows, left.looked_at - seen)
        if passed == seen < left.looked_at:
            return None
        return place._replace(after_ms=at, after_id=workflow_id)

    async def _take_orphans(self, place: Place) -> Place | None:
        """Likewise, rows whose workflow is gone."""
        assert place.stage is not None  # noqa: S101 - As above.
        left = self.left
        [(deleted, seen, at, workflow_id)] = await self.transaction.fetch(_ORPHANS[place.stage], _range(place, left))
        self.orphan_count += deleted
        self.left = left._replace(looked_at=left.looked_at - seen)
        return None if seen < left.looked_at else place._replace(after_ms=at, after_id=workflow_id)


def _range(place: Place, left: Bounds) -> dict[str, object]:
    return {
        "cutoff": place.cutoff_ms,
        "after": place.after_ms,
        "after_id": place.after_id,
        "looked_at": left.looked_at,
    }
