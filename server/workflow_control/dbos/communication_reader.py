"""Reads of events, messages and streams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.communication import (
    NULL_TOPIC,
    EventRow,
    MessageQuery,
    MessageRow,
    StreamEntry,
    StreamQuery,
)
from workflow_control.domain.errors import SchemaCapabilityMissing
from workflow_control.postgres.reads import Reads

_NOTHING: frozenset[str] = frozenset()


class PostgresCommunicationReader:
    """Implements `operations.ports.CommunicationReader`."""

    def __init__(self, reads: Reads, dialects: DialectSource) -> None:
        self._reads = reads
        self._dialects = dialects

    async def exists(self, workflow_id: str) -> bool:
        """Tell whether there is such a workflow."""
        return bool(await self._fetch("workflow_exists", {"workflow_id": workflow_id}))

    async def get_event(self, workflow_id: str, key: str) -> EventRow | None:
        """Return the event, or None."""
        rows = await self._fetch("event_get", {"workflow_id": workflow_id, "key": key})
        return EventRow._make(rows[0]) if rows else None

    async def list_events(self, workflow_id: str, *, after: str | None, limit: int, values: bool) -> Sequence[EventRow]:
        """Return at most `limit` events with keys after `after`, by key."""
        conditions = {"after"} if after is not None else set()
        if values:
            conditions.add("values")
        parameters = {"workflow_id": workflow_id, "after": after, "limit": limit}
        return [EventRow._make(row) for row in await self._fetch("event_list", parameters, frozenset(conditions))]

    async def list_messages(self, query: MessageQuery) -> Sequence[MessageRow]:
        """Return at most `query.limit` messages after `query.after`, oldest first."""

        def statement() -> tuple[bytes, Mapping[str, object]]:
            dialect = self._dialects.require()
            capabilities = dialect.capabilities
            if query.consumed is not None and Capability.NOTIFICATION_CONSUMED not in capabilities:
                missing = Capability.NOTIFICATION_CONSUMED
                raise SchemaCapabilityMissing(missing.label, missing.first_release)
            conditions, parameters = _message_conditions(query, Capability.NOTIFICATION_IDS in capabilities)
            return dialect.query("message_list", conditions), parameters

        return [MessageRow._make(row) for row in await self._reads.fetch(statement)]

    async def read_stream(self, query: StreamQuery) -> Sequence[StreamEntry]:
        """Return the next entries of a stream; none: there are no more."""
        parameters = {
            "workflow_id": query.workflow_id,
            "key": query.key,
            "from_offset": query.from_offset,
            "limit": query.limit,
            "max_bytes": query.max_bytes,
            "max_value_bytes": query.max_value_bytes,
        }
        return [StreamEntry._make(row) for row in await self._fetch("stream_read", parameters)]

    async def _fetch(
        self, stem: str, parameters: Mapping[str, object], conditions: frozenset[str] = _NOTHING
    ) -> Sequence[tuple[Any, ...]]:
        return await self._reads.fetch(lambda: (self._dialects.require().query(stem, conditions), parameters))


def _message_conditions(query: MessageQuery, ids_are_unique: bool) -> tuple[frozenset[str], dict[str, object]]:
    conditions = {"texts"} if query.texts else set()
    parameters: dict[str, object] = {"workflow_id": query.workflow_id, "limit": query.limit}
    if query.topic is not None:
        conditions.add("no_topic" if query.topic == NULL_TOPIC else "topic")
        parameters["topic"] = query.topic
    if query.consumed is not None:
        conditions.add("consumed")
        parameters["consumed"] = query.consumed
    if query.after is not None:
        conditions.add("after" if ids_are_unique else "after_place")
        parameters["after_created_at"], parameters["after_message_id"], parameters["after_place"] = query.after
    return frozenset(conditions), parameters
