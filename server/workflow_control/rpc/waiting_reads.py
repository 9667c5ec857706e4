"""The reads of WorkflowControl that wait."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from workflow_control.domain.errors import ResponseTooLarge
from workflow_control.domain.queries import WorkflowCursor, WorkflowFilter, WorkflowQuery
from workflow_control.domain.records import StoredWorkflow
from workflow_control.operations.waiting import WaitingOperations
from workflow_control.operations.workflows import WorkflowOperations
from workflow_control.rpc.convert_queries import read_view
from workflow_control.rpc.convert_responses import workflow
from workflow_control.rpc.convert_waits import Wait, give_up, read_mode, read_timeout_s
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1 import workflow_waiting_pb2 as waits

_LARGE_ITEMS: Final = 16
"""How many workflows with payloads are read at once: a thousand with a megabyte each must not be in memory."""


class WaitingReads:
    """Checks and converts; the operations do. Raises ControlErrors."""

    def __init__(
        self,
        operations: WaitingOperations,
        workflows: WorkflowOperations,
        max_response_bytes: int,
        max_watched_workflows: int,
    ) -> None:
        self._operations = operations
        self._workflows = workflows
        self._max_response_bytes = max_response_bytes
        self._max_watched_workflows = max_watched_workflows

    async def get(self, workflow_id: str, wait: Wait, *, payloads: bool) -> StoredWorkflow:
        """Return a workflow once that has happened, or the time is up."""
        return await self._operations.get(workflow_id, wait.until, give_up(wait.timeout_s), payloads=payloads)

    async def await_workflows(self, request: waits.AwaitWorkflowsRequest) -> waits.AwaitWorkflowsResponse:
        """Return which of several workflows have ended, once as many have as are waited for, or the time is up."""
        checks = FieldChecks()
        if not request.workflow_ids:
            checks.add("workflow_ids", "Is required.")
        ids = checks.names("workflow_ids", request.workflow_ids, self._max_watched_workflows)
        mode = read_mode(checks, request.mode)
        timeout_s = read_timeout_s(checks, "timeout", request.timeout if request.HasField("timeout") else None)
        payloads = read_view(checks, request.view, types.WORKFLOW_VIEW_BASIC)
        checks.raise_any()
        awaited = await self._operations.await_workflows(ids, mode, give_up(timeout_s))
        ended = await self._read(awaited.complete, payloads=payloads)
        gone = set(awaited.complete) - ended.keys() | set(awaited.missing)
        return waits.AwaitWorkflowsResponse(
            done=awaited.done,
            workflows=[ended[workflow_id] for workflow_id in awaited.complete if workflow_id in ended],
            pending_workflow_ids=awaited.pending,
            missing_workflow_ids=[workflow_id for workflow_id in dict.fromkeys(ids) if workflow_id in gone],
        )

    async def _read(self, workflow_ids: tuple[str, ...], *, payloads: bool) -> dict[str, types.Workflow]:
        """Return those workflows that are there. Raises ResponseTooLarge."""
        if not workflow_ids:
            return {}
        query = WorkflowQuery(
            WorkflowFilter(workflow_ids=workflow_ids),
            _LARGE_ITEMS if payloads else len(workflow_ids),
            payloads=payloads,
        )
        found: dict[str, types.Workflow] = {}
        size = 0
        while True:
            async with self._operations.reading:
                page = await self._workflows.list(query)
            for stored in page:
                item = found[stored.row.workflow_id] = workflow(stored)
                size += item.ByteSize()
            if size > self._max_response_bytes:
                advice = "Ask for the BASIC view." if payloads else "Wait for fewer workflows at once."
                raise ResponseTooLarge("", size, self._max_response_bytes, advice)
            if len(page) < query.limit:
                return found
            query = replace(query, after=WorkflowCursor(page[-1].row.created_at, page[-1].row.workflow_id))
