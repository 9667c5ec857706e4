"""What watches ask of DBOS's tables, beside the states of workflows by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.dbos.workflow_conditions import conditions_of_filter
from workflow_control.domain.queries import WorkflowFilter
from workflow_control.domain.watches import Bookmark
from workflow_control.postgres.reads import Reads
from workflow_control.watching.history import Place, Window

_XIDS: Final = 2**32
_FIRST_NORMAL_XID: Final = 3


class PostgresWatchQueries:
    """Implements `watching.filters.WorkflowQueries`, and tells where the database is in its history."""

    def __init__(self, reads: Reads, dialects: DialectSource) -> None:
        self._reads = reads
        self._dialects = dialects

    async def locate(self) -> Place:
        """Return where the database is."""
        [(history, oldest_running_xid, next_xid, now_ms)] = await self._reads.fetch(
            lambda: (self._dialects.require().query("history_place"), {})
        )
        return Place(Bookmark(history, oldest_running_xid), next_xid, now_ms)

    async def changed(self, window: Window, limit: int) -> Sequence[tuple[str, str]]:
        """Return ids and versions of at most `limit` workflows that were created, started or ended in the window."""
        parameters = {
            "since_ms": window.since_ms,
            "since_xid": str(max(window.since.xid % _XIDS, _FIRST_NORMAL_XID)),
            "limit": limit,
        }
        rows = await self._reads.fetch(lambda: (self._dialects.require().query("workflow_feed"), parameters))
        return [(workflow_id, version) for workflow_id, version in rows]

    async def selected(self, selection: WorkflowFilter, limit: int) -> Sequence[tuple[str, str]]:
        """Return ids and versions of at most `limit` workflows that the filter selects."""

        def statement() -> tuple[bytes, Mapping[str, object]]:
            dialect = self._dialects.require()
            conditions, parameters = conditions_of_filter(selection, dialect)
            return dialect.query("workflow_selected", conditions), {**parameters, "limit": limit}

        rows = await self._reads.fetch(statement, planned_for_values=True)
        return [(workflow_id, version) for workflow_id, version in rows]
