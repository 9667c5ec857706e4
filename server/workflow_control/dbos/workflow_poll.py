"""What has become of workflows that are waited for, many at once."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.watches import SeenWorkflow
from workflow_control.postgres.reads import Reads
from workflow_control.watching.ports import GONE, Observation


class PostgresWorkflowPoll:
    """Implements `watching.ports.Poll` for workflows by id."""

    def __init__(self, reads: Reads, dialects: DialectSource) -> None:
        self._reads = reads
        self._dialects = dialects

    async def __call__(self, known: Sequence[tuple[str, str]]) -> Sequence[Observation[str, SeenWorkflow]]:
        """Return the workflows whose row is another version than the known one."""
        parameters = {
            "workflow_ids": [workflow_id for workflow_id, _ in known],
            "versions": [version for _, version in known],
        }
        rows = await self._reads.fetch(lambda: (self._dialects.require().query("workflow_poll"), parameters))
        return [
            Observation(
                workflow_id,
                version,
                None if version == GONE else SeenWorkflow(WorkflowRow._make(columns), int(version)),
            )
            for workflow_id, version, *columns in rows
        ]
