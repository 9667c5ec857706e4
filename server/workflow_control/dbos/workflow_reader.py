"""Reads of DBOS's tables: no locks, no transaction of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.dbos.workflow_conditions import conditions_of
from workflow_control.domain.queries import WorkflowQuery
from workflow_control.domain.records import StepRow, StoredPayloads, StoredWorkflow, WorkflowRow
from workflow_control.postgres.reads import Reads

_Row = tuple[Any, ...]
_WIDTH = len(WorkflowRow._fields)


class PostgresWorkflowReader:
    """Implements `operations.ports.WorkflowReader`."""

    def __init__(self, reads: Reads, dialects: DialectSource) -> None:
        self._reads = reads
        self._dialects = dialects

    async def get(self, workflow_id: str, *, payloads: bool) -> StoredWorkflow | None:
        """Return the workflow, or None."""
        stem = "workflow_get_full" if payloads else "workflow_get"
        rows = await self._fetch(stem, {"workflow_id": workflow_id})
        return _stored_workflow(rows[0]) if rows else None

    async def list(self, query: WorkflowQuery) -> Sequence[StoredWorkflow]:
        """Return at most `query.limit` workflows after `query.after`. Raises SchemaCapabilityMissing."""
        stem = "workflow_list_full" if query.payloads else "workflow_list"

        def statement() -> tuple[bytes, Mapping[str, object]]:
            dialect = self._dialects.require()
            conditions, parameters = conditions_of(query, dialect)
            return dialect.query(stem, conditions), parameters

        return [_stored_workflow(row) for row in await self._reads.fetch(statement, planned_for_values=True)]

    async def list_steps(
        self, workflow_id: str, *, after: int | None, limit: int, payloads: bool
    ) -> Sequence[StepRow] | None:
        """Return at most `limit` steps with ids above `after`, by id; None: there is no such workflow."""
        stem = "workflow_steps_full" if payloads else "workflow_steps"
        parameters = {"workflow_id": workflow_id, "after": -1 if after is None else after, "limit": limit}
        steps = [StepRow._make(row) for row in await self._fetch(stem, parameters)]
        if not steps and not await self._fetch("workflow_exists", {"workflow_id": workflow_id}):
            return None
        return steps

    async def _fetch(self, stem: str, parameters: Mapping[str, object]) -> Sequence[_Row]:
        return await self._reads.fetch(lambda: (self._dialects.require().query(stem), parameters))


def _stored_workflow(row: _Row) -> StoredWorkflow:
    payloads = StoredPayloads._make(row[_WIDTH:]) if len(row) > _WIDTH else None
    return StoredWorkflow(WorkflowRow._make(row[:_WIDTH]), payloads)
