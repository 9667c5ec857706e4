"""WatchWorkflows: its request checked, its events as messages."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from typing import Final

from workflow_control.domain.errors import ResponseTooLarge
from workflow_control.domain.records import StoredWorkflow, WorkflowRow
from workflow_control.domain.watches import ChangeKind, Changes, Heartbeat, Snapshot, WatchEvent, WatchQuery
from workflow_control.domain.watches import WorkflowChange as Change
from workflow_control.operations.watches import WatchOperations
from workflow_control.rpc.convert_queries import read_filter
from workflow_control.rpc.convert_responses import workflow
from workflow_control.rpc.convert_waits import read_heartbeat_s
from workflow_control.rpc.field_checks import FieldChecks
from workflow_control.rpc.page_tokens import PageTokens
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1 import workflow_waiting_pb2 as waits

_MESSAGE_BYTES: Final = 512 * 1024
"""How large a message becomes before the next one begins: a reader is to have something to do."""
_KINDS: Final = {
    ChangeKind.CHANGED: waits.WorkflowChange.KIND_CHANGED,
    ChangeKind.LEFT: waits.WorkflowChange.KIND_LEFT,
    ChangeKind.DELETED: waits.WorkflowChange.KIND_DELETED,
}


class Watches:
    """Checks and converts; the operations do. Raises ControlErrors."""

    def __init__(
        self, operations: WatchOperations, max_response_bytes: int, max_watched_workflows: int, heartbeat_s: float
    ) -> None:
        self._operations = operations
        self._max_response_bytes = max_response_bytes
        self._max_watched_workflows = max_watched_workflows
        self._heartbeat_s = heartbeat_s

    async def watch(self, request: waits.WatchWorkflowsRequest) -> AsyncGenerator[waits.WatchWorkflowsResponse, None]:
        """Yield the messages of a watch."""
        checks = FieldChecks()
        selection = read_filter(checks, request.filter)
        tokens = PageTokens("WatchWorkflows", request.filter, field="resume_token")
        bookmark = tokens.read_bookmark(checks, request.resume_token)
        heartbeat_s = self._heartbeat_s
        if request.HasField("heartbeat_interval"):
            heartbeat_s = read_heartbeat_s(checks, "heartbeat_interval", request.heartbeat_interval)
        query = WatchQuery(selection, bookmark, heartbeat_s)
        if query.is_by_id and len(selection.workflow_ids) > self._max_watched_workflows:
            allowed = self._max_watched_workflows
            checks.add(
                "filter.workflow_ids", f"Has {len(selection.workflow_ids)} values; at most {allowed} are allowed."
            )
        checks.raise_any()
        # What a message says that is not the last of its event's is only known in part yet.
        token = request.resume_token if bookmark is not None else tokens.write_bookmark(None)
        async with aclosing(self._operations.watch(query)) as events:
            async for event in events:
                *parts, last = self._messages(event)
                for part in parts:
                    part.resume_token = token
                    yield part
                token = last.resume_token = tokens.write_bookmark(event.bookmark)
                # The next event may be long in coming, and watches are many.
                del event, parts
                yield last
                del last

    def _messages(self, event: WatchEvent) -> Iterator[waits.WatchWorkflowsResponse]:
        match event.event:
            case Snapshot() as snapshot:
                yield from self._snapshot(snapshot)
            case Changes(changes):
                yield from self._changes(changes)
            case Heartbeat():
                yield waits.WatchWorkflowsResponse(heartbeat=waits.WatchHeartbeat())

    def _snapshot(self, snapshot: Snapshot) -> Iterator[waits.WatchWorkflowsResponse]:
        message = waits.WatchWorkflowsResponse()
        message.snapshot.first = snapshot.is_first
        message.snapshot.bookmark_lost = snapshot.is_first and snapshot.is_bookmark_lost
        message.snapshot.unchanged_workflow_ids.extend(snapshot.unchanged)
        size = 0
        for row in snapshot.rows:
            item = self._workflow(row)
            if size and size + item.ByteSize() > _MESSAGE_BYTES:
                yield message
                message, size = waits.WatchWorkflowsResponse(snapshot=waits.WorkflowSnapshot()), 0
            message.snapshot.workflows.append(item)
            size += item.ByteSize()
        message.snapshot.last = snapshot.is_last
        yield message

    def _changes(self, changes: Sequence[Change]) -> Iterator[waits.WatchWorkflowsResponse]:
        message = waits.WatchWorkflowsResponse()
        size = 0
        for change in changes:
            item = waits.WorkflowChange(kind=_KINDS[change.kind], workflow_id=change.workflow_id)
            if change.row is not None:
                item.workflow.CopyFrom(self._workflow(change.row))
            if size and size + item.ByteSize() > _MESSAGE_BYTES:
                yield message
                message, size = waits.WatchWorkflowsResponse(), 0
            message.changes.changes.append(item)
            size += item.ByteSize()
        yield message

    def _workflow(self, row: WorkflowRow) -> types.Workflow:
        item = workflow(StoredWorkflow(row, None))
        if (size := item.ByteSize()) > self._max_response_bytes - _MESSAGE_BYTES:
            raise ResponseTooLarge(row.workflow_id, size, self._max_response_bytes, "Its attributes are too large.")
        return item
