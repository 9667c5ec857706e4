"""Reads a workflow with everything that belongs to it, as of one instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from workflow_control.dbos.dialect import Dialect
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.domain.exports import (
    ExportedEvent,
    ExportedEventHistory,
    ExportedNotification,
    ExportedOperationOutput,
    ExportedStatus,
    ExportedStreamEntry,
    ExportedWorkflow,
    ExportQuery,
    export_too_large,
)
from workflow_control.postgres.reads import Reads, Snapshot

_WORKFLOW_BYTES_MIN = 8
"""What `workflow_export_size.sql` counts for a row."""

RowT = TypeVar("RowT")


class PostgresExportReader:
    """Implements `operations.ports.ExportReader`."""

    def __init__(self, reads: Reads, dialects: DialectSource) -> None:
        self._reads = reads
        self._dialects = dialects

    async def export(self, query: ExportQuery) -> Sequence[ExportedWorkflow]:
        """Return the workflow and, if asked for, its descendants, parents first; none: there is no such workflow.

        Raises ResponseTooLarge before anything large is read.
        """
        return await self._reads.in_snapshot(lambda snapshot: self._export(snapshot, query))

    async def _export(self, snapshot: Snapshot, query: ExportQuery) -> Sequence[ExportedWorkflow]:
        export = _Export(snapshot, self._dialects.require())
        workflow_ids = await export.workflow_ids(query)
        if not workflow_ids:
            return ()
        size = await export.size(workflow_ids, messages=query.messages)
        if size > query.max_bytes:
            raise export_too_large(query, size)
        return await export.workflows(workflow_ids, messages=query.messages)


class _Export:
    def __init__(self, snapshot: Snapshot, dialect: Dialect) -> None:
        self._snapshot = snapshot
        self._dialect = dialect

    async def workflow_ids(self, query: ExportQuery) -> Sequence[str]:
        """Return the ids of what to export, parents first. Raises ResponseTooLarge for more than could fit."""
        limit = query.max_bytes // _WORKFLOW_BYTES_MIN + 1
        conditions = frozenset({"children"}) if query.children else frozenset[str]()
        parameters = {"workflow_id": query.workflow_id, "limit": limit}
        rows = await self._fetch("workflow_export_ids", parameters, conditions)
        if len(rows) == limit:
            raise export_too_large(query, limit * _WORKFLOW_BYTES_MIN)
        return _parents_first(rows)

    async def size(self, workflow_ids: Sequence[str], *, messages: bool) -> int:
        """Return how many bytes the export has at least."""
        conditions = frozenset({"messages"}) if messages else frozenset[str]()
        [(size,)] = await self._fetch("workflow_export_size", {"workflow_ids": list(workflow_ids)}, conditions)
        return int(size)

    async def workflows(self, workflow_ids: Sequence[str], *, messages: bool) -> Sequence[ExportedWorkflow]:
        """Return the workflows in the order of their ids here."""
        ids = {"workflow_ids": list(workflow_ids)}
        statuses = {row[0]: ExportedStatus._make(row) for row in await self._fetch("workflow_export_status", ids)}
        steps = _by_workflow(ExportedOperationOutput._make, await self._fetch("workflow_export_steps", ids))
        events = _by_workflow(ExportedEvent._make, await self._fetch("workflow_export_events", ids))
        history = _by_workflow(ExportedEventHistory._make, await self._fetch("workflow_export_event_history", ids))
        streams = _by_workflow(ExportedStreamEntry._make, await self._fetch("workflow_export_streams", ids))
        inbox = await self._fetch("workflow_export_messages", ids) if messages else ()
        notifications = _by_workflow(ExportedNotification._make, inbox)
        return [
            ExportedWorkflow(
                statuses[workflow_id],
                tuple(steps[workflow_id]),
                tuple(events[workflow_id]),
                tuple(history[workflow_id]),
                tuple(streams[workflow_id]),
                tuple(notifications[workflow_id]),
            )
            for workflow_id in workflow_ids
        ]

    async def _fetch(
        self, stem: str, parameters: Mapping[str, object], conditions: frozenset[str] = frozenset()
    ) -> Sequence[tuple[Any, ...]]:
        return await self._snapshot.fetch(self._dialect.query(stem, conditions), parameters)


def _by_workflow(
    make: Callable[[tuple[Any, ...]], RowT], rows: Sequence[tuple[Any, ...]]
) -> Mapping[str, Sequence[RowT]]:
    """Return the records of rows that begin with the id of their workflow, by that id."""
    by_workflow: defaultdict[str, list[RowT]] = defaultdict(list)
    for workflow_id, *columns in rows:
        by_workflow[workflow_id].append(make(tuple(columns)))
    return by_workflow


def _parents_first(rows: Sequence[tuple[str, str | None]]) -> Sequence[str]:
    """Return the ids of a tree from its root on, whose parent is None: generation by generation, each sorted."""
    children: defaultdict[str | None, list[str]] = defaultdict(list)
    for child_id, parent_id in rows:
        children[parent_id].append(child_id)
    found: dict[str, None] = {}
    generation = children[None]
    while generation:
        found.update(dict.fromkeys(generation))
        # A foreign client may have written a circle.
        generation = sorted({child for parent in generation for child in children[parent]} - found.keys())
    return list(found)
