"""Counts and extremes of DBOS's tables. Each reads all rows that its filter selects, within the limits of a read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflow_control.dbos.dialect import Dialect
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.dbos.group_keys import decode_key, encode_key, group_conditions, positions
from workflow_control.dbos.workflow_conditions import conditions_of_filter
from workflow_control.domain.aggregates import (
    StepAggregate,
    StepAggregateQuery,
    StepFilter,
    WorkflowAggregate,
    WorkflowAggregateQuery,
    WorkflowGrouping,
)
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.errors import SchemaCapabilityMissing
from workflow_control.domain.queries import WorkflowFilter
from workflow_control.postgres.reads import Reads

_Conditions = tuple[frozenset[str], dict[str, object]]


class PostgresAggregateReader:
    """Implements `operations.ports.AggregateReader`."""

    def __init__(self, reads: Reads, dialects: DialectSource) -> None:
        self._reads = reads
        self._dialects = dialects

    async def count(self, selection: WorkflowFilter) -> int:
        """Return how many workflows the filter selects. Raises SchemaCapabilityMissing."""

        def statement() -> tuple[bytes, Mapping[str, object]]:
            dialect = self._dialects.require()
            conditions, parameters = conditions_of_filter(selection, dialect)
            return dialect.query("workflow_count", conditions), parameters

        [(count,)] = await self._reads.fetch(statement, planned_for_values=True)
        return int(count)

    async def aggregate_workflows(self, query: WorkflowAggregateQuery) -> Sequence[WorkflowAggregate]:
        """Return at most `query.limit` groups after `query.after`. Raises SchemaCapabilityMissing."""

        def statement() -> tuple[bytes, Mapping[str, object]]:
            dialect = self._dialects.require()
            if WorkflowGrouping.APPLICATION in query.group_by:
                _require_applications(dialect, "workflow_status")
            conditions, parameters = _page(query, conditions_of_filter(query.filter, dialect))
            return dialect.query("workflow_aggregate", conditions), parameters

        rows = await self._reads.fetch(statement, planned_for_values=True)
        return [WorkflowAggregate(decode_key(query.group_by, key), *values) for key, *values in rows]

    async def aggregate_steps(self, query: StepAggregateQuery) -> Sequence[StepAggregate]:
        """Return at most `query.limit` groups after `query.after`. Raises SchemaCapabilityMissing."""

        def statement() -> tuple[bytes, Mapping[str, object]]:
            dialect = self._dialects.require()
            conditions, parameters = _page(query, _step_conditions(query.filter, dialect))
            return dialect.query("step_aggregate", conditions), parameters

        rows = await self._reads.fetch(statement, planned_for_values=True)
        return [StepAggregate(decode_key(query.group_by, key), *values) for key, *values in rows]


def _page(query: WorkflowAggregateQuery | StepAggregateQuery, selection: _Conditions) -> _Conditions:
    """Return the conditions and parameters of a page, beside those of the selection."""
    conditions, parameters = selection
    conditions |= group_conditions(query.group_by)
    parameters |= {"positions": positions(query.group_by), "limit": query.limit}
    if query.bucket_ms is not None:
        parameters["bucket_ms"] = query.bucket_ms
    if query.after is not None:
        conditions |= {"after"}
        parameters["after"] = encode_key(query.after)
    return conditions, parameters


def _step_conditions(selection: StepFilter, dialect: Dialect) -> _Conditions:
    conditions: set[str] = set()
    parameters: dict[str, object] = {}
    for field in ("names", "workflow_id_prefixes", "application_names"):
        if values := getattr(selection, field):
            conditions.add(field)
            parameters[field] = list(values)
    if selection.application_names:
        _require_applications(dialect, "operation_outputs")
    if selection.failed is not None:
        conditions.add("failed" if selection.failed else "not_failed")
    if selection.completed is not None:
        bounds = {"completed_start": selection.completed.start, "completed_end": selection.completed.end}
        given = {name: bound for name, bound in bounds.items() if bound is not None}
        conditions |= given.keys()
        parameters |= given
    return frozenset(conditions), parameters


def _require_applications(dialect: Dialect, table: str) -> None:
    if not dialect.has(f"{table}.application_name"):
        raise SchemaCapabilityMissing(Capability.APPLICATION_NAME.label, Capability.APPLICATION_NAME.first_release)
