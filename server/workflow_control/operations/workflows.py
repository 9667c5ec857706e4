"""What the RPCs of WorkflowControl mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from workflow_control.domain.commands import touched_ids
from workflow_control.domain.errors import WorkflowNotFound
from workflow_control.domain.queries import WorkflowQuery
from workflow_control.domain.records import StepRow, StoredWorkflow
from workflow_control.idempotency.requests import MutationReply, MutationRequest
from workflow_control.operations.ports import MutationExecutor, WorkflowReader


class WorkflowOperations:
    """Mutations go through the executor; reads go straight to DBOS's tables and take no lock."""

    def __init__(
        self,
        executor: MutationExecutor,
        reader: WorkflowReader,
        on_change: Callable[[Iterable[str]], None] = lambda workflow_ids: None,
    ) -> None:
        """`on_change` is told the ids that a mutation was about, once it has taken effect."""
        self._executor = executor
        self._reader = reader
        self._on_change = on_change

    async def mutate(self, request: MutationRequest, *, validate_only: bool) -> MutationReply:
        """Apply a mutation exactly once, or say what it would do. Raises any ControlError."""
        if validate_only:
            return await self._executor.preview(request)
        reply = await self._executor.execute(request)
        self._on_change(touched_ids(request.command))
        return reply

    async def get(self, workflow_id: str, *, payloads: bool) -> StoredWorkflow:
        """Return the workflow. Raises WorkflowNotFound."""
        workflow = await self._reader.get(workflow_id, payloads=payloads)
        if workflow is None:
            raise WorkflowNotFound(workflow_id)
        return workflow

    async def list(self, query: WorkflowQuery) -> Sequence[StoredWorkflow]:
        """Return a page of workflows.

        Raises SchemaCapabilityMissing for a filter that the installed schema cannot do.
        """
        return await self._reader.list(query)

    async def list_steps(self, workflow_id: str, *, after: int | None, limit: int, payloads: bool) -> Sequence[StepRow]:
        """Return a page of a workflow's recorded steps. Raises WorkflowNotFound."""
        steps = await self._reader.list_steps(workflow_id, after=after, limit=limit, payloads=payloads)
        if steps is None:
            raise WorkflowNotFound(workflow_id)
        return steps
