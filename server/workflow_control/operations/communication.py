"""What the RPCs mean that read what workflows say and are told: events, messages, streams, and exports of all of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from workflow_control.domain.communication import (
    EventRow,
    MessageQuery,
    MessageRow,
    StreamEntries,
    StreamEntry,
    StreamQuery,
)
from workflow_control.domain.errors import EventNotFound, WorkflowNotFound
from workflow_control.domain.exports import ExportedWorkflow, ExportQuery

_STREAM_PAGE_ENTRIES: Final = 500
_STREAM_PAGE_BYTES: Final = 1024 * 1024
"""What a stream's reader may be ahead of its client, unless a single entry has more."""


class CommunicationReader(Protocol):
    """Reads DBOS's tables. All raise TransientError when the database does not answer."""

    async def exists(self, workflow_id: str) -> bool:
        """Tell whether there is such a workflow."""
        ...

    async def get_event(self, workflow_id: str, key: str) -> EventRow | None:
        """Return the event, or None."""
        ...

    async def list_events(self, workflow_id: str, *, after: str | None, limit: int, values: bool) -> Sequence[EventRow]:
        """Return at most `limit` events with keys after `after`, by key."""
        ...

    async def list_messages(self, query: MessageQuery) -> Sequence[MessageRow]:
        """Return at most `query.limit` messages after `query.after`, oldest first.

        Raises SchemaCapabilityMissing for a condition on what is not there.
        """
        ...

    async def read_stream(self, query: StreamQuery) -> Sequence[StreamEntry]:
        """Return the next entries of a stream; none: there are no more."""
        ...


class ExportReader(Protocol):
    """Reads whole workflows."""

    async def export(self, query: ExportQuery) -> Sequence[ExportedWorkflow]:
        """Return the workflow and, if asked for, its descendants, parents first; none: there is no such workflow.

        Raises ResponseTooLarge before anything large is read, TransientError.
        """
        ...


class CommunicationOperations:
    """Reads of what belongs to one workflow: what is not there is told apart from a workflow that is not."""

    def __init__(self, reader: CommunicationReader, exports: ExportReader) -> None:
        self._reader = reader
        self._exports = exports

    async def get_event(self, workflow_id: str, key: str) -> EventRow:
        """Return an event. Raises WorkflowNotFound, EventNotFound."""
        event = await self._reader.get_event(workflow_id, key)
        if event is None:
            await self._require(workflow_id)
            raise EventNotFound(workflow_id, key)
        return event

    async def list_events(self, workflow_id: str, *, after: str | None, limit: int, values: bool) -> Sequence[EventRow]:
        """Return a page of a workflow's events by key. Raises WorkflowNotFound."""
        events = await self._reader.list_events(workflow_id, after=after, limit=limit, values=values)
        if not events:
            await self._require(workflow_id)
        return events

    async def list_messages(self, query: MessageQuery) -> Sequence[MessageRow]:
        """Return a page of the messages to a workflow, oldest first.

        Raises WorkflowNotFound, SchemaCapabilityMissing.
        """
        messages = await self._reader.list_messages(query)
        if not messages:
            await self._require(query.workflow_id)
        return messages

    async def read_stream(self, workflow_id: str, key: str, *, from_offset: int, max_value_bytes: int) -> StreamEntries:
        """Yield the entries of a stream up to the one that closes it, or to the last one so far.

        Raises WorkflowNotFound. Reads ahead by a page, and holds no connection while the caller takes its time. A value
        larger than `max_value_bytes` is None.
        """
        next_offset, is_first = from_offset, True
        while True:
            page = await self._reader.read_stream(
                StreamQuery(workflow_id, key, next_offset, _STREAM_PAGE_ENTRIES, _STREAM_PAGE_BYTES, max_value_bytes)
            )
            if not page:
                if is_first:
                    await self._require(workflow_id)
                return
            for entry in page:
                yield entry
                if entry.closes:
                    return
            next_offset, is_first = page[-1].offset + 1, False

    async def export(self, query: ExportQuery) -> Sequence[ExportedWorkflow]:
        """Return a workflow, and its descendants if asked for, parents first, as of one instant.

        Raises WorkflowNotFound, ResponseTooLarge.
        """
        workflows = await self._exports.export(query)
        if not workflows:
            raise WorkflowNotFound(query.workflow_id)
        return workflows

    async def _require(self, workflow_id: str) -> None:
        if not await self._reader.exists(workflow_id):
            raise WorkflowNotFound(workflow_id)
