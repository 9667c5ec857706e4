"""Reads of how DBOS's workflows belong together: up by primary key, down by the indexes on parents and forks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from workflow_control.dbos.dialect import Dialect
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.domain.trees import TreeRow, WorkflowRelation
from workflow_control.postgres.reads import Reads, Snapshot

ResultT = TypeVar("ResultT")


class PostgresTreeReader:
    """Implements `operations.ports.TreeReader`."""

    def __init__(self, reads: Reads, dialects: DialectSource) -> None:
        self._reads = reads
        self._dialects = dialects

    async def in_snapshot(self, gather: Callable[[PostgresTreeSnapshot], Awaitable[ResultT]]) -> ResultT:
        """Return what `gather` makes of one state of the database; it may be called a second time."""
        return await self._reads.in_snapshot(
            lambda snapshot: gather(PostgresTreeSnapshot(snapshot, self._dialects.require()))
        )


class PostgresTreeSnapshot:
    """Implements `operations.ports.TreeSnapshot`."""

    def __init__(self, snapshot: Snapshot, dialect: Dialect) -> None:
        self._snapshot = snapshot
        self._dialect = dialect

    async def ancestors(self, workflow_id: str, max_distance: int) -> Sequence[TreeRow]:
        """Return the workflow and at most so many of its ancestors, nearest first; nothing where it is not there."""
        parameters = {"workflow_id": workflow_id, "max_distance": max_distance}
        return [TreeRow._make(row) for row in await self._fetch("tree_ancestors", parameters)]

    async def relatives(
        self, workflow_ids: Collection[str], relations: Collection[WorkflowRelation], known: Collection[str], limit: int
    ) -> Sequence[TreeRow]:
        """Return at most `limit` children and forks of the workflows, without the known ones, oldest first."""
        parameters = {"workflow_ids": list(workflow_ids), "known_ids": list(known), "limit": limit}
        rows = await self._fetch("tree_relatives", parameters, relations)
        return [TreeRow._make(row) for row in rows]

    async def truncated(
        self, workflow_ids: Collection[str], relations: Collection[WorkflowRelation], known: Collection[str]
    ) -> frozenset[str]:
        """Return which of the workflows have children or forks beside the known ones."""
        parameters = {"workflow_ids": list(workflow_ids), "known_ids": list(known)}
        return frozenset(workflow_id for (workflow_id,) in await self._fetch("tree_truncated", parameters, relations))

    async def _fetch(
        self, stem: str, parameters: Mapping[str, object], relations: Collection[WorkflowRelation] = ()
    ) -> Sequence[tuple[Any, ...]]:
        conditions = frozenset(relation.value for relation in relations)
        return await self._snapshot.fetch(self._dialect.query(stem, conditions), parameters)
